"""Marks that change when something on the desk does: cheap to ask for, and they say nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.desk import presence
from bot.store import Store
from bot.tables import calls, handovers, inbox, notes, outbox

IN_QUEUE = ("id", "state", "urgent", "topic", "team", "operator", "person_at", "operator_at")


@dataclass(frozen=True)
class News:
    """The mark of the queue, how many wait in it, and the marks of single hand-overs."""

    queue: str = ""
    waiting: int = 0
    cases: dict[int, str] = field(default_factory=dict)


def look(store: Store, wanted: Iterable[int]) -> News:
    """The present marks: of the queue, and of the hand-overs that somebody looks at."""
    with store.read() as connection:
        rows = connection.execute(_open()).all()
        cases = _cases(connection, sorted(set(wanted)))
    waiting = sum(row.state == "waiting" for row in rows)
    return News(_mark(rows), waiting, cases)


def _open() -> Any:
    columns = [handovers.c[name] for name in IN_QUEUE]
    return sa.select(*columns).where(handovers.c.state != "ended").order_by(handovers.c.id)


def _cases(connection: Connection, wanted: list[int]) -> dict[int, str]:
    if not wanted:
        return {}
    rows = connection.execute(sa.select(handovers).where(handovers.c.id.in_(wanted))).all()
    said = _said(connection, [row.conversation for row in rows])
    noted = _grouped(connection, notes.c.handover, (notes.c.id,), notes.c.handover.in_(wanted))
    there = presence.of(connection, wanted)
    return {
        row.id: _mark([tuple(row), said[row.conversation], noted[row.id], there.get(row.id, [])])
        for row in rows
    }


def _said(connection: Connection, conversations: list[str]) -> dict[str, list[Any]]:
    """What came, what went, and how far it came, by conversation."""
    found: dict[str, list[Any]] = defaultdict(list)
    for table, names in (
        (inbox, ("id",)),
        (outbox, ("id", "state")),
        (calls, ("id", "state", "receipt", "code")),
    ):
        columns = tuple(table.c[name] for name in names)
        theirs = table.c.conversation.in_(conversations)
        for key, rows in _grouped(connection, table.c.conversation, columns, theirs).items():
            found[key] += [table.name, *rows]
    return found


def _grouped(connection: Connection, key: Any, columns: tuple[Any, ...], where: Any) -> Any:
    found: dict[Any, list[Any]] = defaultdict(list)
    query = sa.select(key.label("key"), *columns).where(where).order_by(columns[0])
    for first, *rest in connection.execute(query):
        found[first].append(tuple(rest))
    return found


def _mark(rows: Any) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]
