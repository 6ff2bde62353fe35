"""Trackers as Rasa hands them to an action, and what the action then says and remembers."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.model import Reply
from bot.settings import ROOT
from tests import talks
from tests.conftest import SECRET

SLOTS = ("language", "country", "topic", "asked", "choices", "others", "misses", "greeted")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions read their settings from the environment."""
    monkeypatch.setenv("ALO_SECRET_KEY", SECRET)
    monkeypatch.setenv("ALO_VAR", str(tmp_path))
    monkeypatch.setenv("ALO_KNOWLEDGE", str(ROOT / "knowledge"))


@pytest.fixture
def no_h2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real content, but without any answer on H-2 visas."""
    folder = shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    shutil.rmtree(folder / "answers" / "h2")
    monkeypatch.setenv("ALO_KNOWLEDGE", str(folder))


@dataclass(frozen=True)
class Done:
    """What an action said, and the slots it sets."""

    reply: Reply
    remembered: dict[str, Any]
    uttered: dict[str, Any]

    @property
    def text(self) -> str:
        """The long form of the reply."""
        return talks.text(self.reply)

    @property
    def payloads(self) -> list[str]:
        """What the choices of the reply stand for."""
        return talks.payloads(self.reply)


def tracker(
    text: str = "",
    intent: str = "",
    *,
    confidence: float = 0.9,
    ranking: dict[str, float] | None = None,
    entities: list[tuple[str, Any]] | dict[str, Any] | None = None,
    heard: tuple[str, float] = ("", 0.0),
    lang: str = "",
    region: str = "",
    point: tuple[float, float] | None = None,
    desk: str = "",
    **slots: Any,
) -> Tracker:
    """A tracker at a message: `heard` is its language, `lang` the one that was demanded.

    `point` is where the person says to be (latitude, longitude), `desk` whether people can
    take over.
    """
    pairs = entities.items() if isinstance(entities, dict) else entities or []
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": n, "confidence": c} for n, c in (ranking or {}).items()],
        "entities": [{"entity": name, "value": value} for name, value in pairs],
        "language": {"name": heard[0], "confidence": heard[1]},
        "metadata": {
            "region": region,
            "language": lang,
            "point": point and list(point),
            "desk": desk,
        },
    }
    known = {**dict.fromkeys(SLOTS), "greeted": True, **slots}
    return Tracker("a test", known, message, [], False, None, {}, None)


def run(action: Action, text: str = "", intent: str = "", **more: Any) -> Done:
    """What the action does at that tracker; in English, unless a language is said."""
    if not {"lang", "heard"} & set(more):
        more["lang"] = "en"
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker(text, intent, **more), {})
    said = dispatcher.messages[0]
    remembered = {event["name"]: event["value"] for event in events}
    return Done(Reply.from_json(said["reply"]), remembered, said)
