"""Who did what. Nothing here names a person who writes, or holds a word of theirs."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.tables import audit

PROGRAM = "alo"  # the program itself, or who has its machine


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did. `at` is in seconds since 1970."""

    id: int
    at: float
    user: str
    action: str
    subject: str
    detail: str


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted; what is empty is not asked for. `before` is an id."""

    user: str = ""
    action: str = ""
    subject: str = ""
    before: int = 0


def note(
    connection: Connection, user: str, action: str, subject: str = "", detail: str = ""
) -> None:
    """Writes one entry, in the caller's transaction.

    `user` is the name of an account or PROGRAM; `subject` the number of a hand-over or the name
    of an account. The page shows `action` in words of `audit.actions`, where it has them.
    """
    row = {"at": time.time(), "user": user, "action": action}
    row |= {"subject": subject, "detail": detail}
    connection.execute(sa.insert(audit).values(row))


def entries(connection: Connection, wanted: Filter, limit: int) -> list[Entry]:
    """The newest first."""
    same = {"user": wanted.user, "action": wanted.action, "subject": wanted.subject}
    query = sa.select(audit).where(*(audit.c[name] == x for name, x in same.items() if x))
    if wanted.before:
        query = query.where(audit.c.id < wanted.before)
    rows = connection.execute(query.order_by(audit.c.id.desc()).limit(limit)).mappings()
    return [Entry(**row) for row in rows]


def seen(connection: Connection, column: str) -> list[str]:
    """All values of `user` or `action` that there are, in order."""
    query = sa.select(audit.c[column]).distinct().order_by(audit.c[column])
    return list(connection.execute(query).scalars())
