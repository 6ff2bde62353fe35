"""Telegram: an inline keyboard under the message. https://core.telegram.org/bots/api

With a public address it is called by Telegram, without one it fetches.
"""

from __future__ import annotations

import asyncio
import hmac
import html
import json
import logging
import re
from functools import cached_property
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.request import HTTPXRequest

from bot.errors import ChannelError
from bot.model import Choice, Message
from bot.wire import Call, Delivery, Finding, Knock
from channels import _telegram_api as api
from channels import _telegram_probe as probe
from channels import _telegram_updates as updates
from channels.base import Receive, Sending

HEADING = 60  # letters up to which a line that ends in a colon is one
PAYLOAD = 64  # bytes: https://core.telegram.org/bots/api#inlinekeyboardbutton
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - its name
SECRET = re.compile(r"[A-Za-z0-9_-]{20,256}")  # https://core.telegram.org/bots/api#setwebhook
HOOK = "/hooks/telegram"
SEARCHES = 2
WAIT_SECONDS = 5.0  # after fetching failed

log = logging.getLogger(__name__)


class Telegram(Sending):
    """What Telegram shows."""

    name = "telegram"
    longest = 4096
    most_buttons = 100
    shows_places = True
    needs = ("TELEGRAM_BOT_TOKEN",)
    per_second = 30.0  # https://core.telegram.org/bots/faq#my-bot-is-hitting-limits
    per_person = 1.0
    meaning = api.MEANING

    @cached_property
    def bot(self) -> Bot:
        """The bot."""
        return api.bot(self.setting("TELEGRAM_BOT_TOKEN"), self.setting("TELEGRAM_API_URL"))

    @cached_property
    def _searches(self) -> asyncio.Semaphore:
        """Few searches at once: a sender that is stopped again and again still ends some."""
        return asyncio.Semaphore(SEARCHES)

    @cached_property
    def _fetcher(self) -> HTTPXRequest:
        """The connection that waits for messages."""
        return api.connection(api.POLL_SECONDS + api.TIMEOUT)

    def takes(self, choices: tuple[Choice, ...]) -> bool:
        """Whether all fit a keyboard."""
        short = all(len(choice.payload.encode()) <= PAYLOAD for choice in choices)
        return short and len(choices) <= self.most_buttons

    def verify(self, knock: Knock) -> bool:
        """Whether the secret header is ours. Without a secret nobody may knock."""
        secret = self.setting("TELEGRAM_SECRET_TOKEN").encode()
        given = knock.headers.get(SECRET_HEADER, "").encode("utf-8", "replace")
        return hmac.compare_digest(secret, given) and bool(secret)

    def parse(self, knock: Knock) -> Delivery:
        """What an update holds (see the parent class)."""
        return updates.delivery(json.loads(knock.body))

    async def send(self, call: Call) -> str:
        """Sends one message (see the parent class)."""
        chat, message = int(call.address), call.message
        if message.place is None:
            sending = self.bot.send_message(
                chat,
                as_html(message.text),
                parse_mode="HTML",
                reply_markup=keyboard(message),
                link_preview_options=LinkPreviewOptions(is_disabled=True),  # data costs money
            )
        else:
            sending = self._pin(chat, message)
        return str((await api.guarded(sending)).message_id)

    def _pin(self, chat: int, message: Message) -> Any:
        place = message.place
        if place is None or not place.label:
            return self.bot.send_location(chat, place.latitude, place.longitude) if place else None
        title, _, address = place.label.partition(", ")
        return self.bot.send_venue(
            chat, place.latitude, place.longitude, title=title, address=address or title
        )

    async def taken(self, call: Call) -> str | None:
        """Looks for the message among those of about that time (see _telegram_probe)."""
        chat, keys = int(call.address), keyboard(call.message)
        async with self._searches:
            found = await probe.find(
                probe.candidates(call),
                lambda number: self.bot.edit_message_reply_markup(chat, number, reply_markup=keys),
            )
        return None if found is None else str(found)

    def polls(self) -> bool:
        """Without a public address, or without a secret for it, messages are fetched."""
        reachable = self._config is not None and bool(self._config.public_url)
        return not (reachable and self.setting("TELEGRAM_SECRET_TOKEN"))

    async def poll(self, receive: Receive) -> None:
        """Fetches for ever; Telegram forgets an update when the next is asked for."""
        wanted: dict[str, Any] = {"timeout": api.POLL_SECONDS, "allowed_updates": updates.WANTED}
        ready = False
        while True:
            try:
                if not ready:  # Telegram gives nothing to fetch while a webhook is set
                    ready = bool(await api.guarded(self.bot.delete_webhook()))
                found = await api.fetch(self.bot, self._fetcher, wanted)
            except ChannelError as error:
                log.warning("telegram: %s, fetching again soon", error.code)
                await asyncio.sleep(WAIT_SECONDS)
                continue
            for update in found:
                if not await self._received(update, receive):
                    await asyncio.sleep(WAIT_SECONDS)
                    break
                wanted["offset"] = int(update["update_id"]) + 1

    async def _received(self, update: Any, receive: Receive) -> bool:
        """Whether an update is kept; one that cannot be read would be no better next time."""
        try:
            delivery = updates.delivery(update)
        except (ValueError, TypeError, KeyError, AttributeError):
            log.warning("telegram: an update could not be read: ignored")
            return True
        kept = await receive(delivery)
        if kept and delivery.reply:
            query = str(delivery.reply["callback_query_id"])
            try:
                await api.guarded(self.bot.answer_callback_query(query))
            except ChannelError as error:
                log.info("telegram: %s, a button was not acknowledged", error.code)
        return kept

    async def link(self, code: str) -> tuple[str, str]:
        """A deep link: https://core.telegram.org/bots/features#deep-linking"""
        name = (await api.guarded(self.bot.get_me())).username
        return f"https://t.me/{name}?start={code}", f"@{name}"

    async def check(self) -> list[Finding]:
        """Whether the token works and the webhook points here."""
        me = await api.guarded(self.bot.get_me())
        found = await api.guarded(self.bot.get_webhook_info())
        return [Finding(True, f"the bot is @{me.username}"), self._way(str(found.url or ""))]

    def _way(self, webhook: str) -> Finding:
        """How messages come: fetched, or by the webhook that is set."""
        secret = self.setting("TELEGRAM_SECRET_TOKEN")
        if secret and not SECRET.fullmatch(secret):
            todo = "set TELEGRAM_SECRET_TOKEN to 20 to 256 letters and digits"
            return Finding(False, "Telegram takes no such secret", todo)
        if webhook != ("" if self.polls() else self._hook):
            return Finding(False, "the webhook points elsewhere", "run: alo doctor --fix")
        if not self.polls():
            return Finding(True, "the webhook points here")
        reachable = self._config is not None and bool(self._config.public_url)
        todo = "set TELEGRAM_SECRET_TOKEN, and Telegram calls here, which is faster"
        return Finding(True, "messages are fetched", todo if reachable else "")

    async def repair(self) -> list[Finding]:
        """Points the webhook here, or removes it where messages are fetched."""
        secret = self.setting("TELEGRAM_SECRET_TOKEN")
        if self.polls():
            await api.guarded(self.bot.delete_webhook())
        elif SECRET.fullmatch(secret):
            await api.guarded(
                self.bot.set_webhook(
                    self._hook, secret_token=secret, allowed_updates=updates.WANTED
                )
            )
        return await self.check()

    @property
    def _hook(self) -> str:
        return f"{self._config.public_url}{HOOK}" if self._config else ""

    async def close(self) -> None:
        """Gives the connections back."""
        if "bot" in vars(self):
            await self.bot.request.shutdown()
        if "_fetcher" in vars(self):
            await self._fetcher.shutdown()


def as_html(text: str) -> str:
    """The text as Telegram's HTML: signs of HTML are signs, and headings are bold."""
    return "\n".join(_line(html.escape(line, quote=False)) for line in text.split("\n"))


def _line(line: str) -> str:
    heading = line.endswith(":") and 1 < len(line) <= HEADING and not line.startswith(("-", " "))
    return f"<b>{line}</b>" if heading else line


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """One button a line: labels are words, and screens are small."""
    rows = [[InlineKeyboardButton(x.label, callback_data=x.payload)] for x in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None
