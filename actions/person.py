"""Where a person can be reached."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, answer, say
from bot import contacts
from bot.model import Paragraph, Reply

TOPIC = "meta.human"


class PersonAction(Action):
    """Says how to reach a person."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_meta_human"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Says the lines of the country."""
        return person(dispatcher, Turn.of(tracker))


def person(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """The lines of the country where people answer; without one, where to go.

    Of an unknown country we ask which it is.
    """
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


def home(turn: Turn) -> str:
    """The country that the person named, else that of their number, else nothing."""
    region = turn.region if turn.region in turn.knowledge.countries else ""
    return turn.country or region


def lines(turn: Turn, country: str) -> list[Paragraph]:
    """The lines of a country where people answer, or whom to ask instead."""
    if not country:
        return [turn.paragraph("danger_no_country")]
    lines = [c for c in contacts.of(turn.knowledge, country, ("line",)) if c.phone]
    if not lines:
        name = turn.knowledge.country_name(turn.language, country)
        return [turn.paragraph("human_none", country=name)]
    return [
        turn.paragraph("human_line", phone=contacts.number(line), name=line.name) for line in lines
    ]
