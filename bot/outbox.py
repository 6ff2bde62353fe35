"""Replies that wait to be sent, are sent, or could not be."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.engine import Connection

from bot import purge
from bot.model import Reply
from bot.store import Store
from bot.tables import calls, conversations, outbox

LEASE_SECONDS = 120.0  # longer than any provider call may take
MAX_TRIES = 48  # with the longest wait of 300 s: more than three hours

_WAITING = outbox.c.state == "waiting"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """One reply in the hands of the sender. `last_at` is when the person wrote last."""

    outbox_id: int
    conversation: str
    channel: str
    address: str
    reply: Reply
    tries: int
    last_at: float = 0.0
    inbox_id: int | None = None


def put(
    store: Store,
    connection: Connection,
    conversation: str,
    channel: str,
    reply: Reply,
    inbox_id: int | None,
    author: int | None = None,
    key: str = "",
) -> int:
    """Adds a reply within the caller's transaction and returns its number.

    `author` is the operator who wrote it; without one it is the program's. `key` is that of the
    form it came with, if there was one.
    """
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
        "author": author,
        "key": key or None,
    }
    return int(connection.execute(sa.insert(outbox).values(row)).inserted_primary_key[0])


def known(connection: Connection, key: str) -> int | None:
    """The number of the reply that came with this key, if there is one."""
    query = sa.select(outbox.c.id).where(outbox.c.key == key)
    return connection.execute(query).scalar() if key else None


def send_again(connection: Connection, outbox_id: int, conversation: str) -> bool:
    """A reply that has failed is due once more, also where the provider told so only later.

    Returns whether it had failed: asking twice sends once.
    """
    here = (outbox.c.id == outbox_id, outbox.c.conversation == conversation)
    row = connection.execute(sa.select(outbox.c.state).where(*here).with_for_update()).first()
    lost = sa.and_(calls.c.outbox_id == outbox_id, calls.c.receipt == "failed")
    late = connection.execute(sa.select(calls.c.id).where(lost).limit(1)).first()
    if row is None or not (row.state == "failed" or (row.state == "sent" and late)):
        return False
    again = {"state": "refused", "receipt": "", "provider_id": None}
    connection.execute(sa.update(calls).where(lost).values(again))
    due_now = {"state": "waiting", "tries": 0, "due_at": time.time(), "lease_until": 0.0}
    connection.execute(sa.update(outbox).where(*here).values(due_now))
    return True


def due(store: Store) -> list[str]:
    """The channels for which a reply is due. It only reads: asking often costs little."""
    query = sa.select(outbox.c.channel).where(*_due()).distinct()
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def _due() -> tuple[Any, ...]:
    """Waiting, due, in nobody's hands, and no older one of its conversation waits."""
    older = outbox.alias()
    same = older.c.conversation == outbox.c.conversation
    before = sa.and_(same, older.c.state == "waiting", older.c.id < outbox.c.id)
    now = time.time()
    return (
        outbox.c.state == "waiting",
        outbox.c.due_at <= now,
        outbox.c.lease_until <= now,
        ~sa.exists().where(before),
    )


def claim(store: Store, channel: str = "", sender: str = "") -> Parcel | None:
    """The oldest reply that is due, of one channel or of any; now leased to the `sender`."""
    query = (
        sa.select(outbox)
        .where(*_due(), *([outbox.c.channel == channel] if channel else []))
        .order_by(outbox.c.id)
        .limit(1)
        .with_for_update(of=outbox, skip_locked=True)
    )
    with store.write() as connection:
        row = connection.execute(query).first()
        if row is None:
            return None
        lease = {
            "lease_until": time.time() + LEASE_SECONDS,
            "lease_owner": sender,
            "tries": row.tries + 1,
        }
        connection.execute(sa.update(outbox).where(outbox.c.id == row.id).values(lease))
        person = _person(connection, row.conversation)
    return _opened(store, row, person)


