"""What people and deployers are told of lifetimes is what the table says."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import Knowledge
from bot.purge import DAY, LIFETIMES, Lifetime
from bot.settings import ROOT

LIFETIME = {lifetime.name: lifetime for lifetime in LIFETIMES}
DOCUMENT = (ROOT / "docs" / "privacy.md").read_text("utf-8")
ALONE, WITH_OPERATOR = LIFETIME["conversations"], LIFETIME["with_operator"]


def table() -> str:
    """The table of docs/privacy.md."""
    head = "| what | tables | how long | setting |\n| --- | --- | --- | --- |\n"
    return head + "\n".join(map(_row, LIFETIMES))


def _row(lifetime: Lifetime) -> str:
    unit = "days" if lifetime.unit == DAY else "hours"
    length = f"{lifetime.length} {unit if lifetime.length != 1 else unit[:-1]} after"
    long = f"{length if lifetime.length else 'at most an hour after'} {lifetime.since}"
    tables = ", ".join(f"`{name}`" for name in lifetime.tables)
    setting = f"`{lifetime.setting}`" if lifetime.setting else ""
    return f"| {lifetime.what} | {tables} | {long} | {setting} |"


def test_the_document_has_the_table() -> None:
    assert table() in DOCUMENT, f"put this into docs/privacy.md:\n{table()}"


def test_every_setting_of_the_document_is_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()
    named = set(re.findall(r"`(ALO_[A-Z_]+)`", DOCUMENT))

    assert [name for name in sorted(named) if f"\n{name}=" not in example] == []


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr", "pt"])
def test_people_are_told_the_lifetimes(content: Knowledge, language: str) -> None:
    text = content.languages[language].texts["meta.privacy"]["any"]
    long = (ALONE.length, WITH_OPERATOR.length)

    for form in (text.short, " ".join(text.full.values())):
        assert tuple(map(int, re.findall(r"\d+", form))) == long
