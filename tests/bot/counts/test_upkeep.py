"""What the counts need once in a while."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.counts import days, months, people, upkeep, usage
from bot.counts.people import Group
from bot.store import Store
from bot.tables import faults, published
from bot.tables import people as sketches
from bot.tables import usage as counts
from tests import samples
from tests.conftest import make_settings


def count(store: Store, day: str) -> None:
    """Ten messages, and one person, of a day."""
    with store.write() as connection:
        usage.count(connection, measure="message", day=day, n=10, language="es")
        people.add(store, connection, {Group(day[:7], "all", "", False): ["a"]})
        connection.execute(faults.insert().values(day=day, kind="worker", minutes=1))


def test_a_month_that_is_over_is_worked_out(store: Store, tmp_path: Path) -> None:
    count(store, "2026-01-31")
    upkeep.hourly(store, make_settings(tmp_path))

    assert ("2026-01", 10) in zip(
        samples.column(store, published.c.month, published.c.name == "language"),
        samples.column(store, published.c.count, published.c.name == "language"),
        strict=True,
    )


def test_a_month_is_worked_out_once(store: Store) -> None:
    count(store, "2026-01-31")
    today = date(2026, 2, 2)

    assert [months.publish(store, today, 5) for _ in range(3)] == [1, 0, 0]


def test_a_month_that_goes_on_is_not_worked_out(store: Store) -> None:
    count(store, "2026-01-31")

    assert months.publish(store, date(2026, 2, 1), 5) == 0


@pytest.mark.parametrize(
    ("before", "left"),
    [("2025-01", []), ("2024-06", ["2024-12"]), ("2024-01", ["2024-05", "2024-12"])],
)
def test_old_counts_are_erased(store: Store, before: str, left: list[str]) -> None:
    for day in ("2024-05-31", "2024-12-31"):
        count(store, day)
    months.publish(store, days.Period.of("2025-01").end, 5)
    upkeep.purge(store, before)

    assert [day[:7] for day in samples.column(store, counts.c.day)] == left
    assert [day[:7] for day in samples.column(store, faults.c.day)] == left
    assert samples.column(store, sketches.c.month) == left
    assert left == [
        m for m in ("2024-05", "2024-12") if m in samples.column(store, published.c.month)
    ]
