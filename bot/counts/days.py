"""Days, months and the periods that figures are given for, as the programme's clock shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from bot.errors import PeriodError

_PERIOD = re.compile(r"(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
QUARTER = 3
YEAR = 12


def now(connection: Connection) -> datetime:
    """The time by the clock of ALO_TIMEZONE, as a clock shows it: without a zone."""
    zone = connection.get_execution_options().get("timezone", "UTC")
    return datetime.now(ZoneInfo(zone)).replace(tzinfo=None)


def today(connection: Connection) -> date:
    """The present day in ALO_TIMEZONE."""
    return now(connection).date()


def month_of(day: date) -> str:
    """The month of a day, as 2026-11."""
    return f"{day:%Y-%m}"


def running(today: date) -> str:
    """The month that goes on; on its first day the one before, which somebody may still count."""
    return month_of(today - timedelta(days=1))


@dataclass(frozen=True)
class Period:
    """A whole month, quarter or year: `first` is its first month, as 2026-10.

    Others there are none: two periods that differ by some days would tell what came on those.
    """

    name: str
    first: str
    length: int

    @classmethod
    def of(cls, name: str) -> Period:
        """The period called 2026, 2026-Q4 or 2026-11. Raises PeriodError for anything else."""
        found = _PERIOD.fullmatch(name.strip().upper())
        if not found:
            raise PeriodError(f"{name}: write a year, quarter or month: 2026, 2026-Q4 or 2026-11")
        year, quarter, month = found.groups()
        if month:
            return cls(f"{year}-{month}", f"{year}-{month}", 1)
        if quarter:
            return cls(f"{year}-Q{quarter}", f"{year}-{QUARTER * int(quarter) - 2:02}", QUARTER)
        return cls(year, f"{year}-01", YEAR)

    @property
    def months(self) -> tuple[str, ...]:
        """Its months in order, as 2026-11."""
        return tuple(_later(self.first, number) for number in range(self.length))

    @property
    def before(self) -> Period:
        """The period of the same length before it."""
        return _called(_later(self.first, -self.length), self.length)

    @property
    def start(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.first}-01")

    @property
    def end(self) -> date:
        """The day after its last."""
        return date.fromisoformat(f"{_later(self.first, self.length)}-01")


def _later(month: str, by: int) -> str:
    """The month so many months after, or before, another."""
    year, number = divmod(int(month[:4]) * YEAR + int(month[5:]) - 1 + by, YEAR)
    return f"{year:04}-{number + 1:02}"


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // QUARTER}"


def _called(first: str, length: int) -> Period:
    if length == YEAR:
        return Period(first[:4], first, length)
    if length == QUARTER:
        return Period(_quarter(first), first, length)
    return Period(first, first, length)


def periods(first: str, last: str) -> Iterator[Period]:
    """Every year, quarter and month that has a month from `first` to `last`, latest first."""
    latest = months(first, last)[::-1]
    yield from dict.fromkeys(Period.of(month[:4]) for month in latest)
    yield from dict.fromkeys(Period.of(_quarter(month)) for month in latest)
    yield from map(Period.of, latest)


def months(first: str, last: str) -> list[str]:
    """The months from `first` to `last`, as 2026-11."""
    found = []
    while first <= last:
        found.append(first)
        first = _later(first, 1)
    return found
