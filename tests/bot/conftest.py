"""A copy of the real content that a test may break, and what `alo check` then finds in it.

Also a provider, for the tests of what is sent.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import checks
from bot.checks.fault import Fault
from bot.desk import opening
from bot.settings import ROOT
from tests.providers import Provider

TODAY = date(2026, 11, 22)  # any day: the tests set the review dates they need
GONE = object()  # as a value: take it away
LANGUAGES = ("es", "ht", "en", "fr")
PASSPORT = "answers/documents/passport.yml"


def words_of(answer: str, language: str = "en") -> str:
    """The file with the words of an answer."""
    return f"languages/{language}/{answer}"


@dataclass(frozen=True)
class Like:
    """Equal to a fault of this level in this file whose message holds these words."""

    level: str
    path: str
    said: str = ""

    def __eq__(self, other: object) -> bool:
        same_place = (getattr(other, "level", ""), getattr(other, "path", "")) == (
            self.level,
            self.path,
        )
        return same_place and self.said in getattr(other, "message", "")

    __hash__ = None  # type: ignore[assignment]


def error(file: str, said: str) -> Like:
    """An error in a file of `knowledge/`."""
    return Like("error", f"knowledge/{file}", said)


def warning(file: str, said: str) -> Like:
    """A warning in a file of `knowledge/`."""
    return Like("warning", f"knowledge/{file}", said)


@dataclass(frozen=True)
class Copy:
    """`knowledge/` and `nlu/` in a folder of the test."""

    root: Path
    known: frozenset[Fault]  # what the real content has anyway

    @property
    def knowledge(self) -> Path:
        return self.root / "knowledge"

    @property
    def nlu(self) -> Path:
        return self.root / "nlu"

    def put(self, file: str, keys: tuple[Any, ...], value: Any) -> None:
        """Sets what stands under the keys; a function makes it from what stood there."""
        path = self.knowledge / file
        data = read(path) if path.exists() else {}
        place = data
        for key in keys[:-1]:
            place = place.setdefault(key, {}) if isinstance(place, dict) else place[key]
        if value is GONE:
            del place[keys[-1]]
        elif callable(value):
            old = place.get(keys[-1], "") if isinstance(place, dict) else place[keys[-1]]
            place[keys[-1]] = value(old)
        else:
            place[keys[-1]] = value
        write(path, data)

    def found(self) -> list[Fault]:
        """What `alo check` finds that it did not find before."""
        return [fault for fault in self.all_found() if fault not in self.known]

    def all_found(self) -> list[Fault]:
        """What `alo check` finds."""
        return checks.run(self.knowledge, self.nlu, TODAY)


def read(path: Path) -> Any:
    """The content of a file; every value is text."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)


def write(path: Path, data: Any) -> None:
    """Writes the content of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, "utf-8")


def ending(words: str) -> Callable[[str], str]:
    """A change: the same text with words at its end."""
    return lambda old: f"{old} {words}"


@pytest.fixture(scope="session")
def known_faults() -> frozenset[Fault]:
    """What `alo check` finds in the real content."""
    return frozenset(checks.run(ROOT / "knowledge", ROOT / "nlu", TODAY))


@pytest.fixture
def copied(tmp_path: Path, known_faults: frozenset[Fault]) -> Copy:
    """A copy of the real content."""
    for name in ("knowledge", "nlu"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Copy(tmp_path, known_faults)


@pytest.fixture
def desk_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """People are at the desk, whatever the clock of this machine says."""
    monkeypatch.setattr(opening, "is_open", lambda desk, at: True)
    monkeypatch.setattr(opening, "open_since", lambda desk, at: at - 36000)


@pytest.fixture
def provider() -> Provider:
    """A provider without a network."""
    return Provider()
