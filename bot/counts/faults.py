"""Days on which something was down: their counts are too low, and the figures say so."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.counts import days
from bot.store import Store
from bot.tables import faults, inbox

PATIENCE = 180.0  # seconds that a message may wait for the worker, or nobody be seen
SEEN = "seen"  # no fault: the row that says when it was last seen running


def watch(store: Store, now: datetime | None = None) -> None:
    """Called once a minute: notes what is down, and afterwards that everything was off.

    `now` is by the clock of ALO_TIMEZONE.
    """
    with store.write() as connection:
        present = (now or days.now(connection)).replace(second=0, microsecond=0)
        last = _last_seen(connection)
        if last == present:
            return  # another sender has looked in this minute
        for day, minutes in _off(last, present):
            note(connection, "all", minutes, day)
        _see(connection, present)
        if _waits(connection):
            note(connection, "worker", 1, present.date())


def _waits(connection: Connection) -> bool:
    """Whether a message waits too long for a worker."""
    oldest = sa.select(sa.func.min(inbox.c.received_at)).where(inbox.c.state == "waiting")
    since = connection.execute(oldest).scalar()
    return since is not None and time.time() - since > PATIENCE


def _off(last: datetime | None, now: datetime) -> Iterator[tuple[date, int]]:
    """The days since it was last seen, and for how many minutes of each nothing was running."""
    if last is None or (now - last).total_seconds() <= PATIENCE:
        return
    while last < now:
        until = min(now, datetime.combine(last.date() + timedelta(days=1), datetime.min.time()))
        yield last.date(), round((until - last).total_seconds() / 60)
        last = until


def _last_seen(connection: Connection) -> datetime | None:
    """When it was last seen running: the row of a day holds the minute."""
    query = sa.select(faults.c.day, faults.c.minutes).where(faults.c.kind == SEEN)
    row = connection.execute(query.order_by(faults.c.day.desc()).limit(1)).first()
    return datetime.fromisoformat(row.day) + timedelta(minutes=row.minutes) if row else None


def _see(connection: Connection, now: datetime) -> None:
    connection.execute(sa.delete(faults).where(faults.c.kind == SEEN))
    minute = now.hour * 60 + now.minute
    row = {"day": now.date().isoformat(), "kind": SEEN, "minutes": minute}
    connection.execute(upsert.insert(connection, faults).values(row).on_conflict_do_nothing())


def note(connection: Connection, kind: str, minutes: int, day: date) -> None:
    """Adds minutes to what was down on a day, within the caller's transaction."""
    row = {"day": day.isoformat(), "kind": kind, "minutes": minutes}
    insert = upsert.insert(connection, faults).values(row)
    more = {"minutes": faults.c.minutes + minutes}
    connection.execute(insert.on_conflict_do_update(index_elements=faults.primary_key, set_=more))


def between(connection: Connection, first: str, last: str) -> list[tuple[str, str, int]]:
    """Day, kind and minutes of what was down from one day to another."""
    here = (faults.c.day.between(first, last), faults.c.kind != SEEN)
    query = sa.select(faults).where(*here).order_by(faults.c.day, faults.c.kind)
    return [(row.day, row.kind, row.minutes) for row in connection.execute(query)]
