"""`alo ask` and `alo chat`: the engine without queue and provider, in a terminal."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import dialogues, registry
from bot.engine import Engine, Heard
from bot.errors import SettingsError
from bot.model import Message, Reply
from bot.settings import Settings
from bot.store import Store

CHANNEL = "terminal"  # of the pseudonyms: no provider has it


@dataclass(frozen=True)
class Asked:
    """A message in the terminal and how it is to be taken."""

    text: str
    channel: str = "web"
    language: str = "auto"
    region: str = ""


class Terminal:
    """An engine with a memory for named conversations."""

    def __init__(self, settings: Settings, model: Path) -> None:
        self.engine = Engine(model)
        self._store = Store(settings)
        self._store.upgrade()

    def ask(self, asked: Asked, conversation: str = "") -> Reply:
        """The reply. With a conversation, what was said before is remembered."""
        name = self._store.keys.pseudonym(CHANNEL, conversation or "once")
        remembered = self._load(name) if conversation else None
        heard = Heard(
            text=asked.text,
            region=asked.region,
            channel=asked.channel,
            language="" if asked.language == "auto" else asked.language,
        )
        reply, remembered = asyncio.run(self.engine.respond(name, heard, remembered))
        if conversation:
            self._save(name, remembered, erase=reply.effect == "erase")
        return reply

    def _load(self, name: str) -> dict[str, Any] | None:
        with self._store.read() as connection:
            return dialogues.load(self._store, connection, name)

    def _save(self, name: str, remembered: dict[str, Any], *, erase: bool) -> None:
        with self._store.write() as connection:
            if erase:
                dialogues.erase(connection, name)
            else:
                dialogues.save(self._store, connection, name, remembered)


def check_language(language: str, known: list[str]) -> None:
    """Raises SettingsError for a language that has no folder."""
    if language not in {"auto", *known}:
        raise SettingsError(f"--lang {language}: choose auto or one of {', '.join(known)}")


def messages(reply: Reply, channel: str) -> list[Message]:
    """The reply as the channel shows it."""
    rendered: list[Message] = registry.channels()[channel].render(reply)
    return rendered


def as_json(reply: Reply, channel: str) -> dict[str, Any]:
    """The object of `alo ask --json`."""
    return {
        "topic": reply.topic,
        "confidence": round(reply.confidence, 4),
        "language": reply.language,
        "country": reply.country,
        "outcome": reply.outcome,
        "options": list(reply.options),
        "messages": [message.as_json() for message in messages(reply, channel)],
        "sources": list(reply.sources),
    }


def as_text(reply: Reply, channel: str) -> str:
    """The reply for reading: buttons in brackets, the cost of an SMS behind it."""
    return "\n\n".join(_text(message) for message in messages(reply, channel))


def _text(message: Message) -> str:
    buttons = "\n".join(f"[{n} {button.label}]" for n, button in enumerate(message.buttons, 1))
    cost = f"({message.segments} SMS, {message.encoding})" if message.encoding else ""
    return "\n".join(part for part in (message.text, buttons, cost) if part)
