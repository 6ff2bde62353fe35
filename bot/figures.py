"""The figures of a period, as the page, the report and the API show them: one source for all.

Small counts are not in them (bot/suppression.py). Only months that are over have tables.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import days, suppression
from bot.days import Period
from bot.settings import FLOOR
from bot.store import Store
from bot.suppression import Shown
from bot.tables import faults, usage

REST = "*"  # the key of all rows that are not shown apart

# name of a table: what is counted, and the column by which
TABLES = {
    "language": ("message", "language"),
    "country": ("message", "country"),
    "topic": ("message", "topic"),
    "channel": ("message", "channel"),
    "entry": ("message", "entry"),
    "outcome": ("reply", "value"),
    "hub": ("hub", "value"),
    "helped": ("helped", "value"),
    "handover": ("handover", "value"),
    "wait": ("wait", "value"),
    "closed": ("closed", "value"),
    "call": ("call", "value"),
}
TOTALS = ("message", "conversation", "helped", "hub", "handover", "wait", "closed", "call")


@dataclass(frozen=True)
class Row:
    """How often, for one value. `at_least`: in some months it was too small to be shown."""

    key: str
    count: int
    at_least: bool


@dataclass(frozen=True)
class Table:
    """Rows, the largest first; the key "" is "not known". Rows and `rest` make up the `total`.

    `total` is None where it is too small to be shown in one of the months.
    """

    name: str
    rows: tuple[Row, ...]
    rest: int | None
    total: int | None


@dataclass(frozen=True)
class People:
    """How many different people about, by `kind` and `value` ("all" and "" for everybody).

    Who came in two months cannot be known as one: of several months there are the largest
    (`least`) and the sum (`most`); of one month both are the same. None: too few to be shown.
    """

    kind: str
    value: str
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Month:
    """The totals of one month, for a curve. None: too few to be shown, or not over yet."""

    month: str
    over: bool
    messages: int | None
    conversations: int | None
    people: int | None


@dataclass(frozen=True)
class Fault:
    """A day on which something was down, and for how many minutes: its counts are too low."""

    day: str
    kind: str
    minutes: int


@dataclass(frozen=True)
class Unanswered:
    """What several people asked and were not understood with.

    `words` are topic ids between which it wavered (kind "topics"), or one word (kind "word");
    `people` is about how many.
    """

    language: str
    kind: str
    words: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Question:
    """A message whose writer agreed that it is kept for some days."""

    day: str
    language: str
    text: str


@dataclass(frozen=True)
class Figures:
    """Everything of a period. `end` is the day after its last; a month that goes on is `pending`.

    `totals` has a key for each of TOTALS and `answered`; None is "too few to be shown". `error`
    is that of the numbers of people, in per cent, nineteen times out of twenty. `so_far` is what
    the running month has brought, in steps of `step`; it is not in anything else. `before` is the
    period before, of the same length.
    """

    period: str
    start: str
    end: str
    trial: bool
    floor: int
    months: tuple[Month, ...]
    pending: tuple[str, ...]
    totals: dict[str, int | None]
    tables: dict[str, Table]
    people: tuple[People, ...]
    error: float
    so_far: dict[str, int]
    step: int
    unanswered: tuple[Unanswered, ...]
    questions: tuple[Question, ...]
    faults: tuple[Fault, ...]
    before: Figures | None = None

    def as_json(self) -> dict[str, Any]:
        """A JSON object; `questions` are left out: they are to be read here and nowhere else."""
        return {key: value for key, value in asdict(self).items() if key != "questions"}


def figures(
    store: Store,
    period: Period,
    *,
    trial: bool = False,
    floor: int = FLOOR,
    compare: bool = True,
    today: date | None = None,
) -> Figures:
    """The figures of a period. `trial` are those of the phone page alone."""
    with store.read() as connection:
        day = today or days.today(connection)
        found = _figures(connection, period, day, trial=trial, floor=floor)
        if not compare:
            return found
        before = _figures(connection, period.before, day, trial=trial, floor=floor)
    return Figures(**{**vars(found), "before": before})


def _figures(
    connection: Connection, period: Period, today: date, *, trial: bool, floor: int
) -> Figures:
    over = [month for month in period.months if month < days.month_of(today)]
    shown = {month: of_month(connection, month, trial=trial, floor=floor) for month in over}
    tables = {name: _table(name, [tables[name] for tables in shown.values()]) for name in TABLES}
    totals = {name: _sum([_total(shown[m], name) for m in over]) for name in TOTALS}
    answered = next((r.count for r in tables["outcome"].rows if r.key == "answered"), None)
    return Figures(
        period=period.name,
        start=period.start.isoformat(),
        end=period.end.isoformat(),
        trial=trial,
        floor=floor,
        months=tuple(
            Month(
                month,
                month in shown,
                _total(shown[month], "message") if month in shown else None,
                _total(shown[month], "conversation") if month in shown else None,
                None,
            )
            for month in period.months
        ),
        pending=tuple(month for month in period.months if month not in shown),
        totals={**totals, "answered": answered},
        tables=tables,
        people=(People("all", "", None, None),),
        error=0.0,
        so_far={},
        step=10 * floor,
        unanswered=(),
        questions=(),
        faults=_faults(connection, period),
    )


def of_month(connection: Connection, month: str, *, trial: bool, floor: int) -> dict[str, Shown]:
    """What may be seen of a month that is over: its tables, and `conversation`, which has no rows.

    Everything else is made from this, also what is exported.
    """
    found = {
        name: suppression.of(_counted(connection, month, measure, by, trial=trial), floor)
        for name, (measure, by) in TABLES.items()
    }
    alone = _counted(connection, month, "conversation", "measure", trial=trial)
    return {**found, "conversation": suppression.of(alone, floor)}


def _counted(
    connection: Connection, month: str, measure: str, by: str, *, trial: bool
) -> dict[str, int]:
    column = usage.c[by]
    query = (
        sa.select(column, sa.func.sum(usage.c.count))
        .where(usage.c.day.between(f"{month}-01", f"{month}-31"))
        .where(usage.c.measure == measure, usage.c.trial.is_(trial))
        .group_by(column)
    )
    return {key: int(number) for key, number in connection.execute(query)}


def _total(tables: dict[str, Shown], name: str) -> int | None:
    return tables["language" if name == "message" else name].total


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _table(name: str, months: list[Shown]) -> Table:
    keys = dict.fromkeys(key for shown in months for key in shown.rows)
    rows = [
        Row(
            key,
            sum(shown.rows.get(key, 0) for shown in months),
            any(key not in shown.rows and shown.rest != 0 for shown in months),
        )
        for key in keys
    ]
    rows.sort(key=lambda row: (-row.count, row.key))
    rest, total = _sum([s.rest for s in months]), _sum([s.total for s in months])
    return Table(name, tuple(rows), rest, total)


def _faults(connection: Connection, period: Period) -> tuple[Fault, ...]:
    inside = faults.c.day.between(period.start.isoformat(), f"{period.months[-1]}-31")
    query = sa.select(faults).where(inside).order_by(faults.c.day, faults.c.kind)
    return tuple(Fault(*row) for row in connection.execute(query))
