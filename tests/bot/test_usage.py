"""Counts are right, whatever happens, and hold nothing of a person."""

from __future__ import annotations

import sqlalchemy as sa

from bot import usage
from bot.store import Store
from bot.tables import usage as table
from tests import samples


def counted(store: Store) -> dict[tuple[str, str], int]:
    """How often each measure and value was counted."""
    query = sa.select(table.c.measure, table.c.value, sa.func.sum(table.c.count))
    with store.read() as connection:
        rows = connection.execute(query.group_by(table.c.measure, table.c.value))
        return {(measure, value): int(number) for measure, value, number in rows}


def test_a_count_is_added_to(store: Store) -> None:
    with store.write() as connection:
        usage.count(connection, measure="call", value="answered")
        usage.count(connection, measure="call", value="answered", n=2)

    assert counted(store) == {("call", "answered"): 3}


def test_a_reply_is_counted_with_its_message(store: Store) -> None:
    samples.answer(store)

    assert counted(store) == {
        ("message", ""): 1,
        ("reply", "answered"): 1,
        ("conversation", ""): 1,
    }
