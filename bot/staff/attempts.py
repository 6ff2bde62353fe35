"""How often somebody may try to get in. Kept in the database, so that all processes count as one.

Neither a name nor an address is kept: only a keyed code of it, for some minutes.
"""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.store import Store
from bot.tables import attempts

PERIOD_SECONDS = 15 * 60.0


def allowed(store: Store, kind: str, who: str, most: int) -> bool:
    """Counts one more try; whether there were no more than `most` in the period."""
    with store.write() as connection:
        return _counted(connection, _key(store, kind, who), time.time()) <= most


def forgive(store: Store, kind: str, who: str) -> None:
    """Counts from zero again: it was the right one."""
    with store.write() as connection:
        mine = attempts.c.key == _key(store, kind, who)
        connection.execute(sa.delete(attempts).where(mine))


def _counted(connection: Connection, key: str, now: float) -> int:
    """How many tries there were in the period, with this one."""
    connection.execute(sa.delete(attempts).where(attempts.c.until <= now))
    connection.execute(_one_more(connection, key, now))
    query = sa.select(attempts.c.count).where(attempts.c.key == key)
    return int(connection.execute(query).scalar_one())


def _one_more(connection: Connection, key: str, now: float) -> Any:
    first = {"key": key, "count": 1, "until": now + PERIOD_SECONDS}
    insert = upsert.insert(connection, attempts).values(first)
    return insert.on_conflict_do_update(
        index_elements=attempts.primary_key, set_={"count": attempts.c.count + 1}
    )


def _key(store: Store, kind: str, who: str) -> str:
    return store.keys.pseudonym(f"attempts {kind}", who)
