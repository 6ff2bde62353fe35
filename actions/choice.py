"""A number, a button or a label picks one of the choices last offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, say
from actions.answer import answer_topic
from actions.feedback import helped, kept
from actions.language import ask, switch
from actions.menu import group_choice, menu, submenu
from actions.more import more
from actions.person import person
from bot.model import Choice, Reply
from bot.words import OTHER

OWN_ACTIONS: dict[str, Callable[[CollectingDispatcher, Turn], Events]] = {
    "meta.human": person,
    "meta.language": ask,
    "meta.menu": menu,
    "meta.more": more,
}
FEEDBACK: dict[str, Callable[[CollectingDispatcher, Turn, str], Events]] = {
    "helped": helped,
    "keep": kept,
}
PERSON, MENU = 0, 9  # numbers with a meaning of their own where no choice has them


class ChoiceAction(Action):
    """Does what was picked, or offers the choices again."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_choice"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Follows the payload of the choice."""
        turn = Turn.of(tracker)
        picked = _picked(turn)
        return [*follow(dispatcher, turn, picked), SlotSet("others", _others(turn, picked))]


def _picked(turn: Turn) -> str:
    """The payload that was picked, or nothing where the number is of no choice."""
    if "payload" in turn.entities:
        return str(turn.entities["payload"])
    if OTHER in turn.entities:
        return next(iter(turn.slots.get("others") or []), "")
    offered, number = turn.slots.get("choices") or [], int(turn.entities.get("number", -1))
    if 1 <= number <= len(offered):
        return str(offered[number - 1])
    return {PERSON: "meta.human", MENU: "meta.menu"}.get(number, "")


def _others(turn: Turn, picked: str) -> list[str]:
    """The topics that were offered beside the one that was picked, for "the other one"."""
    before = turn.slots.get("others") if OTHER in turn.entities else turn.slots.get("choices")
    topics = [payload for payload in before or [] if payload in turn.knowledge.topics]
    return [topic for topic in topics if topic != picked]


def follow(dispatcher: CollectingDispatcher, turn: Turn, payload: str) -> Events:
    """Does what a payload stands for."""
    kind, _, value = payload.partition(":")
    if kind == "country" and value in turn.knowledge.countries:
        turn = turn.with_(countries=(value,))
        return follow(dispatcher, turn, turn.asked or str(turn.slots.get("topic") or "meta.menu"))
    if kind == "language" and value in turn.knowledge.languages:
        return switch(dispatcher, turn, value)
    if kind == "group":
        return submenu(dispatcher, turn, value)
    if kind in FEEDBACK:
        return FEEDBACK[kind](dispatcher, turn, value)
    if payload in OWN_ACTIONS:
        return OWN_ACTIONS[payload](dispatcher, turn)
    if payload in turn.knowledge.topics:
        return answer_topic(dispatcher, turn, payload)
    return _again(dispatcher, turn)


def _again(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """The choices once more; the menu where nothing had been offered."""
    offered = [str(payload) for payload in turn.slots.get("choices") or []]
    offered = [payload for payload in offered if _is_there(turn, payload)]
    if not offered:
        return menu(dispatcher, turn)
    reply = Reply(
        paragraphs=(turn.paragraph("wrong_number"),),
        choices=tuple(_choice(turn, payload) for payload in offered),
        topic=str(turn.slots.get("topic") or ""),
        outcome="asked",
    )
    return say(dispatcher, turn, reply, asked=turn.asked or None)


def _is_there(turn: Turn, payload: str) -> bool:
    """Whether a choice of before still exists: content may have changed since."""
    kind, _, value = payload.partition(":")
    known: dict[str, list[str]] = {
        "country": list(turn.knowledge.countries),
        "language": list(turn.knowledge.languages),
        **{kind: [] for kind in FEEDBACK},  # asked once
    }
    return value in known[kind] if kind in known else True


def _choice(turn: Turn, payload: str) -> Choice:
    kind, _, value = payload.partition(":")
    if kind == "country":
        return turn.country_choices([value])[0]
    if kind == "language":
        return Choice(turn.knowledge.languages[value].settings.name, payload)
    if kind == "group":
        return group_choice(turn, value)
    if payload == "meta.human":
        return turn.person_choice()
    return turn.topic_choices([payload])[0]
