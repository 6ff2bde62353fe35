"""Finds in a message what the content has words for: countries, danger, commands and more.

All languages are looked at together: people mix them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.knowledge import Knowledge
from bot.text import normalise

LONGEST = 6  # words of the longest phrase looked for
COURTESY = {"meta.greet", "meta.thanks"}
_NUMBER = re.compile(r"(?:la|el|opcion|numero|nimewo|option|number|numero|le|no|n)? ?(\d{1,2})")


@dataclass(frozen=True)
class Found:
    """What a message holds. `rest` are the words that belong to none of it and are no fillers."""

    countries: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    danger: str = ""
    command: str = ""
    language: str = ""
    payload: str = ""
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
    fillers: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, knowledge: Knowledge) -> Lexicon:
        """The lexicon of all languages; where two disagree, the first language keeps the word."""
        lexicon = cls()
        for language in knowledge.languages.values():
            for code, names in language.countries.items():
                _add(lexicon.countries, [names.name, *names.aliases], code)
            for table, words in (
                (lexicon.aspects, language.aspects),
                (lexicon.danger, language.danger),
                (lexicon.commands, language.commands),
                (lexicon.languages, language.language_commands),
            ):
                for meaning, phrases in words.items():
                    _add(table, phrases, meaning)
            _add(lexicon.languages, [language.settings.name], language.code)
            for topic, label in language.labels.topics.items():
                _add(lexicon.labels, [label], topic)
            for group, label in language.labels.groups.items():
                _add(lexicon.labels, [label], f"group:{group}")
            lexicon.fillers |= {word for x in language.fillers for word in normalise(x).split()}
        for command in lexicon.commands:
            lexicon.labels.pop(command, None)
        return lexicon

    def find(self, text: str) -> Found:
        """What the text holds."""
        whole = normalise(text)
        words = whole.split()
        countries, rest = _take(words, self.countries)
        aspects, rest = _take(rest, self.aspects)
        danger, _ = _take(words, self.danger)
        number = _NUMBER.fullmatch(whole)
        return Found(
            countries=tuple(dict.fromkeys(countries)),
            aspects=tuple(dict.fromkeys(aspects)),
            danger=danger[0] if danger else "",
            command=self.commands.get(whole, ""),
            language=self.languages.get(whole, ""),
            payload=self.labels.get(whole, ""),
            number=int(number[1]) if number else None,
            rest=tuple(word for word in rest if word not in self.fillers),
        )

    def without_courtesy(self, text: str) -> str:
        """The normal form of a text without "good morning" before it and "thank you" behind it.

        A text that is nothing else is left as it is.
        """
        words = normalise(text).split()
        while size := self._courtesy(words, from_start=True):
            words = words[size:]
        while size := self._courtesy(words, from_start=False):
            words = words[:-size]
        return " ".join(words) or normalise(text)

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
