"""SMS through Twilio: short texts in GSM-7, choices as numbered lines.

Limits: https://www.twilio.com/docs/glossary/what-sms-character-limit
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from bot.model import Incoming, Message, Reply
from bot.text import encoding, gsm_form, segments, split
from bot.wire import Delivery, Finding, Knock
from channels import _twilio_numbers as numbers
from channels._twilio import SID, Twilio, form_of, region
from channels.base import numbered

REJECT = ("text/xml", '<Response><Reject reason="busy"/></Response>')  # costs nobody anything
HIDDEN = {"+266696687", "+7378742833", "+2562533", "+8566696", "+86282452253"}  # ANONYMOUS …
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

    def parse(self, knock: Knock) -> Delivery:
        """A message, or a call: nobody answers it, and the caller is told so by SMS.

        Calls: https://www.twilio.com/docs/voice/twiml#request-parameters
        """
        form = form_of(knock) or {}
        if not SID.fullmatch(form.get("CallSid", "")) or "MessageSid" in form:
            return super().parse(knock)
        address = form.get("From", "")
        country = "" if address in HIDDEN else region(address)
        if not country or form.get("CallStatus", "") != "ringing":
            return Delivery(answer=REJECT)  # a hidden number cannot be written to
        called = Incoming(self.name, form["CallSid"], address, region=country, kind="call")
        return Delivery(messages=(called,), answer=REJECT)

    async def check(self) -> list[Finding]:
        """Whether the account works and the webhook of the number, or service, points here."""
        ours = self.setting(self.sender)
        there = await self.api.call(lambda client: numbers.find(client, ours))
        return [*await super().check(), *numbers.findings(ours, there, self._hook)]

    async def repair(self) -> list[Finding]:
        """Points the webhook here."""
        ours, hook = self.setting(self.sender), self._hook
        await self.api.call(lambda client: numbers.point(client, ours, hook))
        return await self.check()

    @property
    def _hook(self) -> str:
        return f"{self._config.public_url if self._config else ''}/hooks/sms"


def _choices(reply: Reply) -> str:
    needed = replace(reply, prompt="") if not reply.optional else reply
    return "\n".join(x for x in (needed.prompt, *numbered(reply.choices)) if x)


def _message(text: str) -> Message:
    return Message("text", text, encoding=encoding(text), segments=segments(text))
