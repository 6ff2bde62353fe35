"""What the counts need once in a while; the sender calls it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.counts import days, months, unanswered
from bot.settings import Settings
from bot.store import Store
from bot.tables import faults, published, usage
from bot.tables import people as sketches
from bot.tables import unanswered as missed


def hourly(store: Store, config: Settings) -> None:
    """Works out months that are over, and forgets whatever will never be shown."""
    with store.write() as connection:
        today = days.today(connection)
        unanswered.tidy(connection, today, config.count_floor)
    months.publish(store, today, config.count_floor)


def purge(store: Store, before: str) -> int:
    """Erases every count of the months before one (as 2025-01). Returns how many rows."""
    with store.write() as connection:
        by_month = [_month_before(connection, t, before) for t in (sketches, published, missed)]
        by_day = [_day_before(connection, table, before) for table in (usage, faults)]
    return sum((*by_month, *by_day))


def _month_before(connection: Connection, table: sa.Table, before: str) -> int:
    return int(connection.execute(sa.delete(table).where(table.c.month < before)).rowcount)


def _day_before(connection: Connection, table: sa.Table, before: str) -> int:
    first = date.fromisoformat(f"{before}-01").isoformat()
    return int(connection.execute(sa.delete(table).where(table.c.day < first)).rowcount)
