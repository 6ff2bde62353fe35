"""A person is called, or, where nobody can take over in the chat, where one can be reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, answer, emergency, say
from bot import contacts
from bot.model import Paragraph, Reply, Why

TOPIC = "meta.human"
HELPING = ("protection.", "h2.abuse")  # the topics on which danger calls a person
# What was talked about when a person who is asked for next is needed at once.
GRAVE = {
    "protection.emergency",
    "protection.violence",
    "protection.trafficking",
    "protection.child",
    "h2.abuse",
}


class PersonAction(Action):
    """Says how to reach a person."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_meta_human"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Calls a person, or says the lines of the country."""
        return person(dispatcher, Turn.of(tracker))


def person(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """A person is called; where there is none, the lines of the country where people answer.

    In danger the numbers come first. Of an unknown country we ask which it is.
    """
    if turn.desk and "danger" in turn.entities:
        return called(dispatcher, turn, "danger", emergency(turn, turn.country))
    if turn.desk:
        grave = turn.slots.get("topic") in GRAVE
        return called(dispatcher, turn, "danger" if grave else "asked")
    country = home(turn)
    reply = answer(turn, TOPIC, country) or Reply(topic=TOPIC)
    reply = replace(
        reply,
        paragraphs=(*reply.paragraphs, *lines(turn, country)),
        outcome="handover",
        country=country,
    )
    remembered = {"country": turn.country or None, "asked": None if country else TOPIC}
    return say(dispatcher, turn, reply, **remembered)


def called(dispatcher: CollectingDispatcher, turn: Turn, why: Why, *before: Paragraph) -> Events:
    """Calls a person; what they are told of it is added where the hours are known."""
    reply = Reply(
        paragraphs=before,
        topic=TOPIC,
        confidence=turn.confidence,
        country=home(turn),
        outcome="handover",
        effect="person",
        why=why,
    )
    remembered: dict[str, Any] = {"asked": None, "choices": []}
    return say(dispatcher, turn, reply, **remembered)


def is_urgent(turn: Turn, topic: str) -> bool:
    """Whether danger was heard, beyond doubt enough to call a person who can take over."""
    return bool(turn.desk) and "danger" in turn.entities and topic.startswith(HELPING)


def home(turn: Turn) -> str:
    """The country that the person named, else that of their number, else nothing."""
    region = turn.region if turn.region in turn.knowledge.countries else ""
    return turn.country or region


def lines(turn: Turn, country: str) -> list[Paragraph]:
    """The lines of a country where people answer, or whom to ask instead."""
    if not country:
        return [turn.paragraph("danger_no_country")]
    lines = contacts.answered(turn.knowledge, country)
    if not lines:
        name = turn.knowledge.country_name(turn.language, country)
        return [turn.paragraph("human_none", country=name)]
    return [
        turn.paragraph("human_line", phone=contacts.number(line), name=line.name) for line in lines
    ]
