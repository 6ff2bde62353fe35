"""The contract of a channel, and what all of them share.

A channel must know how to show text; choices fall back to numbered lines where it has no buttons.
A channel that reaches people also verifies and parses what its provider delivers, and sends.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import ClassVar

from bot.model import Choice, Message, Reply
from bot.settings import Settings
from bot.text import split
from bot.wire import Call, Delivery, Finding, Knock

Receive = Callable[[Delivery], Awaitable[bool]]  # whether it is kept


class Channel(ABC):
    """One service. `name` is what tables and settings call it; `longest` its limit in letters."""

    name: ClassVar[str]
    longest: ClassVar[int]
    most_buttons: ClassVar[int] = 0
    shows_places: ClassVar[bool] = False

    def __init__(self, config: Settings | None = None) -> None:
        self._config = config

    def render(self, reply: Reply) -> list[Message]:
        """The reply as the messages that this service shows, in order."""
        text = "\n\n".join(part.full for part in reply.paragraphs)
        buttons = reply.choices if self.takes(reply.choices) else ()
        body = _joined(text, self.choices_text(reply, buttons))
        pieces = split(body, self.longest) or [""]
        last = Message(
            "text",
            pieces[-1],
            buttons=buttons,
            plain=self._plain(reply, pieces[-1]) if buttons else "",
            open_list=reply.open_list if buttons else "",
        )
        return [*(Message("text", piece) for piece in pieces[:-1]), *self._place(reply), last]

    def takes(self, choices: tuple[Choice, ...]) -> bool:
        """Whether the service can show these choices as buttons."""
        return len(choices) <= self.most_buttons

    def choices_text(self, reply: Reply, buttons: tuple[Choice, ...]) -> str:
        """What stands before the buttons; without buttons, the numbered choices."""
        if not reply.choices:
            return ""
        if buttons:
            return reply.prompt
        return "\n".join(x for x in (reply.prompt, *numbered(reply.choices), reply.choose) if x)

    def _plain(self, reply: Reply, text: str) -> str:
        """The last piece with its choices as numbered lines."""
        return "\n".join(x for x in (text, *numbered(reply.choices), reply.choose) if x)

    def _place(self, reply: Reply) -> list[Message]:
        if reply.place is None or not self.shows_places:
            return []
        return [Message("location", reply.place.label, place=reply.place)]


class Sending(Channel):
    """A channel that can reach a person. It is on when none of the settings it `needs` is missing.

    `per_second` is how many messages the provider takes, `per_person` how many one person gets;
    0 is no limit. `window` is how many seconds after a person's last message one may still write
    to them freely; 0 is for ever. `provider` is who reports what became of messages; `meaning`
    says which of `failures.REASONS` each of its error codes stands for.
    """

    needs: ClassVar[tuple[str, ...]] = ()
    per_second: ClassVar[float] = 0.0
    per_person: ClassVar[float] = 1.0
    window: ClassVar[float] = 0.0
    provider: ClassVar[str] = ""
    meaning: ClassVar[dict[str, str]] = {}
    hooked: ClassVar[bool] = True  # it has a webhook

    @classmethod
    def missing(cls, config: Settings) -> list[str]:
        """The settings without which the channel is off."""
        return [name for name in cls.needs if not _value(config, name)]

    @classmethod
    def reason(cls, code: str) -> str:
        """The reason that a code of ours holds, as `twilio 21610`; nothing for an unknown one."""
        words = code.replace(":", " ").split()
        return next((cls.meaning[word] for word in words if word in cls.meaning), "")

    def setting(self, name: str) -> str:
        """The value of a setting, or nothing. Never log it."""
        return _value(self._config, name) if self._config else ""

    def verify(self, knock: Knock) -> bool:
        """Whether the provider itself made the request, judged in constant time."""
        return False

    def parse(self, knock: Knock) -> Delivery:
        """What a verified request to the webhook holds. Raises ValueError for a broken one."""
        raise ValueError("this channel takes no requests")

    def parse_status(self, knock: Knock) -> Delivery:
        """What a verified status report holds. Raises ValueError for a broken one."""
        raise ValueError("this channel takes no reports")

    @abstractmethod
    async def send(self, call: Call) -> str:
        """Sends one message and returns the provider's id of it.

        Raises Retryable, Unsure, WindowClosed, Undeliverable or Blocked (see bot/errors.py).
        """

    async def taken(self, call: Call) -> str | None:
        """Asks the provider whether a call that broke off was taken: its id, or None if not.

        Here nobody can be asked: a message that may be lost is sent again.
        """
        return None

    async def invite(self, address: str) -> None:
        """Asks a person outside the window to write, if the service has a way and it is set up."""

    def polls(self) -> bool:
        """Whether messages must be fetched, because the provider cannot reach us."""
        return False

    async def poll(self, receive: Receive) -> None:
        """Fetches messages for ever; each is forgotten by the provider only once received."""

    async def link(self, code: str) -> tuple[str, str]:
        """The address that opens a conversation with an entry code written, and our number there.

        Both are empty where there is none. Raises ChannelError.
        """
        return "", ""

    async def check(self) -> list[Finding]:
        """Whether the credentials work and the webhooks point here. Raises ChannelError."""
        return []

    async def repair(self) -> list[Finding]:
        """Points the webhooks here, where the provider lets a program do so."""
        return []

    async def close(self) -> None:
        """Gives connections back."""


def numbered(choices: tuple[Choice, ...]) -> list[str]:
    """`1 Paspò`, `2 Kat idantifikasyon` …"""
    return [f"{number} {choice.label}" for number, choice in enumerate(choices, 1)]


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part).rstrip()


def _value(config: Settings, name: str) -> str:
    if name == "ALO_PUBLIC_URL":
        return config.public_url
    secret = config.channel.get(name)
    return secret.reveal().strip() if secret else ""
