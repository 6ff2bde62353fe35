"""SMS through Twilio: short texts in GSM-7, choices as numbered lines.

Limits: https://www.twilio.com/docs/glossary/what-sms-character-limit
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from bot.model import Message, Reply
from bot.text import encoding, gsm_form, segments, split
from bot.wire import Finding
from channels._twilio import Twilio
from channels.base import numbered

AGAIN = "#rc=5&rp=all"  # Twilio: try again when we do not answer (webhooks-connection-overrides)
FREE_SEGMENTS = 2  # optional choices may not make a message longer than this


class Sms(Twilio):
    """What a phone without internet shows."""

    name = "sms"
    longest = 1530  # ten segments of 153; Twilio takes 1,600 letters
    needs = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SMS_FROM", "ALO_PUBLIC_URL")
    sender = "TWILIO_SMS_FROM"
    per_second = 1.0  # of a long number; short codes and toll-free numbers take more

    def render(self, reply: Reply) -> list[Message]:
        """The short texts in one message, and what it costs."""
        text = gsm_form("\n".join(part.for_sms() for part in reply.paragraphs))
        with_choices = gsm_form(f"{text}\n{_choices(reply)}") if reply.choices else text
        affordable = max(FREE_SEGMENTS, segments(text))
        if not reply.optional or segments(with_choices) <= affordable:
            text = with_choices
        return [_message(piece) for piece in split(text, self.longest)]

    async def link(self, code: str) -> tuple[str, str]:
        """A message that is written already (RFC 5724); none where the sender is a service."""
        number = self.setting(self.sender)
        if not number.startswith("+"):
            return "", ""
        return f"sms:{number}?body={quote(code.upper())}", number

    async def check(self) -> list[Finding]:
        """Whether the account works and the number's webhook points here."""
        return [*await super().check(), *[_finding(x, self._hook) for x in await self._numbers()]]

    async def repair(self) -> list[Finding]:
        """Points the number's webhook here."""
        hook = self._hook
        for number in await self._numbers():
            url = hook + AGAIN
            await self.api.call(partial(_point, sid=str(number.sid), hook=url))
        return [_finding(number, hook) for number in await self._numbers()]

    @property
    def _hook(self) -> str:
        return f"{self._config.public_url if self._config else ''}/hooks/sms"

    async def _numbers(self) -> list[Any]:
        """Our number at Twilio; none where the sender is a service or a word."""
        ours = self.setting(self.sender)
        if not ours.startswith("+"):
            return []
        return await self.api.call(
            lambda client: client.incoming_phone_numbers.list(phone_number=ours, limit=1)
        )


def _point(client: Any, sid: str, hook: str) -> None:
    client.incoming_phone_numbers(sid).update(sms_url=hook, sms_method="POST")


def _finding(number: Any, hook: str) -> Finding:
    there = str(number.sms_url or "").split("#")[0]  # behind it stand Twilio's own options
    if there == hook and str(number.sms_method or "POST").upper() == "POST":
        return Finding(True, "the webhook for SMS points here")
    return Finding(False, "the webhook for SMS points elsewhere", "run: alo doctor --fix")


def _choices(reply: Reply) -> str:
    needed = replace(reply, prompt="") if not reply.optional else reply
    return "\n".join(x for x in (needed.prompt, *numbered(reply.choices)) if x)


def _message(text: str) -> Message:
    return Message("text", text, encoding=encoding(text), segments=segments(text))
