"""One person, one conversation, also where a service knows them by two addresses.

WhatsApp has numbers and user ids: who takes a user name is first known by both and then by the id
alone. Each address is a keyed pseudonym; the conversation remembers the other one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.model import Incoming
from bot.store import Store
from bot.tables import conversations


def conversation_of(store: Store, connection: Connection, incoming: Incoming) -> str:
    """The conversation of the person, by either address; the one they used last, if it is two."""
    own = store.keys.pseudonym(incoming.channel, incoming.address)
    if not incoming.other:
        return own
    both = {own, store.keys.pseudonym(incoming.channel, incoming.other)}
    known = sa.or_(conversations.c.id.in_(both), conversations.c.also.in_(both))
    query = sa.select(conversations.c.id).where(known).order_by(conversations.c.last_at.desc())
    return str(connection.execute(query).scalars().first() or own)


def second(store: Store, conversation: str, incoming: Incoming) -> dict[str, Any]:
    """The column with the other address, where a message tells it."""
    if incoming.other in ("", incoming.address):
        return {}
    names = (incoming.other, incoming.address)
    keyed = (store.keys.pseudonym(incoming.channel, name) for name in names)
    return {"also": next(key for key in keyed if key != conversation)}
