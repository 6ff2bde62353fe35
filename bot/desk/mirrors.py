"""What another help desk has of each hand-over: its rows, leased to one sender at a time.

A message that is given to it is recorded before the call and again after, as in bot/calls.py: a
sender that is killed in between leaves behind that the help desk has to be asked first.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.desk import cases, handover
from bot.desk.cases import Case
from bot.staff.accounts import OUTSIDE
from bot.store import Store
from bot.tables import handovers, inbox, mirrored, mirrors, outside_replies

LEASE_SECONDS = 180.0  # longer than all calls for one hand-over may take
LONGEST_WAIT = 300.0


@dataclass(frozen=True)
class Mirror:
    """One hand-over and what the help desk has of it: a row of the table. `case` is None if the
    hand-over was erased; `number` while they do not have it."""

    handover: int
    contact: str
    contact_id: int | None
    number: int | None
    last: int
    urgent: bool
    closed: bool
    elsewhere: bool
    tries: int
    due_at: float
    owner: str
    case: Case | None = None


def claim(store: Store, sender: str = "") -> Mirror | None:
    """A hand-over of which the help desk is to be told something; now leased."""
    with store.read() as connection:
        if not _work(connection) and not _new(connection):
            return None
    with store.write() as connection:
        for number in _new(connection):
            connection.execute(_insert(connection, mirrors, {"handover": number}))
        row = _work(connection)
        if row is None:
            return None
        until = time.time() + LEASE_SECONDS
        connection.execute(_update(row.handover, due_at=until, owner=sender, tries=row.tries + 1))
        return Mirror(**row._mapping, case=cases.get(connection, row.handover))


def _new(connection: Connection) -> list[int]:
    """Hand-overs that nobody looked at yet. What had ended before is nobody's business."""
    known = sa.exists().where(mirrors.c.handover == handovers.c.id)
    query = sa.select(handovers.c.id).where(handovers.c.state != "ended", ~known)
    return list(connection.execute(query).scalars())


def _work(connection: Connection) -> Any:
    """The mirror that has waited longest of those that are not up to date."""
    query = (
        sa.select(mirrors)
        .select_from(sa.outerjoin(mirrors, handovers, handovers.c.id == mirrors.c.handover))
        .where(mirrors.c.due_at <= time.time(), sa.or_(_erased(), _behind(), _to_say()))
        .order_by(handovers.c.urgent.desc(), mirrors.c.due_at, mirrors.c.handover)
        .limit(1)
    )
    if not connection.get_execution_options().get("reads"):
        query = query.with_for_update(of=mirrors, skip_locked=True)
    return connection.execute(query).first()


def _erased() -> Any:
    return handovers.c.id.is_(None)


def _behind() -> Any:
    """What they have is not what we have."""
    given = sa.exists().where(
        sa.and_(
            mirrored.c.handover == mirrors.c.handover,
            mirrored.c.inbox_id == inbox.c.id,
            mirrored.c.state == "taken",
        )
    )
    said = sa.exists().where(sa.and_(inbox.c.conversation == handovers.c.conversation, ~given))
    ended = handovers.c.state == "ended"
    going_on = sa.and_(
        ~ended,
        sa.or_(
            mirrors.c.number.is_(None),
            mirrors.c.closed.is_(True),
            mirrors.c.urgent != handovers.c.urgent,
            mirrors.c.elsewhere != _elsewhere(),
            said,
        ),
    )
    return sa.or_(sa.and_(ended, mirrors.c.closed.is_(False)), going_on)


def _elsewhere() -> Any:
    """Whether an operator of our own desk has it."""
    ours = sa.and_(handovers.c.state == "taken", handovers.c.operator != OUTSIDE.id)
    return sa.case((ours, sa.true()), else_=sa.false())


def _to_say() -> Any:
    mine = outside_replies.c.handover == mirrors.c.handover
    return sa.exists().where(sa.and_(mine, outside_replies.c.note != ""))


def later(store: Store, mirror: Mirror, after: float = 0.0) -> None:
    """Something failed: it is tried again, not sooner than `after` seconds from now."""
    wait = max(after, min(2.0**mirror.tries, LONGEST_WAIT))
    with store.write() as connection:
        connection.execute(_update(mirror.handover, due_at=time.time() + wait, owner=""))


def done(store: Store, mirror: Mirror) -> None:
    """They have all that we had when we looked."""
    with store.write() as connection:
        connection.execute(_update(mirror.handover, due_at=time.time(), owner="", tries=0))


def release(store: Store, sender: str) -> None:
    """Ends the leases of a sender that is known to be dead, so that nobody waits for it."""
    with store.write() as connection:
        held = sa.update(mirrors).where(mirrors.c.owner == sender)
        connection.execute(held.values(due_at=time.time(), owner=""))


