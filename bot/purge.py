"""Erases what is no longer needed. Every lifetime stands in LIFETIMES and nowhere else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.counts import days, people
from bot.settings import Settings
from bot.store import Store
from bot.tables import (
    attempts,
    audit,
    calls,
    conversations,
    dialogues,
    handovers,
    inbox,
    kept_questions,
    mirrored,
    mirrors,
    notes,
    outbox,
    outside_replies,
    presence,
    sessions,
)

HOUR = 3600.0
DAY = 24 * HOUR
AT_ONCE = 500  # a statement takes only so many values
ERASED = b""  # stands where an address was

Erase = Callable[[Connection, float], int]


@dataclass(frozen=True)
class Lifetime:
    """How long one kind of thing is kept: `length` units, or as many as the `setting` says.

    `since` is from when time counts. `erase` takes a connection and the moment before which things
    are too old, erases at least AT_ONCE of them if there are so many, and returns how many.
    """

    name: str
    what: str
    tables: tuple[str, ...]
    since: str
    length: int
    unit: float
    erase: Erase
    setting: str = ""

    def seconds(self, config: Settings) -> float:
        """How long it is kept, by the settings."""
        named = self.setting.removeprefix("ALO_").lower()
        return float(getattr(config, named) if named else self.length) * self.unit


def purge(store: Store, config: Settings) -> Counter[str]:
    """Erases all that is too old. Returns how many of each kind."""
    gone = _all(store.write, config)
    store.settle()
    return gone


def would_go(store: Store, config: Settings) -> Counter[str]:
    """What `purge` would erase now: does just that, and takes it back."""
    with store.engine.connect() as connection, connection.begin() as transaction:
        gone = _all(lambda: nullcontext(connection), config)
        transaction.rollback()
    return gone


def _all(
    transaction: Callable[[], AbstractContextManager[Connection]], config: Settings
) -> Counter[str]:
    gone: Counter[str] = Counter()
    now = time.time()
    for lifetime in LIFETIMES:
        count = AT_ONCE
        while count >= AT_ONCE:
            with transaction() as connection:
                count = lifetime.erase(connection, now - lifetime.seconds(config))
            gone[lifetime.name] += count
    return gone


def erase(connection: Connection, conversation: str, *, confirm: bool = False) -> None:
    """Erases a conversation at once, within the caller's transaction: nothing of it is left.

    With `confirm` the person is told so first, and what they wrote since is answered: until then
    these messages, our own waiting replies and the address stay; the rest goes with the next
    purge. What waits from an operator goes in any case.
    """
    if not confirm:
        _conversations(connection, [conversation])
        return
    ours = sa.and_(outbox.c.state == "waiting", outbox.c.author.is_(None))
    kept = sa.select(outbox.c.id).where(outbox.c.conversation == conversation, ours)
    _rows(
        connection,
        [conversation],
        {
            inbox: inbox.c.state == "waiting",
            calls: calls.c.outbox_id.in_(kept),
            outbox: ours,
        },
    )
    here = conversations.c.id == conversation
    connection.execute(sa.update(conversations).where(here).values(erase=True))


def _conversations(connection: Connection, ids: list[str]) -> None:
    _rows(connection, ids, {})
    connection.execute(sa.delete(conversations).where(conversations.c.id.in_(ids)))


def _rows(connection: Connection, ids: list[str], kept: dict[sa.Table, Any]) -> None:
    """Deletes all rows of these conversations but those that a condition in `kept` is true of."""
    _of_handovers(connection, handovers.c.conversation.in_(ids))
    for table in (calls, outbox, inbox, dialogues):
        gone = [table.c.conversation.in_(ids), *([~kept[table]] if table in kept else [])]
        connection.execute(sa.delete(table).where(*gone))


def _of_handovers(connection: Connection, *which: Any) -> int:
    """Deletes hand-overs with what was noted of them. Returns how many."""
    ids = sa.select(handovers.c.id).where(*which)
    for table in (notes, presence):
        connection.execute(sa.delete(table).where(table.c.handover.in_(ids)))
    return int(connection.execute(sa.delete(handovers).where(*which)).rowcount)


def _has(table: sa.Table, *which: Any) -> Any:
    """Whether a conversation has such a row."""
    return sa.exists().where(sa.and_(table.c.conversation == conversations.c.id, *which))


_OPEN = handovers.c.state != "ended"
_ASKED = _has(inbox, inbox.c.state == "waiting")
_DUE = _has(outbox, outbox.c.state == "waiting")
_HELD = _has(outbox, outbox.c.state == "held")


def _recent(before: float) -> Any:
    """Whether a hand-over of a conversation goes on, or its operator wrote or ended it lately."""
    late = (handovers.c.operator_at >= before, handovers.c.ended_at >= before)
    return _has(handovers, sa.or_(_OPEN, *late))


def _stale(connection: Connection, *which: Any) -> list[str]:
    """Some conversations of a kind, locked against a message that comes in now."""
    query = sa.select(conversations.c.id).where(*which).limit(AT_ONCE)
    return list(connection.execute(query.with_for_update(skip_locked=True)).scalars())


def _unsent(connection: Connection, before: float) -> int:
    """What nobody could deliver or answer in all that time."""
    count = 0
    old = {inbox: inbox.c.received_at, outbox: outbox.c.created_at}
    for table, at in old.items():
        waits = (table.c.state.in_(["waiting", "held"]), at < before)
        ids = list(
            connection.execute(sa.select(table.c.id).where(*waits).limit(AT_ONCE)).scalars()
        )
        connection.execute(sa.delete(table).where(table.c.id.in_(ids), *waits))
        count += len(ids)
    return count


def _forsaken(connection: Connection, before: float) -> int:
    """Hand-overs that nobody has ended, and in which nobody has written for long."""
    silent = sa.or_(handovers.c.operator_at.is_(None), handovers.c.operator_at < before)
    return _of_handovers(connection, _OPEN, handovers.c.person_at < before, silent)


def _addresses(connection: Connection, before: float) -> int:
    """Addresses to which nothing is on its way; held replies get theirs when the person writes."""
    old = (conversations.c.last_at < before, conversations.c.address != ERASED)
    ids = _stale(connection, *old, ~_ASKED, ~_DUE, ~_recent(before))
    here = conversations.c.id.in_(ids)
    connection.execute(sa.update(conversations).where(here).values(address=ERASED))
    return len(ids)


def _without_operator(connection: Connection, before: float) -> int:
    old = conversations.c.last_at < before
    ids = _stale(connection, old, ~_ASKED, ~_DUE, ~_HELD, ~_has(handovers))
    _conversations(connection, ids)
    return len(ids)


def _with_operator(connection: Connection, before: float) -> int:
    old = conversations.c.last_at < before
    ids = _stale(connection, old, ~_ASKED, ~_DUE, ~_HELD, _has(handovers), ~_recent(before))
    _conversations(connection, ids)
    return len(ids)


def _asked_for(connection: Connection, _before: float) -> int:
    """What is left of conversations whose person has had them erased and was told so."""
    ids = _stale(connection, conversations.c.erase.is_(True), ~_ASKED, ~_DUE)
    _conversations(connection, ids)
    return len(ids)


def _alone(column: Any, belongs: Any) -> Erase:
    """Old rows that belong to nothing any more."""

    def erase_rows(connection: Connection, before: float) -> int:
        gone = sa.delete(column.table).where(column < before, ~belongs)
        return int(connection.execute(gone).rowcount)

    return erase_rows


def _older(column: Any, written: Callable[[float], Any] = float) -> Erase:
    """Rows whose time is over. `written` is how the column writes a moment."""

    def erase_rows(connection: Connection, before: float) -> int:
        gone = sa.delete(column.table).where(column < written(before))
        return int(connection.execute(gone).rowcount)

    return erase_rows


def _mirrors(connection: Connection, before: float) -> int:
    """What another help desk had of hand-overs that are gone, where nobody tells it any more."""
    gone = sa.delete(mirrors).where(
        mirrors.c.due_at < before, mirrors.c.handover.not_in(sa.select(handovers.c.id))
    )
    count = int(connection.execute(gone).rowcount)
    for table in (mirrored, outside_replies):
        left = table.c.handover.not_in(sa.select(mirrors.c.handover))
        connection.execute(sa.delete(table).where(left))
    return count


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).date().isoformat()


def _salts(connection: Connection, _before: float) -> int:
    """Those of months that are over by the programme's own clock, not by that of UTC."""
    return people.forget_salts(connection, days.today(connection))


