"""Erases what is no longer needed. Every lifetime stands in this file."""

from __future__ import annotations

import time

import sqlalchemy as sa

from bot.store import Store, conversations, dialogues, inbox, outbox

HOUR = 3600.0


def purge(store: Store, keep_hours: int) -> int:
    """Erases conversations whose last message is older than `keep_hours`, with all that is theirs.

    Returns how many. A conversation with something still waiting is kept.
    """
    before = time.time() - keep_hours * HOUR
    with store.write() as connection:
        waiting = [
            sa.exists().where(
                sa.and_(box.c.conversation == conversations.c.id, box.c.state == "waiting")
            )
            for box in (inbox, outbox)
        ]
        stale = sa.select(conversations.c.id).where(
            conversations.c.last_at < before, *(~rows for rows in waiting)
        )
        ids = list(connection.execute(stale).scalars())
        for table in (inbox, outbox, dialogues):
            connection.execute(sa.delete(table).where(table.c.conversation.in_(ids)))
        connection.execute(sa.delete(conversations).where(conversations.c.id.in_(ids)))
        # Named conversations of the terminal have no row of their own.
        stale_memory = sa.and_(
            dialogues.c.updated_at < before,
            dialogues.c.conversation.not_in(sa.select(conversations.c.id)),
        )
        connection.execute(sa.delete(dialogues).where(stale_memory))
    return len(ids)
