"""The record of every provider call: written before it, and again after it.

So a sender that is killed leaves behind whether a message may have left. What became of it later
(sent, delivered, read, failed) is written to the same row.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import outbox as outbox_rows
from bot.outbox import Parcel
from bot.store import Store
from bot.tables import calls, conversations, inbox, outbox
from bot.wire import Receipt

AROUND = 60.0  # seconds before a try: whoever was called then may have got a number after it
MOST = 2000  # messages of that time
AT_ONCE = 50  # calls of one channel that may be in the air together
INVITATION = -1  # the place in a reply of the message that asks a person to write
WINDOW = "window"  # the code of a message that came too late (see errors.WindowClosed)
# Reports come in any order: a later state is never replaced by an earlier one.
STATES = ("", "queued", "sent", "delivered", "read", "failed")


@dataclass(frozen=True)
class Attempt:
    """One message of a reply and how far it came: `state` is calling, taken or refused.

    `began_at` is when it was tried first; `ended_at` when the last try ended, or while it is in
    the air, when that began.
    """

    number: int
    state: str
    code: str
    began_at: float
    ended_at: float


def so_far(store: Store, parcel: Parcel) -> dict[int, Attempt]:
    """The messages of a reply that were tried already, by their place in it."""
    query = sa.select(calls).where(calls.c.outbox_id == parcel.outbox_id)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return {
        row.part: Attempt(row.id, row.state, row.code, row.began_at, row.ended_at or 0.0)
        for row in rows
    }


def begin(store: Store, parcel: Parcel, part: int, before: Attempt | None) -> Attempt:
    """Commits that the provider is about to be called, before it is."""
    now = time.time()
    began = before.began_at if before else now
    row = {"state": "calling", "code": "", "began_at": began, "ended_at": now}
    with store.write() as connection:
        if before:
            connection.execute(sa.update(calls).where(calls.c.id == before.number).values(row))
            return Attempt(before.number, "calling", "", began, now)
        of = {
            "outbox_id": parcel.outbox_id,
            "part": part,
            "conversation": parcel.conversation,
            "receipt": "",
        }
        made = connection.execute(sa.insert(calls).values({**row, **of}))
    return Attempt(int(made.inserted_primary_key[0]), "calling", "", began, now)


def taken(store: Store, number: int, provider_id: str) -> None:
    """The provider has taken the message."""
    _end(store, number, state="taken", provider_id=provider_id)


def refused(store: Store, number: int, code: str) -> None:
    """The provider has surely not taken the message."""
    _end(store, number, state="refused", code=code[:64])


def _end(store: Store, number: int, **values: Any) -> None:
    here = calls.c.id == number
    with store.write() as connection:
        connection.execute(sa.update(calls).where(here).values(ended_at=time.time(), **values))


def known(store: Store, conversation: str, besides: int) -> frozenset[str]:
    """The provider's ids of all that a person got in other calls.

    Not in the call `besides`, which is asked about: a receipt may have named its id meanwhile.
    """
    query = sa.select(calls.c.provider_id).where(
        calls.c.conversation == conversation,
        calls.c.provider_id.is_not(None),
        calls.c.id != besides,
    )
    with store.read() as connection:
        return frozenset(connection.execute(query).scalars())


def around(store: Store, channel: str, moment: float) -> tuple[tuple[str, float, float], ...]:
    """The provider's ids of messages since about a moment, in and out (see Call.others).

    With them the last ones that went out before it.
    """
    out = sa.select(calls.c.provider_id, calls.c.began_at, calls.c.ended_at).join(
        outbox, outbox.c.id == calls.c.outbox_id
    )
    out = out.where(outbox.c.channel == channel, calls.c.state == "taken")
    queries = (
        out.where(calls.c.ended_at < moment).order_by(calls.c.id.desc()).limit(AT_ONCE),
        out.where(calls.c.ended_at >= moment - AROUND).limit(MOST),
        sa.select(inbox.c.message_id, sa.literal(0.0), inbox.c.received_at)
        .where(inbox.c.channel == channel, inbox.c.received_at >= moment - AROUND)
        .limit(MOST),
    )
    with store.read() as connection:
        rows = [tuple(row) for query in queries for row in connection.execute(query)]
    return tuple(dict.fromkeys((name or "", began, known) for name, began, known in rows))


def answered(store: Store, parcel: Parcel) -> str:
    """The provider's id of the message that a reply answers, or nothing."""
    query = sa.select(inbox.c.message_id).where(inbox.c.id == parcel.inbox_id)
    with store.read() as connection:
        return str(connection.execute(query).scalar() or "")


def keep(store: Store, receipt: Receipt, meaning: Mapping[str, str]) -> bool:
    """Keeps a receipt with its row. Returns whether there is such a row.

    `meaning` says which error codes stand for `blocked` or for a closed `window`: then the
    person is marked, or the message is kept until they write again.
    """
    with store.write() as connection:
        row = _row(connection, receipt)
        if row is None:
            return False
        values: dict[str, Any] = {"provider_id": receipt.provider_id, "code": receipt.code[:64]}
        if row.state == "calling":
            values |= {"state": "taken", "ended_at": time.time()}
        if _rank(receipt.state) >= _rank(row.receipt):
            values["receipt"] = receipt.state
            here = calls.c.id == row.id
            connection.execute(sa.update(calls).where(here).values(values))
            _act(connection, row, meaning.get(receipt.code, ""))
    return True


def _row(connection: Connection, receipt: Receipt) -> Any:
    """The row of a receipt: by our own number, else by the provider's id."""
    which = calls.c.provider_id == receipt.provider_id
    if receipt.call is not None:
        unknown = sa.or_(calls.c.provider_id.is_(None), which)
        which = sa.and_(calls.c.id == receipt.call, unknown)
    return connection.execute(sa.select(calls).where(which)).first()


def _rank(state: str) -> int:
    return STATES.index(state) if state in STATES else 0


def _act(connection: Connection, row: Any, meaning: str) -> None:
    """What an error means that the provider told only afterwards."""
    if meaning == "blocked":
        outbox_rows.silence(connection, row.conversation, "blocked")
    elif meaning == WINDOW:
        again = {"state": "refused", "code": WINDOW, "receipt": "", "ended_at": time.time()}
        connection.execute(sa.update(calls).where(calls.c.id == row.id).values(again))
        sent = (outbox.c.id == row.outbox_id, outbox.c.state == "sent")
        due = {"state": "waiting", "due_at": time.time(), "lease_until": 0.0}
        connection.execute(sa.update(outbox).where(*sent).values(due))


def left(store: Store, channel: str, address: str) -> None:
    """A person has blocked us and the service told us so."""
    conversation = store.keys.pseudonym(channel, address)
    with store.write() as connection:
        found = sa.select(conversations.c.id).where(conversations.c.id == conversation)
        if connection.execute(found).first():
            outbox_rows.silence(connection, conversation, "blocked")
