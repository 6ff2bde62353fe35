"""A message that only completes the one before: "and in Honduras?", "how much?"."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn
from actions.answer import answer_topic
from actions.choice import follow
from actions.menu import menu
from bot import dialogue


class FollowupAction(Action):
    """Answers the last topic for another country, or one part of it."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_followup"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Completes the question that was asked before; without one, shows the menu."""
        turn = Turn.of(tracker)
        if turn.asked:
            return follow(dispatcher, turn, turn.asked)
        topic = str(turn.slots.get("topic") or "")
        if not topic or topic.startswith("meta."):
            return menu(dispatcher, turn, country=turn.country or None)
        aspect = str(turn.entities.get("aspect", ""))
        if aspect:
            topic = dialogue.topic_of_aspect(turn.knowledge, topic, aspect)
        return answer_topic(dispatcher, turn, topic)
