"""Answers the topic that was recognised, for the right country."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, answer, emergency, say
from actions.menu import menu
from actions.person import called, is_urgent
from bot import answers, dialogue, hubs
from bot.hubs import Search
from bot.model import Effect, Outcome, Paragraph, Reply

EMERGENCY = "protection.emergency"
ERASE = "meta.delete_data"
OUT_OF_SCOPE = "meta.out_of_scope"
NO_HELP = "meta.feedback_bad"
PATIENCE = 2  # messages in a row that were not understood, before the menu
PLACE_WORDS = 5  # a longer message asks something of its own
POLITE = {"meta.thanks", "meta.goodbye", "meta.feedback_good"}
OTHERS = 2  # topics offered beside a person when danger was heard
_EFFECTS: dict[str, Effect] = {
    ERASE: "erase",
    "meta.stop": "stop",
    "meta.start": "start",
}
_OUTCOMES: dict[str, Outcome] = {OUT_OF_SCOPE: "fallback", "meta.stop": "stopped"}


class AnswerAction(Action):
    """The action behind every topic that has none of its own."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Says the answer to the intent."""
        turn = Turn.of(tracker)
        misses = int(turn.slots.get("misses") or 0) + 1
        failed = turn.intent == OUT_OF_SCOPE or (turn.intent == NO_HELP and turn.desk == "open")
        if failed and misses >= PATIENCE and "danger" not in turn.entities:
            return not_understood(dispatcher, turn, misses)
        return answer_topic(dispatcher, turn, hubs.NEAREST if _only_place(turn) else turn.intent)


def not_understood(dispatcher: CollectingDispatcher, turn: Turn, misses: int) -> Events:
    """A person, or the menu and how to reach one, instead of the same words or another guess."""
    if turn.desk == "open" and misses >= PATIENCE:
        return called(dispatcher, turn, "failed", turn.paragraph("person_failed"))
    return menu(dispatcher, turn, (turn.paragraph("fallback"),), "fallback", misses=misses)


def _only_place(turn: Turn) -> bool:
    """Whether a few words that were no sure topic name a place, after a question about hubs."""
    about_hubs = str(turn.slots.get("topic") or "") in hubs.TOPICS
    few = 0 < len(turn.text.split()) <= PLACE_WORDS
    return about_hubs and few and not turn.settled and hubs.names_place(turn.knowledge, turn.text)


def answer_topic(dispatcher: CollectingDispatcher, turn: Turn, topic: str) -> Events:
    """Says the answer to a topic, or asks what it needs to know first."""
    if topic == ERASE and not turn.settled:
        return _confirm_erase(dispatcher, turn)
    aspect = str(turn.entities.get("aspect", ""))
    country, assumed = _country(turn, topic)
    if dialogue.needs_country(turn.knowledge, topic, country):
        if is_urgent(turn, topic):
            return called(dispatcher, turn, "danger", emergency(turn, country))
        return _ask_country(dispatcher, turn, topic)
    reply = answer(turn, topic, country, aspect) or _no_answer(turn, topic, country)
    reply = _with_second(turn, replace(reply, topic=topic), country)
    if topic in POLITE and turn.slots.get("choices"):
        reply = replace(reply, choices=())  # what was offered before stays open
    reply = replace(
        reply,
        effect=_EFFECTS.get(topic, ""),
        outcome=_OUTCOMES.get(topic, reply.outcome),
    )
    if assumed and turn.knowledge.variant_for(topic, country) == country:
        name = turn.knowledge.country_name(turn.language, country)
        note = turn.paragraph("country_assumed", country=name)
        reply = replace(reply, paragraphs=(*reply.paragraphs, Paragraph(note.full)))
    if "danger" in turn.entities:
        reply = _danger_first(turn, reply, country)
    if is_urgent(turn, reply.topic):
        reply = replace(reply, choices=(), outcome="handover", effect="person", why="danger")
    return say(
        dispatcher, turn, reply, **_remembered(turn, topic, turn.country if assumed else country)
    )


