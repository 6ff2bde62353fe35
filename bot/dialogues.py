"""What the engine remembers of a conversation, encrypted, within the caller's transaction."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store import Store
from bot.tables import dialogues


def load(store: Store, connection: Connection, conversation: str) -> dict[str, Any] | None:
    """What is remembered, or None: of a new conversation, or one that another key encrypted."""
    query = sa.select(dialogues.c.state).where(dialogues.c.conversation == conversation)
    sealed = connection.execute(query).scalar()
    remembered: dict[str, Any] | None = store.keys.opened(sealed)
    return remembered


def save(
    store: Store, connection: Connection, conversation: str, remembered: dict[str, Any]
) -> None:
    """Remembers this instead of what was remembered before."""
    row = {"state": store.keys.seal(remembered), "updated_at": time.time()}
    here = dialogues.c.conversation == conversation
    if connection.execute(sa.update(dialogues).where(here).values(row)).rowcount == 0:
        connection.execute(sa.insert(dialogues).values(conversation=conversation, **row))


def erase(connection: Connection, conversation: str) -> None:
    """Forgets the conversation."""
    connection.execute(sa.delete(dialogues).where(dialogues.c.conversation == conversation))
