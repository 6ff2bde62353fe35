"""Not understood: two or three choices in plain words; the second time the menu and a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, emergency, say
from actions.answer import OUT_OF_SCOPE, PATIENCE, POLITE, answer_topic, not_understood
from actions.person import called
from bot import hubs
from bot.model import Choice, Paragraph, Reply

OFFERED = 3
NOTHING_TO_PICK = {OUT_OF_SCOPE, "meta.greet", *POLITE, "meta.feedback_bad", "meta.more"}
OFFERED_ANYWAY = {"meta.menu", "meta.human"}


class FallbackAction(Action):
    """Offers what it may have been, and never guesses."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_fallback"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Offers the likeliest topics, or the menu and a person."""
        turn = Turn.of(tracker)
        misses = int(turn.slots.get("misses") or 0) + 1
        likely = [topic for topic in turn.ranking if topic not in NOTHING_TO_PICK][:OFFERED]
        about_hubs = hubs.NEAREST in likely[:1] or turn.slots.get("topic") in hubs.TOPICS
        if about_hubs and hubs.names_place(turn.knowledge, turn.text):
            return answer_topic(dispatcher, turn, hubs.NEAREST)  # a place settles it
        if "danger" in turn.entities:
            return _offer_in_danger(dispatcher, turn, likely, misses)
        if misses >= PATIENCE or not likely or _foreign(turn):
            return not_understood(dispatcher, turn, misses)
        return _offer(dispatcher, turn, likely, misses)


def _foreign(turn: Turn) -> bool:
    """Whether the message is likelier about something else entirely than about any topic."""
    best = max(turn.ranking.values(), default=0.0)
    return turn.ranking.get(OUT_OF_SCOPE, 0.0) >= best > 0.0


def _offer_in_danger(
    dispatcher: CollectingDispatcher, turn: Turn, likely: list[str], misses: int
) -> Events:
    """The numbers to call, in case; then what it may be, the topic that helps in danger first.

    The second time a person is called, where there are any.
    """
    if turn.desk and misses >= PATIENCE:
        return called(dispatcher, turn, "danger", emergency(turn, turn.country))
    helping = str(turn.entities["danger"])
    topics = [helping, *(topic for topic in likely if topic != helping)][:OFFERED]
    before = (emergency(turn, turn.country),)
    # Who asks for a person next is in danger still.
    return _offer(dispatcher, turn, topics, misses, before, topic=helping)


def _offer(
    dispatcher: CollectingDispatcher,
    turn: Turn,
    likely: list[str],
    misses: int,
    before: tuple[Paragraph, ...] = (),
    **slots: Any,
) -> Events:
    topics = [topic for topic in likely if topic not in OFFERED_ANYWAY]
    neither = Choice(turn.phrase("none_of_these").full, "meta.menu")
    reply = Reply(
        paragraphs=(*before, turn.paragraph("clarify")),
        choices=(*turn.topic_choices(topics), neither, turn.person_choice()),
        confidence=turn.ranking.get(likely[0], 0.0),
        outcome="clarified",
        options=tuple(likely),
    )
    return say(dispatcher, turn, reply, misses=misses, country=turn.country or None, **slots)
