"""Days on which something was down: their counts are too low, and the figures say so."""

from __future__ import annotations

import time

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import days, upsert
from bot.store import Store
from bot.tables import faults, inbox

PATIENCE = 180.0  # seconds that a message may wait for the worker


def watch(store: Store, minutes: int = 1) -> bool:
    """Called once in so many minutes: notes them where messages wait too long for a worker."""
    with store.read() as connection:
        oldest = sa.select(sa.func.min(inbox.c.received_at)).where(inbox.c.state == "waiting")
        since = connection.execute(oldest).scalar()
    down = since is not None and time.time() - since > PATIENCE
    if down:
        with store.write() as connection:
            note(connection, "worker", minutes)
    return down


def note(connection: Connection, kind: str, minutes: int) -> None:
    """Adds minutes to what was down today, within the caller's transaction."""
    row = {"day": days.today(connection).isoformat(), "kind": kind, "minutes": minutes}
    insert = upsert.insert(connection, faults).values(row)
    more = {"minutes": faults.c.minutes + minutes}
    connection.execute(insert.on_conflict_do_update(index_elements=faults.primary_key, set_=more))
