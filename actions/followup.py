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

ENOUGH = 4  # words: "where is your office" is a question of its own, "where" is none
CLEAR = 10.0  # times likelier than the next


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
            told = _told(turn)
            if told:
                return answer_topic(dispatcher, turn, told)
            return menu(dispatcher, turn, country=turn.country or None)
        aspect = str(turn.entities.get("aspect", ""))
        if aspect:
            topic = dialogue.topic_of_aspect(turn.knowledge, topic, aspect)
        return answer_topic(dispatcher, turn, topic)


def _told(turn: Turn) -> str:
    """The topic of a message that says it, though its words could also complete one."""
    ranked = sorted(turn.ranking.items(), key=lambda pair: -pair[1])
    if len(turn.text.split()) < ENOUGH or len(ranked) < 2:
        return ""
    (topic, first), (_, second) = ranked[:2]
    return "" if topic.startswith("meta.") or first < CLEAR * second else topic
