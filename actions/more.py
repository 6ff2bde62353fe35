"""The rest of the last answer: MAS, PLIS, MORE, PLUS."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, answer, say
from bot.model import Paragraph, Reply
from bot.words import SIMPLER

TOPIC = "meta.more"


class MoreAction(Action):
    """Says the last answer in its long form."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_meta_more"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Repeats the last topic in full, also in SMS; in a simpler form where that is asked."""
        turn = Turn.of(tracker)
        return simpler(dispatcher, turn) if SIMPLER in turn.entities else more(dispatcher, turn)


def simpler(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """The last answer in its short form, and the offer of a person: not the same text again."""
    topic = str(turn.slots.get("topic") or "")
    reply = answer(turn, topic, turn.country or turn.region) if topic else None
    if reply is None:
        ask = Reply(paragraphs=(turn.paragraph("simpler_none"),), topic=TOPIC)
        return say(dispatcher, turn, ask)
    brief = tuple(Paragraph(full=part.short or part.full) for part in reply.paragraphs)
    return say(
        dispatcher,
        turn,
        replace(
            reply,
            paragraphs=(turn.paragraph("simpler"), *brief),
            choices=(turn.person_choice(),),
            optional=False,
        ),
    )


def more(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """The last answer without its short forms; where there was none, says so."""
    topic = str(turn.slots.get("topic") or "")
    reply = answer(turn, topic, turn.country or turn.region) if topic else None
    if reply is None:
        return say(dispatcher, turn, Reply(paragraphs=(turn.paragraph("more_none"),), topic=TOPIC))
    full = tuple(Paragraph(full=part.full) for part in reply.paragraphs)
    return say(dispatcher, turn, replace(reply, paragraphs=full))
