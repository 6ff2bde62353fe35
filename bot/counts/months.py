"""What may be seen of a month that is over. All figures and exports are made from this alone.

It is worked out once, when the month is over, and kept in the table `published`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.counts import days, people, suppression
from bot.counts.suppression import Shown
from bot.store import Store
from bot.tables import published, usage

REST = "*"  # the key of all rows that are not shown apart
FLOOR = "floor"  # the name of the row that says with which floor a month was worked out
PEOPLE = "people "  # before the kind: the name of rows with estimates

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
    "conversation": ("conversation", "measure"),  # one row: only how many
}
GROUPED = ("language", "country", "entry")  # by which people are estimated as well


@dataclass(frozen=True)
class Month:
    """The tables of a month without small counts, and about how many people there were.

    `people` are in steps of the floor, by kind and value, of groups that are shown.
    """

    tables: dict[str, Shown]
    people: dict[tuple[str, str], int]


def of(connection: Connection, month: str, *, trial: bool) -> Month | None:
    """The month as it may be seen; None where it is not over, or not kept any more."""
    here = published.c.month == month
    known = sa.select(published.c.month).where(here, published.c.name == FLOOR)
    if connection.execute(known).first() is None:
        return None
    query = sa.select(published.c.name, published.c.key, published.c.count)
    rows: dict[str, dict[str, int | None]] = defaultdict(dict)
    for name, key, number in connection.execute(query.where(here, published.c.trial.is_(trial))):
        rows[name][key] = number
    return Month(
        {name: _shown(rows[name]) for name in TABLES},
        {
            (name.removeprefix(PEOPLE), key): number or 0
            for name, numbers in rows.items()
            for key, number in numbers.items()
            if name.startswith(PEOPLE)
        },
    )


def _shown(rows: dict[str, int | None]) -> Shown:
    if rows.get(REST, 0) is None:
        return Shown(rest=None, total=None)
    numbers = {key: number or 0 for key, number in rows.items()}
    total = sum(numbers.values())
    return Shown(rest=numbers.pop(REST, 0), total=total, rows=numbers)


def publish(store: Store, today: date, floor: int) -> int:
    """Works out every month that is over and was not yet, or with a lower floor.

    Returns how many. A floor that is lowered changes nothing in months of before.
    """
    with store.read() as connection:
        wanted = _unpublished(connection, days.running(today), floor)
    for month in wanted:
        with store.write() as connection:
            if _is_ours(connection, month, floor):
                _write(connection, month, floor)
    return len(wanted)


def _unpublished(connection: Connection, running: str, floor: int) -> list[str]:
    first = connection.execute(sa.select(sa.func.min(usage.c.day))).scalar()
    done = sa.select(published.c.month)
    done = done.where(published.c.name == FLOOR, published.c.count >= floor)
    known = set(connection.execute(done).scalars())
    over = days.months(first[:7], running)[:-1] if first else []
    return [month for month in over if month not in known]


def _is_ours(connection: Connection, month: str, floor: int) -> bool:
    """Whether no other process has worked it out at this moment."""
    row = {"month": month, "trial": False, "name": FLOOR, "key": "", "count": floor}
    newer = (
        upsert.insert(connection, published)
        .values(row)
        .on_conflict_do_update(
            index_elements=published.primary_key,
            set_={"count": floor},
            where=published.c.count < floor,
        )
    )
    return bool(connection.execute(newer).rowcount == 1)


def _write(connection: Connection, month: str, floor: int) -> None:
    old = sa.delete(published).where(published.c.month == month, published.c.name != FLOOR)
    connection.execute(old)
    for trial in (False, True):
        rows = [
            {"month": month, "trial": trial, "name": name, "key": key, "count": number}
            for name, key, number in _rows(connection, month, trial=trial, floor=floor)
        ]
        if rows:
            connection.execute(sa.insert(published), rows)


def _rows(
    connection: Connection, month: str, *, trial: bool, floor: int
) -> Iterator[tuple[str, str, int | None]]:
    """Name, key and count of everything that may be seen of a month."""
    tables = {
        name: suppression.of(counted(connection, month, *where, trial=trial), floor)
        for name, where in TABLES.items()
    }
    for name, shown in tables.items():
        yield from ((name, key, number) for key, number in shown.rows.items())
        if shown.rest != 0:
            yield name, REST, shown.rest
    about = people.estimates(connection, month, trial=trial)
    for (kind, value), number in about.items():
        if round(number) >= floor and _is_shown(tables, kind, value):
            yield PEOPLE + kind, value, int(floor * round(number / floor))


def _is_shown(tables: dict[str, Shown], kind: str, value: str) -> bool:
    if kind in GROUPED:
        return value in tables[kind].rows
    return tables["language"].total is not None


def counted(
    connection: Connection, month: str, measure: str, by: str, *, trial: bool
) -> dict[str, int]:
    """The counts themselves, small ones among them: not to be shown."""
    column = usage.c[by]
    query = (
        sa.select(column, sa.func.sum(usage.c.count))
        .where(usage.c.day.between(f"{month}-01", f"{month}-31"))
        .where(usage.c.measure == measure, usage.c.trial.is_(trial))
        .group_by(column)
    )
    return {key: int(number) for key, number in connection.execute(query)}
