"""A conversation as another help desk is told it: nothing in it leads to the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import inbox
from bot.desk.retold import Words
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import inbox as messages
from tests import desks, samples
from tests.conftest import make_settings


def words(folder: Path, language: str = "en") -> Words:
    """The words of a help desk in that language."""
    return Words(make_settings(folder, CHATWOOT_LANGUAGE=language))


@pytest.mark.parametrize("language", ["en", "es", "fr", "ht"])
def test_agents_are_told_in_their_language(
    store: Store, content: Knowledge, tmp_path: Path, language: str
) -> None:
    about = words(tmp_path, language).about(desks.waiting(store, content))

    assert about["country"] == content.country_name(language, "HT")
    assert about["topic"] == content.label(language, "documents.passport")


def test_a_language_that_is_none_is_english(
    store: Store, content: Knowledge, tmp_path: Path
) -> None:
    about = words(tmp_path, "xx").about(desks.waiting(store, content))

    assert about["topic"] == content.label("en", "documents.passport")


def test_first_all_that_was_said_is_told(store: Store, content: Knowledge, tmp_path: Path) -> None:
    case = desks.waiting(store, content)
    inbox.receive(store, samples.incoming("m9", text="mwen la toujou"))
    numbers = samples.column(store, messages.c.id)
    told = words(tmp_path).said(store, case, numbers, first=True)

    assert "mwen la toujou" in told


def test_then_only_the_message_itself(store: Store, content: Knowledge, tmp_path: Path) -> None:
    case = desks.waiting(store, content)
    inbox.receive(store, samples.incoming("m9", text="mwen la toujou"))
    last = samples.column(store, messages.c.id)[-1:]

    assert words(tmp_path).said(store, case, last, first=False) == "mwen la toujou"


def test_nothing_leads_to_the_person(store: Store, content: Knowledge, tmp_path: Path) -> None:
    case = desks.waiting(store, content)
    told = words(tmp_path).about(case)

    assert sorted(told) == ["channel", "country", "language", "topic", "urgent"]
    assert {samples.ADDRESS, case.conversation} & {str(value) for value in told.values()} == set()