def _opened(store: Store, row: Any, person: Any) -> Parcel | None:
    """The parcel of a row; one that the present key cannot read has failed."""
    try:
        return Parcel(
            outbox_id=row.id,
            conversation=row.conversation,
            channel=row.channel,
            address=store.keys.unseal(bytes(person.address)) if person.address else "",
            reply=Reply.from_json(store.keys.unseal(bytes(row.body))),
            tries=row.tries + 1,
            last_at=person.last_at,
            inbox_id=row.inbox_id,
        )
    except InvalidToken:
        log.error("a reply cannot be read: was ALO_SECRET_KEY changed?")
        with store.write() as connection:
            _end(connection, row.id, state="failed")
        return None


def _person(connection: Connection, conversation: str) -> Any:
    query = sa.select(conversations.c.address, conversations.c.last_at)
    return connection.execute(query.where(conversations.c.id == conversation)).one()


def sent(store: Store, parcel: Parcel) -> None:
    """The provider has taken it."""
    with store.write() as connection:
        _end(connection, parcel.outbox_id, state="sent", sent_at=time.time())
        _forget(connection, parcel.conversation)


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
        _forget(connection, parcel.conversation)


def hold(store: Store, parcel: Parcel) -> None:
    """It is kept until the person writes again, and with it whatever else waits for them."""
    with store.write() as connection:
        _all_waiting(connection, parcel.conversation, "held")


def release_held(connection: Connection, conversation: str) -> None:
    """The person has written: what was kept for them is due, within the caller's transaction."""
    kept = (outbox.c.conversation == conversation, outbox.c.state == "held")
    fresh = {"state": "waiting", "due_at": time.time(), "lease_until": 0.0}
    connection.execute(sa.update(outbox).where(*kept).values(fresh))


def blocked(store: Store, parcel: Parcel) -> None:
    """The person has stopped or blocked us: nothing more goes to them until they write."""
    with store.write() as connection:
        silence(connection, parcel.conversation, "blocked")
        _forget(connection, parcel.conversation)


def silence(connection: Connection, conversation: str, why: str) -> None:
    """Marks a person as `asked` or `blocked`, and drops what waits for them."""
    here = (conversations.c.id == conversation, conversations.c.stopped != "asked")
    connection.execute(sa.update(conversations).where(*here).values(stopped=why))
    _all_waiting(connection, conversation, "stopped")
    _all_waiting(connection, conversation, "stopped", of="held")


def _all_waiting(
    connection: Connection, conversation: str, state: str, of: str = "waiting"
) -> None:
    theirs = (outbox.c.conversation == conversation, outbox.c.state == of)
    free = {"state": state, "lease_until": 0.0}
    connection.execute(sa.update(outbox).where(*theirs).values(free))


def release_sender(store: Store, sender: str) -> None:
    """Ends every lease of a sender that is known to be dead, so that nobody waits for it.

    Its death is no fault of the message: the try does not count.
    """
    leased = (outbox.c.lease_owner == sender, outbox.c.lease_until > time.time())
    free = {"lease_until": 0.0, "lease_owner": None, "tries": outbox.c.tries - 1}
    with store.write() as connection:
        connection.execute(sa.update(outbox).where(*leased, _WAITING).values(free))


def _end(connection: Connection, outbox_id: int, **values: Any) -> None:
    here = outbox.c.id == outbox_id
    connection.execute(sa.update(outbox).where(here).values(**values))


def _forget(connection: Connection, conversation: str) -> None:
    """Erases the address of a conversation whose person asked for it, once nothing waits."""
    waits = sa.exists().where(
        sa.and_(outbox.c.conversation == conversation, outbox.c.state == "waiting")
    )
    asked = (conversations.c.id == conversation, conversations.c.erase.is_(True), ~waits)
    connection.execute(sa.update(conversations).where(*asked).values(address=purge.ERASED))
