"""Finds in a message what the content has words for: countries, danger, commands and more.

All languages are looked at together: people mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.knowledge import Knowledge, Language
from bot.text import normalise

LONGEST_NUMBER = 2  # digits
LONGEST = 6  # words of the longest phrase looked for
SHORTEST_QUESTION = 3  # words
MOST_QUESTIONS = 3  # in one message; what has more parts is a story with one question
COURTESY = {"meta.greet", "meta.thanks"}
SIMPLER, OTHER = "simpler", "other"  # "I do not understand", "the other one"
COMMANDS = {SIMPLER, OTHER}  # besides topics
_SENTENCE = re.compile(r"[?!.;\n]+")
_PAUSE = re.compile(r"[,;.!?\n]+")
_PICK = re.compile(rf"(\D*?) ?([0-9]{{1,{LONGEST_NUMBER}}})")


@dataclass(frozen=True)
class Found:
    """What a message holds. `rest` are the words that belong to none of it and are no fillers.

    `things` are documents and programmes, as `documents:passport`.
    """

    countries: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    danger: str = ""
    command: str = ""
    language: str = ""
    payload: str = ""
    things: tuple[str, ...] = ()
    number: int | None = None
    rest: tuple[str, ...] = ()


@dataclass
class Lexicon:
    """Every phrase of the content in normal form, and what it means."""

    countries: dict[str, str] = field(default_factory=dict)
    aspects: dict[str, str] = field(default_factory=dict)
    danger: dict[str, str] = field(default_factory=dict)
    commands: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    fillers: set[str] = field(default_factory=set)
    denials: set[str] = field(default_factory=set)
    joiners: set[str] = field(default_factory=set)
    contrasts: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, knowledge: Knowledge) -> Lexicon:
        """The lexicon of all languages; where two disagree, the first language keeps the word."""
        lexicon = cls()
        for language in knowledge.languages.values():
            lexicon._learn(language)
        for command in lexicon.commands:
            lexicon.labels.pop(command, None)
        return lexicon

    def _learn(self, language: Language) -> None:
        """Adds what a language has words for."""
        for code, names in language.countries.items():
            _add(self.countries, [names.name, *names.aliases], code)
        for table, meanings in (
            (self.aspects, language.aspects),
            (self.danger, language.danger),
            (self.commands, language.commands),
            (self.languages, language.language_commands),
        ):
            for meaning, phrases in meanings.items():
                _add(table, phrases, meaning)
        for kind, things in language.things.items():
            for thing, phrases in things.items():
                _add(self.things, phrases, f"{kind}:{thing}")
        _add(self.languages, [language.settings.name], language.code)
        self._learn_labels(language)
        self.fillers |= {word for filler in language.fillers for word in normalise(filler).split()}
        self.denials |= set(map(normalise, language.denials))
        self.joiners |= set(map(normalise, language.joiners))
        self.contrasts |= set(map(normalise, language.contrasts))
        self.numbers |= set(map(normalise, language.numbers))

    def _learn_labels(self, language: Language) -> None:
        for topic, label in language.labels.topics.items():
            _add(self.labels, [label], topic)
        for group, label in language.labels.groups.items():
            _add(self.labels, [label], f"group:{group}")

    def find(self, text: str) -> Found:
        """What the text holds."""
        whole = normalise(text)
        words = whole.split()
        countries, rest = _take(words, self.countries)
        aspects, rest = _take(rest, self.aspects)
        danger, _ = _take(words, self.danger)
        things, _ = _take(words, self.things)
        return Found(
            countries=tuple(dict.fromkeys(countries)),
            aspects=tuple(dict.fromkeys(aspects)),
            danger=danger[0] if danger else "",
            command=self.commands.get(whole, ""),
            language=self.languages.get(whole, ""),
            payload=self.labels.get(whole, ""),
            things=tuple(dict.fromkeys(things)),
            number=self._number(whole),
            rest=tuple(word for word in rest if word not in self.fillers | self.denials),
        )

    def question(self, text: str) -> str:
        """The normal form of what is asked: without courtesy, and without what is ruled out.

        "Good morning" before it and "thank you" behind it go, and the passport of "no, not the
        passport, the DUI". A text that is nothing else is left as it is.
        """
        words = normalise(self._wanted(text)).split()
        while size := self._courtesy(words, from_start=True):
            words = words[size:]
        while size := self._courtesy(words, from_start=False):
            words = words[:-size]
        return " ".join(words) or normalise(text)

    def questions(self, text: str) -> list[str]:
        """The parts of a message that may be questions of their own; none where it is one."""
        parts = _between(self._marked(text), self.joiners)
        asked = [self.question(piece) for part in parts for piece in part.split("\n")]
        long_enough = [part for part in asked if len(part.split()) >= SHORTEST_QUESTION]
        return long_enough if 1 < len(long_enough) <= MOST_QUESTIONS else []

    @staticmethod
    def _marked(text: str) -> str:
        """The text in normal form with a line for each sentence."""
        return "\n".join(normalise(sentence) for sentence in _SENTENCE.split(text))

    def _wanted(self, text: str) -> str:
        """The clauses that do not only rule a thing out."""
        pieces = map(normalise, _PAUSE.split(text))
        parts = [part for piece in pieces for part in _between(piece, self.contrasts)]
        clauses = [part for part in parts if part.strip()]
        wanted = [clause for clause in clauses if not self._rules_out(clause)]
        return " ".join(wanted) if wanted and len(wanted) < len(clauses) else text

    def _number(self, whole: str) -> int | None:
        """The number of a choice, if the message is nothing else: "la 2", "opcion2"."""
        pick = _PICK.fullmatch(whole)
        return int(pick[2]) if pick and set(pick[1].split()) <= self.numbers else None

    def _rules_out(self, clause: str) -> bool:
        """Whether a clause is a denial and the name of a thing, or a denial alone."""
        words = normalise(clause).split()
        if not self.denials.intersection(words):
            return False
        _, rest = _take(words, self.things)
        return not [word for word in rest if word not in self.fillers | self.denials]

    def _courtesy(self, words: list[str], *, from_start: bool) -> int:
        """How many words of courtesy stand at one end."""
        for size in range(min(LONGEST, len(words)), 0, -1):
            phrase = " ".join(words[:size] if from_start else words[-size:])
            if self.commands.get(phrase) in COURTESY:
                return size
        return 0

    def languages_named(self, text: str) -> list[str]:
        """The languages that the text names somewhere, in order."""
        named, _ = _take(normalise(text).split(), self.languages)
        return list(dict.fromkeys(named))


def _add(table: dict[str, str], phrases: Iterable[str], meaning: str) -> None:
    for phrase in phrases:
        table.setdefault(normalise(phrase), meaning)


def _between(text: str, words: set[str]) -> list[str]:
    """The parts of a text in normal form that these words part."""
    either = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.split(rf"\b(?:{either})\b", text) if either else [text]


def _take(words: list[str], table: dict[str, str]) -> tuple[list[str], list[str]]:
    """The meanings of the phrases that occur, longest first at each place, and the words left."""
    meanings, rest, place = [], [], 0
    while place < len(words):
        for size in range(min(LONGEST, len(words) - place), 0, -1):
            meaning = table.get(" ".join(words[place : place + size]))
            if meaning:
                meanings.append(meaning)
                place += size
                break
        else:
            rest.append(words[place])
            place += 1
    return meanings, rest
