"""Looks into the table of hand-overs. It is changed in bot/desk/handover.py only."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store import Store
from bot.tables import handovers, users
from bot.tables import notes as notes_table

STAFF = ("operator", "admin")
LARGEST = 99  # of the numbers behind invented names

_dice = random.SystemRandom()


@dataclass(frozen=True)
class Case:
    """One conversation that a person has, had or is to have: a row of the table."""

    id: int
    conversation: str
    state: str
    urgent: bool
    why: str
    channel: str
    language: str
    country: str
    topic: str
    alias: str
    team: str
    operator: int | None
    began_at: float
    taken_at: float | None
    person_at: float
    operator_at: float | None
    told_at: float | None
    said_at: float | None
    warned_at: float | None
    ended_at: float | None
    outcome: str
    external: str | None


@dataclass(frozen=True)
class Note:
    """What an operator wrote for the others."""

    id: int
    user: int
    text: str
    at: float


def staffed(connection: Connection, *, outside: bool = False) -> bool:
    """Whether anybody can take a conversation: an account, or an `outside` help desk."""
    somebody = sa.select(users.c.id).where(users.c.active.is_(True), users.c.role.in_(STAFF))
    return outside or connection.execute(somebody.limit(1)).first() is not None


def of(connection: Connection, conversation: str) -> Case | None:
    """The hand-over of a conversation that is not ended."""
    return _one(connection, handovers.c.conversation == conversation, handovers.c.state != "ended")


def get(connection: Connection, case_id: int) -> Case | None:
    """A hand-over by its number, ended or not."""
    return _one(connection, handovers.c.id == case_id)


def outside(connection: Connection, number: int) -> Case | None:
    """The latest hand-over that another help desk has under this number, ended or not."""
    query = sa.select(handovers).where(handovers.c.external == str(number))
    row = connection.execute(query.order_by(handovers.c.id.desc()).limit(1)).first()
    return Case(**row._mapping) if row else None


def queue(connection: Connection) -> list[Case]:
    """Those that are not ended: urgent ones first, then those that wait longest."""
    query = (
        sa.select(handovers)
        .where(handovers.c.state != "ended")
        .order_by(handovers.c.urgent.desc(), handovers.c.began_at, handovers.c.id)
    )
    return [Case(**row._mapping) for row in connection.execute(query)]


def notes(store: Store, case_id: int) -> list[Note]:
    """What operators wrote for each other, oldest first. One of another key is left out."""
    query = sa.select(notes_table).where(notes_table.c.handover == case_id)
    with store.read() as connection:
        rows = connection.execute(query.order_by(notes_table.c.id)).all()
    read = ((row, store.keys.opened(row.body)) for row in rows)
    return [Note(row.id, row.user, str(text), row.at) for row, text in read if text is not None]


def _one(connection: Connection, *where: Any) -> Case | None:
    row = connection.execute(sa.select(handovers).where(*where)).first()
    return Case(**row._mapping) if row else None


def waits(connection: Connection, since: float) -> list[tuple[float, float]]:
    """When those who were taken since then began to wait, and for how many seconds."""
    query = sa.select(handovers.c.began_at, handovers.c.taken_at - handovers.c.began_at)
    found = connection.execute(query.where(handovers.c.taken_at >= since))
    return [(began_at, wait) for began_at, wait in found]


def alias(connection: Connection, conversation: str, names: list[str]) -> str:
    """The invented name of a conversation: the one it had, else one that nobody has."""
    mine = sa.select(handovers.c.alias).where(handovers.c.conversation == conversation)
    had = connection.execute(mine.order_by(handovers.c.id.desc()).limit(1)).scalar()
    if had:
        return str(had)
    taken = set(connection.execute(sa.select(handovers.c.alias)).scalars())
    free = [f"{name} {number}" for name in names for number in range(1, LARGEST + 1)]
    left = [made for made in free if made not in taken]
    return _dice.choice(left or free)