_TEXTS = ("conversations", "inbox", "outbox", "calls", "dialogues")
_LAST = "the last message"

# In this order: what waits in vain would else hold up its conversation.
LIFETIMES = (
    Lifetime("unsent", "a message or reply that could not be answered or delivered",
             ("inbox", "outbox"), "it was written", 7, DAY, _unsent),
    Lifetime("forsaken", "a hand-over that nobody has ended",
             ("handovers", "notes", "presence"), _LAST, 30, DAY, _forsaken,
             "ALO_KEEP_OPERATOR_DAYS"),
    Lifetime("addresses", "the phone number or chat id",
             ("conversations",), f"{_LAST} of either side", 48, HOUR, _addresses,
             "ALO_KEEP_HOURS"),
    Lifetime("asked", "what is left after BORRAR, EFASE, DELETE, EFFACER",
             _TEXTS, "the confirmation was sent", 0, HOUR, _asked_for),
    Lifetime("conversations", "a conversation with the program alone",
             _TEXTS, _LAST, 48, HOUR, _without_operator, "ALO_KEEP_HOURS"),
    Lifetime("with_operator", "a conversation in which a person was called",
             (*_TEXTS, "handovers", "notes"), f"{_LAST} of either side", 30, DAY, _with_operator,
             "ALO_KEEP_OPERATOR_DAYS"),
    Lifetime("calls", "the record of a delivery whose reply is gone",
             ("calls",), "the first try", 48, HOUR,
             _alone(calls.c.began_at, calls.c.outbox_id.in_(sa.select(outbox.c.id))),
             "ALO_KEEP_HOURS"),
    Lifetime("dialogues", "what a conversation in the terminal remembers",
             ("dialogues",), _LAST, 48, HOUR,
             _alone(dialogues.c.updated_at,
                    dialogues.c.conversation.in_(sa.select(conversations.c.id))),
             "ALO_KEEP_HOURS"),
    Lifetime("mirrors", "what another help desk had of a hand-over that is gone",
             ("mirrors", "mirrored", "outside_replies"), "it was last told", 7, DAY, _mirrors),
    Lifetime("presence", "who of the staff has a conversation open",
             ("presence",), "they were seen", 1, DAY, _older(presence.c.seen_at)),
    Lifetime("sessions", "a sign-in of the staff", ("sessions",), "it began", 12, HOUR,
             _older(sessions.c.created_at), "ALO_SESSION_HOURS"),
    Lifetime("attempts", "how often somebody tried to sign in",
             ("attempts",), "it counts no more", 0, HOUR, _older(attempts.c.until)),
    Lifetime("audit", "who of the staff did what",
             ("audit",), "it was done", 365, DAY, _older(audit.c.at), "ALO_KEEP_AUDIT_DAYS"),
    Lifetime("kept_questions", "a question whose writer agreed that it is kept",
             ("kept_questions",), "its day", 30, DAY, _older(kept_questions.c.day, _day)),
    Lifetime("salts", "the salt of a month's sketches",
             ("salts",), "the month's end", 0, HOUR, _salts),
)  # fmt: skip
