"""A message without words, or with far too many."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, say
from bot.model import Reply

REASONS = ("empty", "only_words", "too_long")


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
        paragraph = turn.paragraph(reason if reason in REASONS else "empty")
        return say(dispatcher, turn, Reply(paragraphs=(paragraph,), outcome="fallback"))
