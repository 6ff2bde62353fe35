"""Who has a conversation open."""

from __future__ import annotations

import pytest

from bot.desk import presence
from bot.store import Store
from bot.tables import presence as rows
from tests import desks, samples

CASE = 7


@pytest.fixture(autouse=True)
def two(store: Store) -> None:
    """Anna and Bob have accounts."""
    desks.staff(store)
    desks.staff(store, desks.BOB)


def there(store: Store) -> list[tuple[str, bool]]:
    """Who is there, and who writes."""
    with store.read() as connection:
        found = presence.of(connection, [CASE]).get(CASE, [])
    return [(visitor.name, visitor.typing) for visitor in found]


def test_both_are_seen_and_one_writes(store: Store) -> None:
    presence.seen(store, [(CASE, desks.ANNA.id), (CASE, desks.BOB.id)])
    presence.typed(store, CASE, desks.BOB.id)

    assert there(store) == [("anna", False), ("bob", True)]


def test_who_is_seen_again_still_writes(store: Store) -> None:
    presence.typed(store, CASE, desks.ANNA.id)
    presence.seen(store, [(CASE, desks.ANNA.id)])

    assert there(store) == [("anna", True)]


def test_who_has_not_typed_for_a_while_only_reads(store: Store) -> None:
    presence.typed(store, CASE, desks.ANNA.id)
    samples.change(store, rows, typed_at=0.0)

    assert there(store) == [("anna", False)]


def test_who_leaves_is_gone(store: Store) -> None:
    presence.seen(store, [(CASE, desks.ANNA.id), (CASE, desks.BOB.id)])
    presence.left(store, CASE, desks.ANNA.id)

    assert there(store) == [("bob", False)]


def test_who_was_seen_long_ago_is_gone(store: Store) -> None:
    presence.seen(store, [(CASE, desks.ANNA.id)])
    samples.change(store, rows, seen_at=0.0)

    assert there(store) == []


def test_another_conversation_does_not_count(store: Store) -> None:
    presence.seen(store, [(CASE + 1, desks.ANNA.id)])

    assert there(store) == []
