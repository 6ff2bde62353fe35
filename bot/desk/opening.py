"""Opening hours: whether people are at the desk, since when, and when they are back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from bot.desk.desk_rules import DAYS, Desk

AHEAD = 15  # days that are looked through for the next opening


def local(desk: Desk, at: float) -> datetime:
    """A moment (seconds since 1970) by the clock of the desk."""
    return datetime.fromtimestamp(at, ZoneInfo(desk.timezone))


def is_open(desk: Desk, at: float) -> bool:
    """Whether people are at the desk."""
    return open_since(desk, at) is not None


def open_since(desk: Desk, at: float) -> float | None:
    """When the present opening began, or None while the desk is closed."""
    spans = _spans(desk, local(desk, at).date())
    return next((start for start, end in spans if start <= at < end), None)


def next_opening(desk: Desk, at: float) -> datetime | None:
    """When people are back, or None where that is more than two weeks away."""
    today = local(desk, at).date()
    days = (today + timedelta(days=n) for n in range(AHEAD))
    starts = (start for day in days for start, _ in _spans(desk, day))
    found = next((start for start in starts if start > at), None)
    return local(desk, found) if found else None


def _spans(desk: Desk, day: date) -> Iterator[tuple[float, float]]:
    """When the desk opens and closes on a day."""
    if day in desk.closed or _is_holiday(desk.holidays, day):
        return
    zone = ZoneInfo(desk.timezone)
    for start, end in desk.hours.get(DAYS[day.weekday()], []):
        opens, closes = (datetime.combine(day, clock, zone) for clock in (start, end))
        yield opens.timestamp(), closes.timestamp()


@lru_cache(maxsize=64)
def _is_holiday(countries: tuple[str, ...], day: date) -> bool:
    return any(day in holidays.country_holidays(code, years=day.year) for code in countries)
