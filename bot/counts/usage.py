"""Counts, not people: how often something happened on a day, within the caller's transaction.

Whoever writes a reply counts it in the same transaction: the counts are right after any crash.
There is no id in them, no text and no time of day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.counts import days, people
from bot.counts.feedback import VOTES, asked_about
from bot.counts.people import Group
from bot.model import Reply
from bot.store import Store
from bot.tables import conversations, usage

if TYPE_CHECKING:
    from bot.desk.cases import Case
    from bot.inbox import Job

TRIAL = "web"  # the phone page: somebody who tries the program out
COURTESY = "courtesy"  # the outcome of greetings, thanks, the menu and the like
SILENT = "silent"  # the outcome of a message that the bot does not answer: a person has it


_OF_PERSON = sa.select(conversations.c.entry, conversations.c.counted).where(
    conversations.c.id == sa.bindparam("person")
)


class Event(NamedTuple):
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


def of_case(connection: Connection, case: Case, measure: str, value: str) -> None:
    """Counts what became of a hand-over: `handover`, `wait` or `closed`."""
    count(
        connection,
        measure=measure,
        value=value,
        channel=case.channel,
        language=case.language,
        country=case.country,
        topic=case.topic,
    )


def add(connection: Connection, counted: Counter[Event]) -> None:
    """Adds all at once, always in one order: two writers cannot wait for each other."""
    rows = [{**event._asdict(), "count": number} for event, number in sorted(counted.items())]
    if rows:
        connection.execute(_adding(connection.dialect.name), rows)


@lru_cache
def _adding(dialect: str) -> Any:
    """The statement that adds to counts, one for each dialect: it runs with every message."""
    insert = upsert.insert(dialect, usage)
    more = {"count": usage.c.count + insert.excluded.count}
    return insert.on_conflict_do_update(index_elements=usage.primary_key, set_=more)


@dataclass
class Tally:
    """Messages to be counted: what happened, and in which groups which people were seen."""

    events: Counter[Event] = field(default_factory=Counter)
    seen: dict[Group, set[str]] = field(default_factory=lambda: defaultdict(set))

    def message(
        self, person: str, event: Event, outcome: str, hub: str = "", *, first: bool = False
    ) -> None:
        """A message and what it got. `first`: of this person on this day."""
        measures = [("message", ""), ("reply", outcome)]
        measures += [("hub", hub)] if hub else []
        measures += [("conversation", "")] if first else []
        for measure, value in measures:
            self.events[event._replace(measure=measure, value=value)] += 1
        for kind, value in _groups(event):
            self.seen[Group(event.day[:7], kind, value, event.trial)].add(person)

    def write(self, store: Store, connection: Connection) -> None:
        """Adds it to what was counted before."""
        add(connection, self.events)
        people.add(store, connection, self.seen)


def _groups(event: Event) -> Iterator[tuple[str, str]]:
    yield "all", ""
    yield "language", event.language
    yield "country", event.country
    if event.entry:
        yield "entry", event.entry


def of_reply(store: Store, connection: Connection, job: Job, reply: Reply | None) -> None:
    """Counts a message and what it got, in the transaction that commits the reply.

    Without a reply (a person has the conversation) the message is counted as left to them.
    """
    day = days.today(connection).isoformat()
    entry, counted = connection.execute(_OF_PERSON, {"person": job.conversation}).one()
    event = _event(day, job, reply, entry or "")
    tally = Tally()
    tally.message(
        job.conversation,
        event,
        _outcome(reply),
        reply.hub if reply else "",
        first=counted != day,
    )
    if counted != day:
        here = conversations.c.id == job.conversation
        connection.execute(sa.update(conversations).where(here).values(counted=day))
    if reply and reply.effect in VOTES:
        topic = asked_about(job.dialogue)
        vote = event._replace(measure="helped", value=VOTES[reply.effect], topic=topic)
        tally.events[vote] += 1
    tally.write(store, connection)


def _event(day: str, job: Job, reply: Reply | None, entry: str) -> Event:
    remembered = job.dialogue or {}
    return Event(
        day,
        measure="message",
        channel=job.channel,
        language=(reply.language if reply else remembered.get("language")) or "",
        country=(reply.country if reply else remembered.get("country")) or "",
        topic=reply.topic if reply else "",
        entry=entry,
        trial=job.channel == TRIAL,
    )


def _outcome(reply: Reply | None) -> str:
    """How the message was met; a greeting or the menu is no answer to a question."""
    if reply is None:
        return SILENT
    if reply.outcome == "answered" and (not reply.topic or reply.topic.startswith("meta.")):
        return COURTESY
    return reply.outcome
