"""Replies that wait to be sent, are sent, or could not be."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.engine import Connection

from bot.model import Reply
from bot.store import Store, conversations, outbox

LEASE_SECONDS = 120.0  # longer than any provider call may take
MAX_TRIES = 6

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """One reply in the hands of the sender."""

    outbox_id: int
    conversation: str
    channel: str
    address: str
    reply: Reply
    tries: int


def put(
    store: Store,
    connection: Connection,
    conversation: str,
    channel: str,
    reply: Reply,
    inbox_id: int | None,
) -> None:
    """Adds a reply within the caller's transaction."""
    row = {
        "inbox_id": inbox_id,
        "conversation": conversation,
        "channel": channel,
        "body": store.keys.seal(reply.as_json()),
        "state": "waiting",
        "tries": 0,
        "due_at": time.time(),
        "lease_until": 0.0,
        "created_at": time.time(),
    }
    connection.execute(sa.insert(outbox).values(row))


def claim(store: Store) -> Parcel | None:
    """The oldest reply that is due, none older of its conversation waiting; now leased to us."""
    older = outbox.alias()
    same = older.c.conversation == outbox.c.conversation
    before = sa.and_(same, older.c.state == "waiting", older.c.id < outbox.c.id)
    now = time.time()
    due = (outbox.c.state == "waiting", outbox.c.due_at <= now, outbox.c.lease_until <= now)
    query = (
        sa.select(outbox)
        .where(*due, ~sa.exists().where(before))
        .order_by(outbox.c.id)
        .limit(1)
        .with_for_update(of=outbox, skip_locked=True)
    )
    with store.write() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        lease = {"lease_until": now + LEASE_SECONDS, "tries": row.tries + 1}
        connection.execute(sa.update(outbox).where(outbox.c.id == row.id).values(lease))
        address = _address(connection, row.conversation)
    try:
        return Parcel(
            outbox_id=row.id,
            conversation=row.conversation,
            channel=row.channel,
            address=store.keys.unseal(address),
            reply=Reply.from_json(store.keys.unseal(bytes(row.body))),
            tries=row.tries + 1,
        )
    except InvalidToken:
        log.error("a reply cannot be read: was ALO_SECRET_KEY changed?")
        with store.write() as connection:
            _end(connection, row.id, state="failed")
        return None


def _address(connection: Connection, conversation: str) -> bytes:
    query = sa.select(conversations.c.address).where(conversations.c.id == conversation)
    return bytes(connection.execute(query).scalar_one())


def sent(store: Store, parcel: Parcel) -> None:
    """The provider has taken it."""
    with store.write() as connection:
        _end(connection, parcel.outbox_id, state="sent", sent_at=time.time())
        _forget(store, connection, parcel.conversation)


def retry(store: Store, parcel: Parcel, after: float) -> None:
    """It may be tried again `after` seconds from now; after MAX_TRIES it has failed."""
    if parcel.tries >= MAX_TRIES:
        give_up(store, parcel)
        return
    with store.write() as connection:
        _end(connection, parcel.outbox_id, due_at=time.time() + after, lease_until=0.0)


def give_up(store: Store, parcel: Parcel) -> None:
    """It will never be sent."""
    with store.write() as connection:
        _end(connection, parcel.outbox_id, state="failed")
        _forget(store, connection, parcel.conversation)


def _end(connection: Connection, outbox_id: int, **values: Any) -> None:
    here = outbox.c.id == outbox_id
    connection.execute(sa.update(outbox).where(here).values(**values))


def erase(connection: Connection, conversation: str) -> None:
    """Removes what was sent to a conversation."""
    gone = (outbox.c.conversation == conversation, outbox.c.state != "waiting")
    connection.execute(sa.delete(outbox).where(*gone))


def _forget(store: Store, connection: Connection, conversation: str) -> None:
    """Erases the address of a conversation whose person asked for it, once nothing waits."""
    waits = sa.exists().where(
        sa.and_(outbox.c.conversation == conversation, outbox.c.state == "waiting")
    )
    asked = (conversations.c.id == conversation, conversations.c.erase.is_(True), ~waits)
    empty = store.keys.seal("")
    connection.execute(sa.update(conversations).where(*asked).values(address=empty))
