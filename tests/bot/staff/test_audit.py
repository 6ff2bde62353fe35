"""The log of who did what."""

from __future__ import annotations

import pytest

from bot.staff import audit
from bot.staff.audit import Filter
from bot.store import Store
from bot.tables import audit as table
from tests import samples

NOTES = [
    ("marie", "claimed", "1"),
    ("paul", "claimed", "2"),
    ("marie", "answered", "1"),
    ("marie", "claimed", "3"),
]


@pytest.fixture
def noted(store: Store) -> Store:
    """A store with some entries."""
    with store.write() as connection:
        for user, action, subject in NOTES:
            audit.note(connection, user, action, subject)
    return store


def found(store: Store, wanted: Filter, limit: int = 10) -> list[tuple[str, str, str]]:
    """What is found, newest first."""
    with store.read() as connection:
        entries = audit.entries(connection, wanted, limit)
    return [(x.user, x.action, x.subject) for x in entries]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), [3, 2, 1, 0]),
        (Filter(user="paul"), [1]),
        (Filter(action="claimed"), [3, 1, 0]),
        (Filter(user="marie", action="claimed"), [3, 0]),
        (Filter(subject="1"), [2, 0]),
        (Filter(user="nobody"), []),
    ],
)
def test_entries_are_found_newest_first(noted: Store, wanted: Filter, expected: list[int]) -> None:
    assert found(noted, wanted) == [NOTES[i] for i in expected]


def test_a_long_log_is_read_in_parts(noted: Store) -> None:
    ids = sorted(samples.column(noted, table.c.id))

    assert found(noted, Filter(before=ids[2]), 1) == [NOTES[1]]


def test_what_there_is_can_be_chosen(noted: Store) -> None:
    with noted.read() as connection:
        seen = [audit.seen(connection, name) for name in ("user", "action")]

    assert seen == [["marie", "paul"], ["answered", "claimed"]]


def note_then_fail(store: Store) -> None:
    """Notes something, then raises, in one transaction."""
    with store.write() as connection:
        audit.note(connection, "marie", "claimed", "1")
        raise ZeroDivisionError


def test_a_note_stands_or_falls_with_what_it_tells_of(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        note_then_fail(store)

    assert found(store, Filter()) == []
