"""The contract of a channel, and what all of them share.

A channel must know how to send text; choices fall back to numbered lines where it has no buttons.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from bot.model import Choice, Message, Reply
from bot.text import split


class Channel(ABC):
    """One service. `name` is what tables and settings call it; `longest` its limit in letters."""

    name: ClassVar[str]
    longest: ClassVar[int]
    most_buttons: ClassVar[int] = 0

    def render(self, reply: Reply) -> list[Message]:
        """The reply as the messages that this service shows, in order."""
        text = "\n\n".join(part.full for part in reply.paragraphs)
        buttons = reply.choices if len(reply.choices) <= self.most_buttons else ()
        if reply.choices:
            text = f"{text}\n\n{self.choices_text(reply, buttons)}".rstrip()
        pieces = split(text, self.longest)
        last = Message("text", pieces[-1], buttons=tuple(buttons))
        return [*(Message("text", piece) for piece in pieces[:-1]), last]

    def choices_text(self, reply: Reply, buttons: tuple[Choice, ...]) -> str:
        """What stands before the buttons; without buttons, the numbered choices."""
        if buttons:
            return reply.prompt
        return "\n".join(x for x in (reply.prompt, *numbered(reply.choices), reply.choose) if x)


class Sending(ABC):
    """A channel that can reach a person. `SENDS` channels are found by the sender."""

    @abstractmethod
    async def send(self, address: str, messages: list[Message]) -> None:
        """Sends the messages in order. Raises Retryable or Undeliverable."""


def numbered(choices: tuple[Choice, ...]) -> list[str]:
    """`1 Paspò`, `2 Kat idantifikasyon` …"""
    return [f"{number} {choice.label}" for number, choice in enumerate(choices, 1)]
