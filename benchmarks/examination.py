"""What pipelines are compared on: the messages they learn from, and those they are asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot import evaluate, knowledge, settings
from bot.checks import messages
from bot.evaluate import Case
from bot.settings import ROOT
from bot.words import Lexicon
from nlu.components.encoder import Encoder, Kept, Vectors, spread

TRAINING, HELD_OUT = ROOT / "nlu", ROOT / "tests" / "understanding"
KEPT = ROOT / "var" / "understanding"  # what need not be reckoned twice

Ranking = list[tuple[str, float]]  # topics and their chances, likeliest first


@dataclass(frozen=True)
class Lesson:
    """A message that is learnt from; `question` is its normal form without courtesy."""

    text: str
    question: str
    topic: str
    lang: str


@dataclass(frozen=True)
class Asked:
    """A message as a pipeline gets it. Its meaning is a function: it costs to be asked for."""

    text: str
    question: str
    lang: str
    meaning: Callable[[], Vectors]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """What the content has words for."""
    return Lexicon.of(knowledge.load(settings.load().knowledge))


def lessons(folder: Path = TRAINING, most: int = 0) -> list[Lesson]:
    """The training messages that have a topic; of each topic and language at most so many."""
    question = lexicon().question
    read = (x for x in messages.read(folder) if x.topic)
    found = [Lesson(x.text, question(x.text), x.topic, x.language) for x in read]
    return thinned(found, most) if most else found


def thinned(found: list[Lesson], most: int) -> list[Lesson]:
    """At most so many of each topic and language, spread evenly over them."""
    groups: dict[tuple[str, str], list[Lesson]] = {}
    for one in found:
        groups.setdefault((one.topic, one.lang), []).append(one)
    return [one for group in groups.values() for one in spread(group, most)]


def cases(folder: Path = HELD_OUT) -> list[Case]:
    """The held-out messages: one file for each language that has one."""
    paths = (
        folder / f"{lang}.jsonl" for lang in knowledge.load(settings.load().knowledge).languages
    )
    return [case for path in paths if path.is_file() for case in evaluate.read(path)]


def asked(case: Case, meaning: Callable[[], Vectors]) -> Asked:
    """A case as a pipeline gets it."""
    return Asked(case.text, lexicon().question(case.text), case.lang, meaning)


def meanings(texts: list[str], name: str) -> Vectors:
    """One row of 384 numbers a text; kept in a file of that name."""
    return Kept(KEPT / f"{name}.npz").vectors(texts, Encoder().vectors)


def fingerprint(learnt: list[Lesson], *more: object) -> str:
    """A short hash of the messages that are learnt from, and of anything else."""
    told = repr([(x.text, x.topic, x.lang) for x in learnt]) + repr(more)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
