"""The menu: the groups of topics, and the topics of a group."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import LONGEST, Events, Turn, say
from bot.model import Choice, Outcome, Paragraph, Reply


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


def submenu(dispatcher: CollectingDispatcher, turn: Turn, value: str) -> Events:
    """The topics of a group that have an answer, as choices.

    `value` is the group, or `group:number` for the topics from that number on.
    """
    group, _, start = value.partition(":")
    topics = [topic for topic in turn.knowledge.group(group) if topic in turn.knowledge.answers]
    left = topics[int(start) :] if start.isdigit() else topics
    if not left:
        return menu(dispatcher, turn)
    shown = left if len(left) <= LONGEST else left[: LONGEST - 1]
    after = len(topics) - len(left) + len(shown)
    more = (group_choice(turn, f"{group}:{after}"),) if after < len(topics) else ()
    reply = Reply(
        paragraphs=(Paragraph(turn.knowledge.label(turn.language, group) + ":"),),
        choices=turn.topic_choices(shown) + more,
        topic="meta.menu",
        confidence=turn.confidence,
    )
    return say(dispatcher, turn, reply)


def group_choice(turn: Turn, value: str) -> Choice:
    """A group, or the rest of its topics, as a choice."""
    group, _, start = value.partition(":")
    name = turn.knowledge.label(turn.language, group)
    return Choice(turn.phrase("more_topics").full if start else name, f"group:{value}")
