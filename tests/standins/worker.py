"""`python -m tests.standins.worker`: the worker with an engine that needs no model.

"person" calls a person; every other text comes back.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bot import worker
from bot.model import Paragraph, Place, Reply


@dataclass(frozen=True)
class Heard:
    """What a person did, as the engine takes it."""

    text: str
    choice: str
    region: str
    channel: str
    place: Place | None = None
    kind: str = "text"
    desk: str = ""
    language: str = ""


class Engine:
    """Understands one word."""

    def __init__(self, _model: Path) -> None:
        pass

    async def parse(self, _text: str) -> dict[str, Any]:
        """Nothing is understood."""
        return {}

    async def respond(self, _: str, heard: Heard, known: Any) -> tuple[Reply, dict[str, Any]]:
        """A person is called, or the text again."""
        if heard.text == "person" and heard.desk:
            called = Reply(effect="person", why="asked", language="en", country="HT")
            return called, {"language": "en"}
        return Reply(paragraphs=(Paragraph(heard.text),), language="en"), dict(known or {})


if __name__ == "__main__":
    engine = ModuleType("bot.engine")
    vars(engine).update(Engine=Engine, Heard=Heard)
    sys.modules["bot.engine"] = engine
    worker.main()
