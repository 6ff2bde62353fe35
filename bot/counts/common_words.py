"""The words of a message that may recur in others': no names, numbers or places.

Of what is left each is kept apart from the message, and shown only where several people wrote it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.text import normalise
from bot.words import Lexicon

if TYPE_CHECKING:
    from bot.knowledge import Knowledge, Language

SHORTEST, LONGEST = 3, 24  # letters
NAMED = 3  # words behind "my name is" that are left out
EVERYWHERE = 25  # topics whose texts have a word that says nothing of any of them
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*", re.UNICODE)
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")


@dataclass(frozen=True)
class Sieve:
    """What is left out: fillers and countries (of the lexicon), places, everyday words, names.

    `introductions` is how people say their name: `me llamo`, `mwen rele` …
    """

    knowledge: Knowledge
    lexicon: Lexicon
    everyday: frozenset[str]
    introductions: list[list[str]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Sieve:
        """The sieve of all languages at once: people mix them."""
        everyday = {w for language in knowledge.languages.values() for w in _everyday(language)}
        everyday |= set(_listed(knowledge, "everyday_words"))
        lexicon = Lexicon.of(knowledge)
        names = [said.split() for said in _listed(knowledge, "name_words")]
        return cls(knowledge, lexicon, frozenset(everyday | lexicon.commands.keys()), names)

    def words(self, text: str) -> list[str]:
        """The words in normal form, each once, that say what a message is about."""
        plain = self._without_names(_ADDRESS.sub(" ", text))
        rest = self.lexicon.find(" ".join(plain)).rest
        left = set(self.knowledge.gazetteer.without_places(rest)) - self.everyday
        return sorted(word for word in left if SHORTEST <= len(word) <= LONGEST)

    def _without_names(self, text: str) -> list[str]:
        """The words but those with digits, their neighbours, and what looks like a name."""
        found = list(_WORD.finditer(text))
        said = [normalise(match.group()) for match in found]
        numbers = {n for n, match in enumerate(found) if any(c.isdigit() for c in match.group())}
        out = {near for n in numbers for near in (n - 1, n, n + 1)}
        out |= {n for n, match in enumerate(found) if _looks_named(text, match)}
        out |= {n for start, end in self._introduced(said) for n in range(start, end)}
        return [word for n, word in enumerate(said) if n not in out]

    def _introduced(self, said: list[str]) -> Iterator[tuple[int, int]]:
        """Where in the words somebody says a name."""
        for words in self.introductions:
            for start in range(len(said) - len(words) + 1):
                if said[start : start + len(words)] == words:
                    yield start, start + len(words) + NAMED


def _looks_named(text: str, match: re.Match[str]) -> bool:
    """Whether it begins with a capital in the middle of a sentence and is no abbreviation."""
    word, before = match.group(), text[: match.start()].rstrip()
    begins = not before or before[-1] in ".!?\n¿¡"
    return word[0].isupper() and not word.isupper() and not begins


def _listed(knowledge: Knowledge, key: str) -> Iterator[str]:
    """What stands in a list of all languages, in normal form."""
    for code in knowledge.languages:
        yield from map(normalise, knowledge.phrase(code, key).full.split(","))


def _everyday(language: Language) -> set[str]:
    """Words that stand in the texts of many topics: "quiero", "yon", "street"."""
    topics: Counter[str] = Counter()
    for variants in language.texts.values():
        parts = (part for text in variants.values() for part in (text.short, *text.full.values()))
        topics.update(set(normalise(" ".join(parts)).split()))
    return {word for word, number in topics.items() if number >= EVERYWHERE}
