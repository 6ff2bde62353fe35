"""Finds training messages that give away a held-out one: the same words, or nearly.

    python -m tests.understanding.near HELD_OUT_FOLDER TRAINING_FOLDER

lists them: file, topic and text of the training message, and the held-out message.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bot.checks import messages
from bot.checks.messages import Example
from bot.text import normalise

EXEMPT = 2  # words: "pasaporte" is what everybody writes
LONG = 5  # words from which nearly the same counts as the same
ALIKE = 92  # of 100, in rapidfuzz's ratio


@dataclass(frozen=True)
class HeldOut:
    """A message that is never trained on."""

    text: str
    lang: str


@dataclass(frozen=True)
class Near:
    """A training message and the held-out message that it is near to."""

    example: Example
    held_out: str

    def __str__(self) -> str:
        told = self.example
        return f"{told.path}: {told.topic or 'no topic'}: {told.text} | {self.held_out}"


def held_out(folder: Path) -> list[HeldOut]:
    """The messages of every file of an examination, whatever else its lines hold."""
    paths = sorted(folder.glob("*.jsonl"))
    lines = [json.loads(x) for path in paths for x in path.read_text("utf-8").splitlines()]
    return [HeldOut(line["text"], line["lang"]) for line in lines]


def near(examination: list[HeldOut], taught: list[Example]) -> Iterator[Near]:
    """The training messages that are near to a held-out message of one language."""
    asked = [normalise(x.text) for x in examination]
    known = [normalise(x.text) for x in taught]
    alike = process.cdist(asked, known, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
    for row, column in np.argwhere(alike):
        if _tells(asked[row], known[column]):
            yield Near(taught[column], examination[row].text)


def _tells(asked: str, known: str) -> bool:
    """Whether two messages that are alike are too much alike."""
    words = len(asked.split())
    return words > EXEMPT and (asked == known or words >= LONG)


def near_in_folders(held_out_folder: Path, training: Path) -> Iterator[Near]:
    """The same for all languages of two folders."""
    examination, taught = held_out(held_out_folder), messages.read(training)
    for lang in sorted({x.lang for x in examination}):
        one = [x for x in examination if x.lang == lang]
        yield from near(one, [x for x in taught if x.language == lang])


if __name__ == "__main__":
    for found in near_in_folders(Path(sys.argv[1]), Path(sys.argv[2])):
        sys.stdout.write(f"{found}\n")
