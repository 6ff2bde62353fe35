"""The figures of a period, as the page, the report and the API show them: one source for all.

Small counts are not in them (bot/counts/suppression.py). Only months that are over have tables.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from bot.counts import days, faults, months, people, unanswered
from bot.counts.days import Period
from bot.counts.suppression import Shown
from bot.counts.unanswered import Missed, Question
from bot.settings import FLOOR
from bot.store import Store

STEPS = 2  # the running month is shown in steps of so many floors
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

    `total` is None where it is too small to be shown; `at_least`: in some of the months it was.
    """

    name: str
    rows: tuple[Row, ...]
    rest: int
    total: int | None
    at_least: bool


@dataclass(frozen=True)
class Total:
    """A sum over all; None and `at_least` as in a Table."""

    count: int | None
    at_least: bool


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
class Figures:
    """Everything of a period. `end` is the day after its last.

    `pending` are months without figures: they go on, are to come, or are not kept any more.
    `totals` has a key for each of TOTALS and `answered`. `error` is that of the numbers of people,
    in per cent, nineteen times out of twenty. `so_far` is what the running month has brought
    (message, conversation, people), rounded down to steps of `step`, and is in nothing else.
    `before` is the period before, of the same length.
    """

    period: str
    start: str
    end: str
    trial: bool
    floor: int
    months: tuple[Month, ...]
    pending: tuple[str, ...]
    totals: dict[str, Total]
    tables: dict[str, Table]
    people: tuple[People, ...]
    error: float
    so_far: dict[str, int]
    step: int
    unanswered: tuple[Missed, ...]
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
    months.publish(store, day, floor)
    with store.read() as connection:
        source = _Source(store, connection, day, trial, floor)
        found = source.figures(period)
        return replace(found, before=source.figures(period.before)) if compare else found


@dataclass(frozen=True)
class _Source:
    """Where figures come from: a database on a day."""

    store: Store
    connection: Connection
    today: date
    trial: bool
    floor: int

    def figures(self, period: Period) -> Figures:
        """All but the comparison."""
        present = days.running(self.today)
        found = {m: months.of(self.connection, m, trial=self.trial) for m in period.months}
        over = {name: month for name, month in found.items() if month}
        tables = {n: _table(n, [m.tables[n] for m in over.values()]) for n in months.TABLES}
        return Figures(
            period=period.name,
            start=period.start.isoformat(),
            end=period.end.isoformat(),
            trial=self.trial,
            floor=self.floor,
            months=tuple(_of_month(name, month) for name, month in found.items()),
            pending=tuple(name for name in period.months if name not in over),
            totals=_totals(tables),
            tables={name: table for name, table in tables.items() if name != "conversation"},
            people=_people([month.people for month in over.values()]),
            error=people.ERROR,
            so_far=self._so_far(present) if present in period.months else {},
            step=STEPS * self.floor,
            unanswered=unanswered.of(self.store, self.connection, period.months, self.floor),
            questions=self._questions(period),
            faults=_faults(self.connection, period),
        )

    def _questions(self, period: Period) -> tuple[Question, ...]:
        days_of_it = (period.start.isoformat(), f"{period.months[-1]}-31")
        return unanswered.questions(self.store, self.connection, *days_of_it)

    def _so_far(self, month: str) -> dict[str, int]:
        step = STEPS * self.floor
        numbers = {
            name: float(sum(self._counted(month, name).values()))
            for name in ("message", "conversation")
        }
        about = people.estimates(self.connection, month, trial=self.trial)
        numbers["people"] = about.get(("all", ""), 0.0)
        return {name: int(number // step * step) for name, number in numbers.items()}

    def _counted(self, month: str, measure: str) -> dict[str, int]:
        return months.counted(self.connection, month, measure, "measure", trial=self.trial)


def _of_month(name: str, month: months.Month | None) -> Month:
    if month is None:
        return Month(name, False, None, None, None)
    messages, conversations = (month.tables[n].total for n in ("language", "conversation"))
    return Month(name, True, messages, conversations, month.people.get(("all", "")))


def _totals(tables: dict[str, Table]) -> dict[str, Total]:
    of_messages = {**tables, "message": tables["language"]}
    totals = {name: Total(of_messages[name].total, of_messages[name].at_least) for name in TOTALS}
    outcome = tables["outcome"]
    none = Total(None if outcome.rest or outcome.total is None else 0, False)
    answered = (Total(r.count, r.at_least) for r in outcome.rows if r.key == "answered")
    return {**totals, "answered": next(answered, none)}


def _table(name: str, shown: list[Shown]) -> Table:
    """A table of several months: the sums of what each of them shows."""
    keys = dict.fromkeys(key for month in shown for key in month.rows)
    rows = [
        Row(
            key,
            sum(month.rows.get(key, 0) for month in shown),
            any(key not in month.rows and month.rest != 0 for month in shown),
        )
        for key in keys
    ]
    rows.sort(key=lambda row: (-row.count, row.key))
    total = sum(month.total or 0 for month in shown)
    hidden = any(month.total is None for month in shown)
    return Table(
        name,
        tuple(rows),
        rest=sum(month.rest or 0 for month in shown),
        total=None if hidden and not total else total,
        at_least=hidden,
    )


def _people(by_month: list[dict[tuple[str, str], int]]) -> tuple[People, ...]:
    """Everybody first, then the groups, the largest first."""
    groups = dict.fromkeys([("all", ""), *(group for month in by_month for group in month)])
    found = []
    for group in groups:
        numbers = [month[group] for month in by_month if group in month]
        found.append(People(*group, max(numbers, default=None), sum(numbers) or None))
    return tuple(sorted(found, key=lambda p: (p.kind != "all", p.kind, -(p.most or 0), p.value)))


def _faults(connection: Connection, period: Period) -> tuple[Fault, ...]:
    found = faults.between(connection, period.start.isoformat(), f"{period.months[-1]}-31")
    return tuple(Fault(*row) for row in found)
