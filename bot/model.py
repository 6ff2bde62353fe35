"""What travels through the program: an Incoming message goes in, a Reply comes out.

Both are plain data, serialisable as JSON, and know nothing of channels or of Rasa.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Outcome = Literal["answered", "clarified", "asked", "handover", "fallback", "stopped"]
# person: one is called; waits: it was said that one is called; program: the person wants it back
Effect = Literal[
    "", "erase", "stop", "start", "person", "waits", "program", "helpful", "unhelpful", "keep"
]
Why = Literal["", "asked", "failed", "danger"]
# What a message is besides text; each that has no words is answered in its own way.
Kind = Literal[
    "text", "voice", "call", "picture", "document", "sticker", "contact", "unknown"
]  # fmt: skip
Control = Literal["", "stop", "start", "help"]


@dataclass(frozen=True)
class Place:
    """A point on the map. `label` is what the person or the table called it."""

    latitude: float
    longitude: float
    label: str = ""

    @classmethod
    def on_earth(cls, latitude: float, longitude: float, label: str = "") -> Place | None:
        """The place, or None where there is no such point."""
        there = -90 <= latitude <= 90 and -180 <= longitude <= 180  # NaN is not there either
        return cls(latitude, longitude, label[:200]) if there else None


@dataclass(frozen=True)
class Incoming:
    """One message from a person, as a channel parsed it.

    `message_id` is the provider's own id and makes the message unique within its channel.
    `address` is what is needed to reply; `other` is the same person's other address, where the
    service has two kinds, or the same again; `region` the country of the number (ISO 3166), if
    known.
    `choice` is the payload of a button or list row, if one was pressed. `code` is the entry code
    that came with a first message (a poster, a radio spot). `control` is a word that the provider
    has answered already, on the network's orders: it is kept and needs no reply.
    """

    channel: str
    message_id: str
    address: str
    text: str = ""
    region: str = ""
    choice: str = ""
    place: Place | None = None
    kind: Kind = "text"
    code: str = ""
    control: Control = ""
    other: str = ""


@dataclass(frozen=True)
class Choice:
    """Something a person can pick. `payload` is a topic id, `country:XX` or `language:xx`."""

    label: str
    payload: str


@dataclass(frozen=True)
class Paragraph:
    """A piece of text in its long form and, for SMS, its short one."""

    full: str
    short: str = ""

    def for_sms(self) -> str:
        """The short form, or the long one where there is no other."""
        return self.short or self.full


@dataclass(frozen=True)
class Reply:
    """What the program answers, before any channel has put it into its own form.

    `prompt` introduces `choices`; `choose` says how to pick one by its number, `open_list` stands
    on the button that opens a list. `optional` choices may be left out where they would cost
    another SMS. `options` are the topics offered when the outcome is `clarified`. `effect` is
    what the worker does in the same transaction, `why` the reason why a person is called. `hub`
    is the id of the hub that is shown first.
    """

    paragraphs: tuple[Paragraph, ...] = ()
    choices: tuple[Choice, ...] = ()
    prompt: str = ""
    choose: str = ""
    open_list: str = ""
    optional: bool = False
    place: Place | None = None
    topic: str = ""
    confidence: float = 0.0
    language: str = ""
    country: str = ""
    outcome: Outcome = "answered"
    options: tuple[str, ...] = ()
    sources: tuple[dict[str, str], ...] = field(default=())
    effect: Effect = ""
    why: Why = ""
    hub: str = ""

    def as_json(self) -> dict[str, Any]:
        """A JSON object from which `from_json` makes the same Reply."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Reply:
        """The Reply that `as_json` wrote."""
        place = data.get("place")
        return cls(
            **{
                **data,
                "paragraphs": tuple(Paragraph(**item) for item in data["paragraphs"]),
                "choices": tuple(Choice(**item) for item in data["choices"]),
                "options": tuple(data["options"]),
                "sources": tuple(data["sources"]),
                "place": Place(**place) if place else None,
            }
        )


@dataclass(frozen=True)
class Message:
    """One message as a channel will send it. `buttons` can be tapped.

    `plain` is the same text for when the provider does not take the buttons; `open_list` stands
    on the button that opens them where they are a list. A `location` has its `place`.
    """

    type: Literal["text", "location"]
    text: str
    buttons: tuple[Choice, ...] = ()
    plain: str = ""
    open_list: str = ""
    place: Place | None = None
    encoding: str = ""
    segments: int = 0

    def as_json(self) -> dict[str, Any]:
        """The object of the `messages` list of `alo ask --json`."""
        shown: dict[str, Any] = {"type": self.type, "text": self.text}
        if self.buttons:
            shown["buttons"] = [button.label for button in self.buttons]
        if self.encoding:
            shown |= {"encoding": self.encoding, "segments": self.segments}
        return shown
