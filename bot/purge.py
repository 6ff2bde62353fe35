"""Erases what is no longer needed. Every lifetime stands in this file."""

from __future__ import annotations

import time

import sqlalchemy as sa

from bot.store import Store
from bot.tables import calls, conversations, dialogues, inbox, outbox

HOUR = 3600.0
AT_ONCE = 500  # a statement takes only so many values


def purge(store: Store, keep_hours: int) -> int:
    """Erases conversations whose last message is older than `keep_hours`, with all that is theirs.

    Returns how many. A conversation with something still waiting is kept.
    """
    before = time.time() - keep_hours * HOUR
    erased = 0
    while count := _some(store, before):
        erased += count
    with store.write() as connection:
        # Named conversations of the terminal have no row of their own.
        alone = dialogues.c.conversation.not_in(sa.select(conversations.c.id))
        stale = sa.and_(dialogues.c.updated_at < before, alone)
        connection.execute(sa.delete(dialogues).where(stale))
    return erased


def _some(store: Store, before: float) -> int:
    """Erases some of the stale conversations, locked against a message that comes in now."""
    waiting = [
        sa.exists().where(
            sa.and_(box.c.conversation == conversations.c.id, box.c.state == "waiting")
        )
        for box in (inbox, outbox)
    ]
    stale = (
        sa.select(conversations.c.id)
        .where(conversations.c.last_at < before, *(~rows for rows in waiting))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    with store.write() as connection:
        ids = list(connection.execute(stale).scalars())
        for table in (inbox, outbox, calls, dialogues):
            connection.execute(sa.delete(table).where(table.c.conversation.in_(ids)))
        connection.execute(sa.delete(conversations).where(conversations.c.id.in_(ids)))
    return len(ids)
