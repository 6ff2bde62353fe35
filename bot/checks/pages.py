"""Faults of the words of the pages: every language has the same ones, with the same gaps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.checks.fault import Fault
from bot.checks.languages import fields
from bot.knowledge import Knowledge, Language


def faults(knowledge: Knowledge, folder: Path) -> Iterator[Fault]:
    """Every fault of the words of the pages. `folder` is where the content lies."""
    languages = list(knowledge.languages.values())
    for language in languages:
        yield from _against(languages[0], language, folder)


def _against(first: Language, language: Language, folder: Path) -> Iterator[Fault]:
    wanted, mine = _flat(first.pages), _flat(language.pages)
    for key, words in wanted.items():
        if key not in mine:
            if not language.settings.partial:
                yield _fault(folder, first, language, key, "is missing; add it")
        elif fields(mine[key]) != fields(words):
            gaps = ", ".join(sorted(fields(words))) or "none"
            yield _fault(folder, first, language, key, f"has other placeholders; use {gaps}")


def _flat(words: dict[str, Any], before: str = "") -> dict[str, str]:
    """Each text under its whole key, as `staff.roles.admin`."""
    found: dict[str, str] = {}
    for key, value in words.items():
        deeper = isinstance(value, dict)
        found |= _flat(value, f"{before}{key}.") if deeper else {f"{before}{key}": str(value)}
    return found


def _fault(folder: Path, first: Language, language: Language, key: str, text: str) -> Fault:
    """The fault, at the file of the first language's words and with the key within it."""
    group, _, rest = key.partition(".")
    own = (folder / "languages" / first.code / "pages" / f"{group}.yml").is_file()
    base = f"knowledge/languages/{language.code}/pages"
    path, named = (f"{base}/{group}.yml", rest) if own else (f"{base}.yml", key)
    return Fault.error(path, f"{named}: {text}")
