"""The counts in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.counts import usage
from bot.store import Store
from tests.conftest import SECRET, make_settings


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A database with a month in it."""
    monkeypatch.setenv("ALO_SECRET_KEY", SECRET)
    monkeypatch.setenv("ALO_VAR", str(tmp_path))
    made = Store(make_settings(tmp_path))
    made.upgrade()
    with made.write() as connection:
        for language, number in (("es", 30), ("ht", 20), ("fr", 6), ("en", 2)):
            known = {"language": language, "measure": "message", "day": "2026-01-31"}
            usage.count(connection, n=number, **known)
    made.close()
    return made


def said(*words: str) -> str:
    """What the command says."""
    return CliRunner().invoke(app, ["usage", *words], catch_exceptions=False).output


def test_it_shows_a_period() -> None:
    lines = [line.split() for line in said("show", "2026-01").splitlines()]

    assert [line for line in lines if line[0] in {"message", "es", "ht", "fr", "en", "all"}] == [
        ["message", "58"],
        ["es", "30"],
        ["ht", "20"],
        ["all", "others", "8"],
    ]


def test_it_shows_one_json_object() -> None:
    found = json.loads(said("show", "2026-01", "--json"))

    assert found["totals"]["message"] == {"count": 58, "at_least": False}
    assert "questions" not in found


def test_what_is_too_small_is_said_to_be() -> None:
    assert "people (about)  <5" in said("show", "2026-01")


def test_old_counts_are_erased() -> None:
    assert "Erased" in said("purge", "--before", "2026-02")
    assert "without figures" in said("show", "2026-01")


@pytest.mark.parametrize(
    "words", [("show", "yesterday"), ("purge", "--before", "2026"), ("purge", "--before", "x")]
)
def test_a_wrong_period_is_said_in_one_line(words: tuple[str, ...]) -> None:
    error = CliRunner().invoke(app, ["usage", *words]).exception

    assert "2026" in str(error) or "2025" in str(error)
