"""How easy a text is to read: Flesch for English and French, Fernández-Huerta for Spanish.

0 to about 120; from 80 on "easy". For Creole and others no measure is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import textstat

EASY = 80.0

_MEASURES: dict[str, Callable[[str], Any]] = {
    "es": textstat.fernandez_huerta,
    "en": textstat.flesch_reading_ease,
    "fr": textstat.flesch_reading_ease,
}
_NOT_WORDS = re.compile(r"\{\w+\}|\d[\d.,]*|^(\d+\.|-) ", re.MULTILINE)


def ease(text: str, language: str) -> float | None:
    """The reading ease of a text with placeholders, or None where there is no measure.

    A line of a list is a sentence of its own.
    """
    if language not in _MEASURES:
        return None
    lines = (line.strip(" .:;,") for line in _NOT_WORDS.sub("", text).splitlines())
    sentences = ". ".join(line for line in lines if line)
    textstat.set_lang(language)
    return float(_MEASURES[language](f"{sentences}.")) if sentences else None