def _with_second(turn: Turn, reply: Reply, country: str) -> Reply:
    """The answer to a second question in the same message behind the first."""
    topic = str(turn.entities.get("second", ""))
    second = answer(turn, topic, country) if topic and topic != reply.topic else None
    if second is None:
        return reply
    return replace(
        reply,
        paragraphs=(*reply.paragraphs, *second.paragraphs),
        sources=(*reply.sources, *second.sources),
    )


def _confirm_erase(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """What cannot be undone is not done on a guess."""
    question = Reply(
        paragraphs=(turn.paragraph("confirm_erase"),),
        topic=ERASE,
        confidence=turn.confidence,
        outcome="asked",
    )
    return say(dispatcher, turn, question)


def _remembered(turn: Turn, topic: str, country: str) -> dict[str, Any]:
    """The thread of the conversation: politeness does not break it."""
    if topic == OUT_OF_SCOPE or (topic == NO_HELP and turn.desk):
        return {"misses": int(turn.slots.get("misses") or 0) + 1}
    if topic.startswith("meta."):
        return {}
    return {"topic": topic, "country": country or None}


def _country(turn: Turn, topic: str) -> tuple[str, bool]:
    """The country to answer for, and whether it is only assumed from the number.

    From the words, else from what was said before, else (where an answer can do without, where
    we asked in vain, or in danger) from the number.
    """
    own = answers.countries_of(turn.knowledge, topic)
    named = next((code for code in turn.countries if code in own), next(iter(turn.countries), ""))
    if not named and topic.startswith("hubs."):
        where = Search(turn.text, turn.country, turn.region, turn.point)
        named = hubs.country_of(turn.knowledge, where)
    if named or turn.country:
        return named or turn.country, False
    optional = turn.knowledge.variant_for(topic, "") is not None
    known = turn.region in turn.knowledge.countries
    if known and (optional or turn.asked or "danger" in turn.entities):
        return turn.region, True
    return "", False


def _ask_country(dispatcher: CollectingDispatcher, turn: Turn, topic: str) -> Events:
    choices = turn.country_choices(answers.countries_of(turn.knowledge, topic))
    question = turn.paragraph("ask_country")
    reply = Reply(
        paragraphs=(question,),
        choices=choices,
        topic=topic,
        confidence=turn.confidence,
        outcome="asked",
    )
    return say(dispatcher, turn, reply, topic=topic, asked=topic)


def _no_answer(turn: Turn, topic: str, country: str) -> Reply:
    """Says honestly that there is no checked answer: for this country, or at all.

    In danger the numbers to call come instead.
    """
    urgent = answer(turn, EMERGENCY, country) if "danger" in turn.entities else None
    if urgent:
        return urgent
    paragraphs = [_unknown(turn, topic, country)]
    if topic.startswith("protection."):
        paragraphs.insert(0, emergency(turn, country))
    return Reply(
        paragraphs=tuple(paragraphs),
        choices=(turn.person_choice(),),
        topic=topic,
        confidence=turn.confidence,
        country=country,
    )


def _unknown(turn: Turn, topic: str, country: str) -> Paragraph:
    codes = answers.countries_of(turn.knowledge, topic)
    if not codes:
        return turn.paragraph("no_answer", topic=turn.knowledge.label(turn.language, topic))
    name = turn.knowledge.country_name
    return turn.paragraph(
        "no_answer_country",
        country=name(turn.language, country),
        countries=", ".join(name(turn.language, code) for code in codes),
    )


def _danger_first(turn: Turn, reply: Reply, country: str) -> Reply:
    """The numbers to call before anything else, the offer of a person, and what else it may be."""
    paragraphs = reply.paragraphs
    answered = turn.knowledge.answers.keys() & {reply.topic}
    if answered - {EMERGENCY}:
        paragraphs = (emergency(turn, country), *paragraphs)
    likely = [topic for topic in turn.ranking if topic in turn.knowledge.answers]
    others = [topic for topic in likely if topic != reply.topic and not topic.startswith("meta.")]
    choices = (turn.person_choice(), *turn.topic_choices(others[:OTHERS]))
    return replace(reply, paragraphs=paragraphs, choices=choices)
