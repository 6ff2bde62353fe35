"""The menu: the groups of topics, and the topics of a group."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, say
from bot.model import Outcome, Paragraph, Reply

LONGEST = 8  # choices of a list; 9 and 0 mean the menu and a person


class MenuAction(Action):
    """Shows the menu when it is asked for."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_meta_menu"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Says the menu."""
        return menu(dispatcher, Turn.of(tracker))


def menu(
    dispatcher: CollectingDispatcher,
    turn: Turn,
    before: tuple[Paragraph, ...] = (),
    outcome: Outcome = "answered",
    **slots: Any,
) -> Events:
    """The groups as choices, after what `before` says."""
    answered = {topic.split(".")[0] for topic in turn.knowledge.answers}
    groups = [f"group:{g}" for g in turn.knowledge.groups() if g in answered - {"meta"}]
    reply = Reply(
        paragraphs=before or (turn.paragraph("menu"),),
        choices=turn.topic_choices(groups),
        topic="meta.menu" if outcome == "answered" else _known(turn),
        confidence=turn.confidence,
        outcome=outcome,
    )
    return say(dispatcher, turn, reply, **slots)


def _known(turn: Turn) -> str:
    """The intent, if it is a topic."""
    return turn.intent if turn.intent in turn.knowledge.topics else ""


def submenu(dispatcher: CollectingDispatcher, turn: Turn, group: str) -> Events:
    """The topics of a group that have an answer, as choices."""
    topics = [topic for topic in turn.knowledge.group(group) if topic in turn.knowledge.answers]
    if not topics:
        return menu(dispatcher, turn)
    reply = Reply(
        paragraphs=(Paragraph(turn.knowledge.label(turn.language, group) + ":"),),
        choices=turn.topic_choices(topics[:LONGEST]),
        topic="meta.menu",
        confidence=turn.confidence,
    )
    return say(dispatcher, turn, reply)
