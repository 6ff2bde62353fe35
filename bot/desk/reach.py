"""Whether a person can be written to at this moment, and until when."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import registry
from bot.store import Store
from bot.tables import conversations


@dataclass(frozen=True)
class Reach:
    """`left` are the seconds in which the service lets us write freely; None is without end.

    `stopped` is `asked` where the person wants silence, `blocked` where they have blocked us.
    """

    erased: bool
    stopped: str = ""
    left: float | None = None


def of(store: Store, connection: Connection, case: Any) -> Reach:
    """How the person of a hand-over can be reached."""
    wanted = (conversations.c.address, conversations.c.stopped, conversations.c.last_at)
    query = sa.select(*wanted).where(conversations.c.id == case.conversation)
    row = connection.execute(query).first()
    if row is None or not store.keys.opened(row.address):
        return Reach(erased=True)
    window = getattr(registry.channels().get(case.channel), "window", 0.0)
    left = max(0.0, row.last_at + window - time.time()) if window else None
    return Reach(erased=False, stopped=row.stopped, left=left)
