"""A provider without a network, for the tests of everything that sends."""

from __future__ import annotations

from bot.model import Message, Reply
from bot.wire import Call
from channels.web import Web


class Provider(Web):
    """Takes everything, or raises `error`; each word of a reply is a message of its own."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()
        self.error = error
        self.called: list[str] = []
        self.got: list[tuple[str, str]] = []
        self.found: str | None = None
        self.asked: list[Call] = []
        self.invited: list[str] = []

    def render(self, reply: Reply) -> list[Message]:
        """The paragraphs, one by one."""
        return [Message("text", part.full) for part in reply.paragraphs]

    async def send(self, call: Call) -> str:
        """Remembers what was sent."""
        self.called.append(call.message.text)
        if self.error:
            raise self.error
        self.got.append((call.address, call.message.text))
        return f"id-{len(self.got)}"

    async def taken(self, call: Call) -> str | None:
        """What the provider says of a call that broke off."""
        self.asked.append(call)
        return self.found

    async def invite(self, address: str) -> None:
        """Remembers who was asked to write."""
        self.invited.append(address)
