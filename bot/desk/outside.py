"""What an agent of another help desk does: each reply once to the person, and the end of it all.

There they are many; here they are one operator, OUTSIDE. Whoever answers first, there or on our
own desk, has the conversation.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import knowledge
from bot.desk import cases, handover, mirrors
from bot.desk.cases import Case
from bot.staff.accounts import OUTSIDE
from bot.store import Store
from bot.tables import conversations
from bot.wire import Event


def take(store: Store, event: Event) -> bool:
    """Carries out one event. False if there is no such conversation any more."""
    knowledge.load(store.knowledge)  # it may take seconds, for which nobody else could write
    with store.write() as connection:
        found = cases.outside(connection, event.number)
        case = found and handover.locked(connection, found.id)
        if case is None:
            return False
        if event.over:
            _over(store, connection, case, event.outcome)
        else:
            _reply(store, connection, case, event)
    return True


def _over(store: Store, connection: Connection, case: Case, outcome: str) -> None:
    """The program has the conversation again, unless our own desk has it."""
    if case.state == "ended" or _is_elsewhere(case):
        return
    known = "answered" if case.operator_at else "nothing"
    handover.over(
        store, connection, case, OUTSIDE, outcome if outcome in handover.OUTCOMES else known
    )


def _reply(store: Store, connection: Connection, case: Case, event: Event) -> None:
    """A reply goes to the person, or its agent is told why not."""
    obstacle = _obstacle(connection, case, event)
    note = obstacle or ("files" if event.files else "")
    if not mirrors.new_reply(connection, event.message, case.id, note) or obstacle:
        return
    user = dataclasses.replace(OUTSIDE, name=f"{OUTSIDE.name}:{event.agent}")
    if case.state == "waiting" or _goes_on(connection, case, event):
        handover.take(store, connection, case, user)
    handover.write(store, connection, case, user, event.text)


def _obstacle(connection: Connection, case: Case, event: Event) -> str:
    """Why a reply cannot be sent: the name of a word in `help_desk.yml`, or nothing."""
    here = conversations.c.id == case.conversation
    query = sa.select(conversations.c.stopped, conversations.c.address).where(here)
    person: Any = connection.execute(query).first()
    wrong = (
        (person is None or not person.address, "unreachable"),
        (person is not None and bool(person.stopped), "silence"),
        (_is_elsewhere(case), "elsewhere"),
        (len(event.text) > handover.LONGEST, "long"),
        (not event.text, "files" if event.files else "empty"),
    )
    return next((name for is_so, name in wrong if is_so), "")


def _is_elsewhere(case: Case) -> bool:
    return case.state == "taken" and case.operator != OUTSIDE.id


def _goes_on(connection: Connection, case: Case, event: Event) -> bool:
    """Whether the agent has opened it again; a reply that only came late changes nothing."""
    written_since = case.state == "ended" and event.open and event.at > (case.ended_at or 0.0)
    return written_since and cases.of(connection, case.conversation) is None
