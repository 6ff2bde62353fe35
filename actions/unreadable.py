"""A message without words: a voice note, a picture, signs alone; or with far too many."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, say
from actions.person import home, lines
from bot.model import Reply

REASONS = (
    "empty", "only_words", "too_long", "picture", "document", "shared_contact", "unknown_kind",
)  # fmt: skip
ALOUD = ("voice", "call")  # who would rather speak is told with whom


class UnreadableAction(Action):
    """Says kindly what can be read."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_unreadable"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Says it for the reason that the engine gave."""
        turn = Turn.of(tracker)
        reason = str(turn.entities.get("reason", ""))
        if reason in ALOUD:
            paragraphs = (turn.paragraph(reason), *lines(turn, home(turn)))
        else:
            paragraphs = (turn.paragraph(reason if reason in REASONS else "empty"),)
        return say(dispatcher, turn, Reply(paragraphs=paragraphs, outcome="fallback"))