def again(store: Store, mirror: Mirror) -> Mirror:
    """The row as it is now."""
    query = sa.select(mirrors).where(mirrors.c.handover == mirror.handover)
    with store.read() as connection:
        row = connection.execute(query).one()
    return Mirror(**row._mapping, case=mirror.case)


def change(store: Store, mirror: Mirror, **values: Any) -> None:
    """Sets columns of the row."""
    with store.write() as connection:
        connection.execute(_update(mirror.handover, **values))


def placed(store: Store, mirror: Mirror, number: int, last: int) -> None:
    """They have the conversation under this number; up to `last` its messages are not ours."""
    with store.write() as connection:
        connection.execute(_update(mirror.handover, number=number, last=last))
        handover.placed(connection, mirror.handover, number)


def lost(store: Store, mirror: Mirror) -> None:
    """They have it no more: it is to be given to them from the beginning."""
    with store.write() as connection:
        connection.execute(_update(mirror.handover, number=None, last=0, urgent=False))
        theirs = mirrored.c.handover == mirror.handover
        connection.execute(sa.delete(mirrored).where(theirs))


def forget(store: Store, mirror: Mirror) -> None:
    """The hand-over was erased, and over there as well."""
    with store.write() as connection:
        for table in (mirrored, outside_replies, mirrors):
            connection.execute(sa.delete(table).where(table.c.handover == mirror.handover))


def known(store: Store, case: Case) -> frozenset[int]:
    """Their numbers of the other hand-overs of this conversation."""
    query = sa.select(handovers.c.external).where(
        handovers.c.conversation == case.conversation, handovers.c.id != case.id
    )
    with store.read() as connection:
        return frozenset(int(x) for x in connection.execute(query).scalars() if x)


def in_the_air(store: Store, mirror: Mirror) -> list[int]:
    """The messages, by their number in the inbox, with which a call broke off."""
    mine = (mirrored.c.handover == mirror.handover, mirrored.c.state == "calling")
    query = sa.select(mirrored.c.inbox_id).where(*mine).order_by(mirrored.c.inbox_id)
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def next_ones(store: Store, mirror: Mirror) -> list[int]:
    """The messages to be given next: all of them at first, then one at a time."""
    assert mirror.case is not None
    rows = sa.select(mirrored.c.inbox_id).where(mirrored.c.handover == mirror.handover)
    here = (inbox.c.conversation == mirror.case.conversation, inbox.c.id.not_in(rows))
    query = sa.select(inbox.c.id).where(*here).order_by(inbox.c.id)
    with store.read() as connection:
        first = connection.execute(rows.limit(1)).first() is None
        return list(connection.execute(query if first else query.limit(1)).scalars())


def is_first(store: Store, mirror: Mirror) -> bool:
    """Whether they have no message of it yet."""
    mine = (mirrored.c.handover == mirror.handover, mirrored.c.state == "taken")
    with store.read() as connection:
        return connection.execute(sa.select(mirrored).where(*mine).limit(1)).first() is None


def calling(store: Store, mirror: Mirror, messages: list[int]) -> None:
    """Commits that these are about to be given to them, before they are."""
    with store.write() as connection:
        for number in messages:
            row = {"handover": mirror.handover, "inbox_id": number, "state": "calling"}
            connection.execute(_insert(connection, mirrored, row))


def taken(store: Store, mirror: Mirror, messages: list[int], last: int) -> None:
    """They have these; `last` is their number of the message."""
    mine = (mirrored.c.handover == mirror.handover, mirrored.c.inbox_id.in_(messages))
    with store.write() as connection:
        connection.execute(sa.update(mirrored).where(*mine).values(state="taken"))
        connection.execute(_update(mirror.handover, last=last))


def to_say(store: Store, mirror: Mirror) -> list[tuple[int, str]]:
    """Their replies of which their agents are still to be told something, and what."""
    mine = (outside_replies.c.handover == mirror.handover, outside_replies.c.note != "")
    query = sa.select(outside_replies.c.id, outside_replies.c.note).where(*mine)
    with store.read() as connection:
        found = connection.execute(query.order_by(outside_replies.c.id))
        return [(row.id, row.note) for row in found]


def said(store: Store, reply: int) -> None:
    """They were told."""
    with store.write() as connection:
        mine = outside_replies.c.id == reply
        connection.execute(sa.update(outside_replies).where(mine).values(note=""))


def new_reply(connection: Connection, number: int, case_id: int, note: str) -> bool:
    """Keeps that a reply of theirs was seen, and what is to be said of it. False if it was."""
    row = {"id": number, "handover": case_id, "note": note, "at": time.time()}
    return bool(connection.execute(_insert(connection, outside_replies, row)).rowcount == 1)


def _insert(connection: Connection, table: sa.Table, row: dict[str, Any]) -> Any:
    return upsert.insert(connection, table).values(row).on_conflict_do_nothing()


def _update(handover_id: int, **values: Any) -> Any:
    return sa.update(mirrors).where(mirrors.c.handover == handover_id).values(values)
