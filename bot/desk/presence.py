"""Who has a conversation open on the desk, and who writes in it at this moment."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.store import Store
from bot.tables import presence, users

SEEN_SECONDS = 20.0  # who was seen longer ago has gone
TYPED_SECONDS = 6.0


@dataclass(frozen=True)
class Visitor:
    """Somebody who has a conversation open."""

    user: int
    name: str
    typing: bool


def seen(store: Store, pairs: Iterable[tuple[int, int]]) -> None:
    """These (hand-over, user) are there now."""
    now = time.time()
    with store.write() as connection:
        for pair in sorted(set(pairs)):
            _put(connection, pair, seen_at=now)


def typed(store: Store, handover: int, user: int) -> None:
    """The user has just written in the reply box."""
    now = time.time()
    with store.write() as connection:
        _put(connection, (handover, user), seen_at=now, typed_at=now)


def left(store: Store, handover: int, user: int) -> None:
    """The user has closed the conversation."""
    here = (presence.c.handover == handover, presence.c.user == user)
    with store.write() as connection:
        connection.execute(sa.delete(presence).where(*here))


def of(connection: Connection, handovers: Iterable[int]) -> dict[int, list[Visitor]]:
    """Who has each of these open, by name."""
    now = time.time()
    query = (
        sa.select(presence, users.c.name)
        .join(users, users.c.id == presence.c.user)
        .where(presence.c.handover.in_(list(handovers)), presence.c.seen_at > now - SEEN_SECONDS)
        .order_by(users.c.name)
    )
    found: dict[int, list[Visitor]] = {}
    for row in connection.execute(query):
        visitor = Visitor(row.user, row.name, row.typed_at > now - TYPED_SECONDS)
        found.setdefault(row.handover, []).append(visitor)
    return found


def _put(connection: Connection, pair: tuple[int, int], **times: float) -> None:
    row = {"handover": pair[0], "user": pair[1], "typed_at": 0.0, **times}
    put = upsert.insert(connection, presence).values(row)
    renewed = put.on_conflict_do_update(index_elements=presence.primary_key, set_=times)
    connection.execute(renewed)
