"""Periods are whole months, quarters and years."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.counts import days
from bot.counts.days import Period
from bot.errors import PeriodError, SettingsError
from bot.store import Store
from tests.conftest import make_settings


@pytest.mark.parametrize(
    ("name", "first", "last", "before"),
    [
        ("2026-11", "2026-11", "2026-11", "2026-10"),
        ("2026-01", "2026-01", "2026-01", "2025-12"),
        ("2026-Q1", "2026-01", "2026-03", "2025-Q4"),
        ("2026-q4", "2026-10", "2026-12", "2026-Q3"),
        ("2026", "2026-01", "2026-12", "2025"),
    ],
)
def test_a_period_and_the_one_before(name: str, first: str, last: str, before: str) -> None:
    period = Period.of(name)

    assert (period.months[0], period.months[-1], period.before.name) == (first, last, before)


@pytest.mark.parametrize("name", ["", "2026-13", "2026-Q5", "2026-11-03", "1999", "last week"])
def test_there_is_no_other_period(name: str) -> None:
    with pytest.raises(PeriodError, match="2026-Q4"):
        Period.of(name)


def test_a_period_ends_before_the_next_begins() -> None:
    assert Period.of("2026-Q4").end == Period.of("2027-Q1").start == date(2027, 1, 1)


def test_a_month_goes_on_until_the_second_day_of_the_next() -> None:
    assert [days.running(date(2026, 12, day)) for day in (1, 2)] == ["2026-11", "2026-12"]


def test_the_periods_between_two_months() -> None:
    names = [period.name for period in days.periods("2025-12", "2026-02")]

    assert names == ["2026", "2025", "2026-Q1", "2025-Q4", "2026-02", "2026-01", "2025-12"]


def test_the_day_is_that_of_the_time_zone(tmp_path: Path) -> None:
    """Between these two clocks there are 26 hours: it is never the same day."""
    there = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        store = Store(make_settings(tmp_path, ALO_TIMEZONE=zone))
        with store.read() as connection:
            there.append(days.today(connection))
        store.close()

    assert there[0] > there[1]


def test_a_time_zone_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ALO_TIMEZONE"):
        make_settings(tmp_path, ALO_TIMEZONE="Haiti/Everywhere")


@pytest.mark.parametrize("floor", ["4", "0", "many"])
def test_a_floor_that_is_too_low(tmp_path: Path, floor: str) -> None:
    with pytest.raises(SettingsError, match="ALO_COUNT_FLOOR"):
        make_settings(tmp_path, ALO_COUNT_FLOOR=floor)
