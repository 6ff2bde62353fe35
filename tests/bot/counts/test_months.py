"""A month is worked out once, when it is over; small counts are not in what is kept of it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.counts import months, usage
from bot.counts.months import Month
from bot.store import Store
from bot.tables import published
from tests import samples

LATER = date(2026, 9, 2)


def counted(store: Store, **numbers: int) -> None:
    """So many messages of each language in August."""
    with store.write() as connection:
        for language, number in numbers.items():
            usage.count(connection, measure="message", language=language, channel="sms",
                        n=number, day="2026-08-15")  # fmt: skip


def august(store: Store) -> Month | None:
    """August as it may be seen."""
    with store.read() as connection:
        return months.of(connection, "2026-08", trial=False)


@pytest.mark.parametrize(
    ("today", "worked_out"), [(date(2026, 9, 1), 0), (LATER, 1), (date(2026, 10, 2), 2)]
)
def test_only_months_that_are_over_are_worked_out(
    store: Store, today: date, worked_out: int
) -> None:
    counted(store, ht=100)

    assert months.publish(store, today, 5) == worked_out


def test_a_month_that_is_not_over_cannot_be_seen(store: Store) -> None:
    counted(store, ht=100)
    months.publish(store, date(2026, 9, 1), 5)

    assert august(store) is None


def test_large_counts_are_shown_as_they_are(store: Store) -> None:
    counted(store, ht=100, es=70)
    months.publish(store, LATER, 5)
    found = august(store)

    assert found is not None
    assert (found.tables["language"].rows, found.tables["language"].total) == (
        {"ht": 100, "es": 70},
        170,
    )


def test_a_small_count_is_nowhere(store: Store) -> None:
    counted(store, ht=100, es=70, fr=2)
    months.publish(store, LATER, 5)

    assert {"fr", 2} & {
        *samples.column(store, published.c.key),
        *samples.column(store, published.c.count),
    } == set()


def test_what_is_counted_afterwards_changes_nothing(store: Store) -> None:
    counted(store, ht=100)
    months.publish(store, LATER, 5)
    counted(store, ht=1)
    again = months.publish(store, LATER, 5)
    found = august(store)

    assert found is not None
    assert (again, found.tables["language"].total) == (0, 100)


@pytest.mark.parametrize(("floor", "again"), [(4, 0), (5, 0), (50, 1)])
def test_a_month_is_worked_out_again_only_with_a_higher_floor(
    store: Store, floor: int, again: int
) -> None:
    counted(store, ht=100, es=70, fr=20)
    months.publish(store, LATER, 5)

    assert months.publish(store, LATER, floor) == again
