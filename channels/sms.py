"""SMS: short texts in GSM-7, choices as numbered lines.

Limits: https://www.twilio.com/docs/glossary/what-sms-character-limit
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import Message, Reply
from bot.text import encoding, gsm_form, segments, split
from channels.base import Channel, numbered

FREE_SEGMENTS = 2  # optional choices may not make a message longer than this


class Sms(Channel):
    """What a phone without internet shows."""

    name = "sms"
    longest = 1530  # ten segments of 153; Twilio takes 1,600 letters

    def render(self, reply: Reply) -> list[Message]:
        """The short texts in one message, and what it costs."""
        text = gsm_form("\n".join(part.for_sms() for part in reply.paragraphs))
        with_choices = gsm_form(f"{text}\n{_choices(reply)}") if reply.choices else text
        affordable = max(FREE_SEGMENTS, segments(text))
        if not reply.optional or segments(with_choices) <= affordable:
            text = with_choices
        return [_message(piece) for piece in split(text, self.longest)]


def _choices(reply: Reply) -> str:
    needed = replace(reply, prompt="") if not reply.optional else reply
    return "\n".join(x for x in (needed.prompt, *numbered(reply.choices)) if x)


def _message(text: str) -> Message:
    return Message("text", text, encoding=encoding(text), segments=segments(text))
