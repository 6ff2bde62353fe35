"""Changes the language, or asks for it."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, say
from bot.model import Choice, Paragraph, Reply
from bot.text import normalise
from bot.words import Lexicon

TOPIC = "meta.language"
_CLAUSE = re.compile(r"[,;.!?\n]+")


class LanguageAction(Action):
    """Changes to the language that the message names."""

    def name(self) -> str:
        """Its name in the domain."""
        return "action_meta_language"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Says so in the new language, or asks which."""
        turn = Turn.of(tracker)
        named = turn.entities.get("named_language") or _named(turn)
        return switch(dispatcher, turn, named) if named else ask(dispatcher, turn)


def _named(turn: Turn) -> str:
    """The language that is asked for: "I speak no Spanish, Creole please" asks for one of two.

    Who only says what they do not speak is answered in the language of those words, if that is
    another.
    """
    lexicon = Lexicon.of(turn.knowledge)
    clauses = _CLAUSE.split(turn.text)
    wanted = [language for clause in clauses for language in _wanted(lexicon, clause)]
    named = lexicon.languages_named(turn.text)
    only_refused = bool(named) and not wanted and turn.language not in named
    if turn.language in wanted or only_refused:
        return turn.language
    return wanted[-1] if wanted else ""


def _wanted(lexicon: Lexicon, clause: str) -> list[str]:
    """The languages that a clause names, but for the first one behind each denial."""
    denials = "|".join(map(re.escape, lexicon.denials)) or "(?!)"
    before, *behind = re.split(rf"\b(?:{denials})\b", normalise(clause))
    named = lexicon.languages_named
    return [*named(before), *(language for part in behind for language in named(part)[1:])]


def switch(dispatcher: CollectingDispatcher, turn: Turn, language: str) -> Events:
    """From now on in `language`."""
    turn = turn.with_(language=language)
    reply = Reply(
        paragraphs=(turn.paragraph("language_changed"),),
        topic=TOPIC,
        confidence=turn.confidence,
        language=language,
    )
    return say(dispatcher, turn, reply, asked=turn.asked or None)


def ask(dispatcher: CollectingDispatcher, turn: Turn) -> Events:
    """The question in every language: we do not know which one the person reads."""
    questions = [turn.knowledge.phrase(code, "language_ask") for code in turn.knowledge.languages]
    names = turn.knowledge.languages.items()
    reply = Reply(
        paragraphs=tuple(Paragraph(full=question.full) for question in questions),
        choices=tuple(Choice(tongue.settings.name, f"language:{code}") for code, tongue in names),
        topic=TOPIC,
        confidence=turn.confidence,
        outcome="asked",
    )
    return say(dispatcher, turn, reply, asked=turn.asked or None)
