"""Counts, not people: how often something happened on a day, within the caller's transaction.

Whoever writes a reply counts it in the same transaction: the counts are right after any crash.
There is no id in them, no text and no time of day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot import days
from bot.model import Reply
from bot.store import Store
from bot.tables import conversations, usage

if TYPE_CHECKING:
    from bot.inbox import Job

TRIAL = "web"  # the phone page: somebody who tries the program out
SILENT = "silent"  # the outcome of a message that the bot does not answer: a person has it
AT_ONCE = 500  # rows of a statement


@dataclass(frozen=True)
class Event:
    """What is counted, and of whom no more than this is known.

    `measure` is one of message, reply, conversation, helped, hub, handover, wait, closed, call;
    `value` says which (docs/counting.md). `day` is written 2026-11-27.
    """

    day: str
    measure: str
    value: str = ""
    channel: str = ""
    language: str = ""
    country: str = ""
    topic: str = ""
    entry: str = ""
    trial: bool = False


def count(
    connection: Connection, *, measure: str, n: int = 1, day: str | None = None, **dimensions: Any
) -> None:
    """Adds `n` to a count of today, or of another `day`.

    The dimensions are those of an Event; a `trial` is whatever comes from the phone page.
    """
    channel = dimensions.get("channel", "")
    event = Event(
        day=day or days.today(connection).isoformat(),
        measure=measure,
        **{"trial": channel == TRIAL, **dimensions},
    )
    add(connection, Counter({event: n}))


def add(connection: Connection, counted: Counter[Event]) -> None:
    """Adds all at once, always in one order: two writers cannot wait for each other."""
    names = [field.name for field in fields(Event)]
    ordered = sorted(counted.items(), key=lambda pair: astuple(pair[0]))
    rows = [{**dict(zip(names, astuple(e), strict=True)), "count": n} for e, n in ordered]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(_upsert(connection, rows[start : start + AT_ONCE]))


def _upsert(connection: Connection, rows: list[dict[str, Any]]) -> Any:
    """INSERT … ON CONFLICT, which both databases have: one statement, so no count is lost."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(usage).values(rows)
    more = usage.c.count + insert.excluded.count
    return insert.on_conflict_do_update(index_elements=usage.primary_key, set_={"count": more})


def of_reply(store: Store, connection: Connection, job: Job, reply: Reply | None) -> None:
    """Counts a message and what it got, in the transaction that commits the reply.

    Without a reply (a person has the conversation) the message is counted as left to them.
    """
    day = days.today(connection).isoformat()
    said = _dimensions(job, reply, _entry(connection, job.conversation))
    events = [
        Event(day, "message", **said),
        Event(day, "reply", reply.outcome if reply else SILENT, **said),
        *(Event(day, "hub", hub, **said) for hub in _hubs(reply)),
    ]
    if _first_of_day(connection, job.conversation, day):
        events.append(Event(day, "conversation", **said))
    add(connection, Counter(events))


def _dimensions(job: Job, reply: Reply | None, entry: str) -> dict[str, Any]:
    remembered = job.dialogue or {}
    return {
        "channel": job.channel,
        "language": (reply.language if reply else remembered.get("language")) or "",
        "country": (reply.country if reply else remembered.get("country")) or "",
        "topic": reply.topic if reply else "",
        "entry": entry,
        "trial": job.channel == TRIAL,
    }


def _entry(connection: Connection, conversation: str) -> str:
    query = sa.select(conversations.c.entry).where(conversations.c.id == conversation)
    return connection.execute(query).scalar() or ""


def _hubs(reply: Reply | None) -> Iterable[str]:
    return ()


def _first_of_day(connection: Connection, conversation: str, day: str) -> bool:
    """Whether this is the first message of the conversation that is counted on the day."""
    new = sa.or_(conversations.c.counted.is_(None), conversations.c.counted != day)
    here = sa.update(conversations).where(conversations.c.id == conversation, new)
    return bool(connection.execute(here.values(counted=day)).rowcount == 1)
