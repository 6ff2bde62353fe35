"""A day on which something was down is marked."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import pytest

from bot import inbox
from bot.counts import faults
from bot.store import Store
from bot.tables import inbox as inbox_table
from tests import samples

NOON = datetime(2026, 11, 27, 12, 0)  # noqa: DTZ001 - as a clock shows it


def noted(store: Store) -> list[tuple[str, str, int]]:
    """What was down."""
    with store.read() as connection:
        return faults.between(connection, "2026-01-01", "2026-12-31")


def watch(store: Store, *minutes: int) -> None:
    """Somebody looks at so many minutes after noon."""
    for minute in minutes:
        faults.watch(store, NOON + timedelta(minutes=minute))


@pytest.mark.parametrize(("waited", "minutes"), [(10, []), (200, [("2026-11-27", "worker", 2)])])
def test_a_worker_that_is_down_is_noted(
    store: Store, waited: float, minutes: list[tuple[str, str, int]]
) -> None:
    inbox.receive(store, samples.incoming())
    samples.change(store, inbox_table, received_at=time.time() - waited)
    watch(store, 0, 1)

    assert noted(store) == minutes


def test_a_message_that_is_answered_waits_no_more(store: Store) -> None:
    samples.answer(store)
    samples.change(store, inbox_table, received_at=0.0)
    watch(store, 0, 1)

    assert noted(store) == []


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ((0, 1, 2, 3), []),
        ((0, 45, 45), [("2026-11-27", "all", 45)]),
        ((0, 45), [("2026-11-27", "all", 45)]),
        ((0, 13 * 60), [("2026-11-27", "all", 720), ("2026-11-28", "all", 60)]),
        ((0, 45, 46, 60), [("2026-11-27", "all", 59)]),
    ],
)
def test_that_everything_was_off_is_noted_afterwards(
    store: Store, minutes: tuple[int, ...], expected: list[tuple[str, str, int]]
) -> None:
    watch(store, *minutes)

    assert noted(store) == expected
