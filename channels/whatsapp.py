"""WhatsApp through Twilio: up to three reply buttons, or a list of up to ten rows.

Limits: https://www.twilio.com/docs/content/whatsapp-quick-reply and …/content/whatsapp-list-picker
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from bot.errors import Blocked, Undeliverable
from bot.model import Choice, Incoming, Message
from bot.wire import Call, Finding
from channels import _twilio_forms as forms
from channels._twilio import USER_ID, Twilio

HOUR = 3600.0
TRY_AGAIN = 600.0  # seconds after which forms are tried again that Twilio did not take


class WhatsApp(Twilio):
    """What WhatsApp shows."""

    name = "whatsapp"
    longest = 1024  # letters of a message with buttons; without them Twilio takes 1,600
    most_buttons = forms.ROWS
    shows_places = True
    needs = (
        "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_FROM", "ALO_PUBLIC_URL",
    )  # fmt: skip
    sender = "TWILIO_WHATSAPP_FROM"
    prefix = "whatsapp:"
    per_second = 80.0  # of a number: https://www.twilio.com/docs/whatsapp/api
    window = 24 * HOUR
    _no_forms_until = 0.0

    def takes(self, choices: tuple[Choice, ...]) -> bool:
        """Whether all fit a list; what would have to be cut becomes numbered lines."""
        short = all(len(choice.label) <= forms.ROW_LABEL for choice in choices)
        return short and len(choices) <= self.most_buttons

    def _incoming(self, form: dict[str, str]) -> Incoming:
        """Twilio names the number while it knows it, and the user id (ExternalUserId) always."""
        found = super()._incoming(form)
        given = form.get("ExternalUserId", "").removeprefix(self.prefix)
        other = self.prefix + given if USER_ID.fullmatch(given) else found.address
        return replace(found, other=other)

    async def send(self, call: Call) -> str:
        """Sends one message; buttons that Twilio does not take become numbered lines."""
        sid = await self._form(call.message) if call.message.buttons else ""
        if sid:
            filled = json.dumps(forms.values(call.message), ensure_ascii=False)
            values = {**self._envelope(call), "content_sid": sid, "content_variables": filled}
            try:
                made = await self.api.call(lambda client: client.messages.create(**values))
                return str(made.sid)
            except Undeliverable as error:
                if isinstance(error, Blocked):
                    raise
                # Refused and not sent. If it is the person who cannot be reached, the text
                # will be refused as well.
        return await super().send(call)

    async def link(self, code: str) -> tuple[str, str]:
        """Click to chat: https://faq.whatsapp.com/5913398998672934"""
        number = self.setting(self.sender).removeprefix(self.prefix)
        return f"https://wa.me/{number.lstrip('+')}?text={quote(code.upper())}", number

    async def _form(self, message: Message) -> str:
        """The form for the buttons, or nothing while Twilio takes none from this account."""
        if time.monotonic() < self._no_forms_until:
            return ""
        form = forms.form_of(message)
        try:
            return await self.api.call(lambda client: self._forms.sid(client, form))
        except Undeliverable:
            self._no_forms_until = time.monotonic() + TRY_AGAIN
            return ""

    @cached_property
    def _forms(self) -> forms.Forms:
        return forms.Forms()

    def _body(self, call: Call) -> dict[str, Any]:
        message: Message = call.message
        if message.place is None:
            return {"body": message.plain or message.text}
        place = message.place
        label = place.label.replace("|", " ")
        point = f"geo:{place.latitude:.6f},{place.longitude:.6f}"
        return {
            "body": label or point.removeprefix("geo:"),
            "persistent_action": [f"{point}|{label}" if label else point],
        }

    async def invite(self, address: str) -> None:
        """Sends the approved template that asks a person to write, if one is set."""
        template = self.setting("TWILIO_WHATSAPP_TEMPLATE")
        if template:
            values = {**self._envelope(Call(0, address, Message("text", ""), 0.0))}
            values["content_sid"] = template
            await self.api.call(lambda client: client.messages.create(**values))

    async def check(self) -> list[Finding]:
        """Whether the account works; where the webhook stands only the console shows."""
        hook = f"{self._config.public_url if self._config else ''}/hooks/whatsapp"
        told = "in Twilio's console, under the WhatsApp sender (or sandbox), the address for"
        todo = f"check that {told} incoming messages is {hook} (POST)"
        return [*await super().check(), Finding(True, "WhatsApp has a sender", todo)]
