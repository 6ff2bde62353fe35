"""Operators and conversations that wait for them, for the tests of everything around the desk."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa

from bot import inbox
from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import conversations, handovers, outbox, users
from tests import samples

ANNA = User(1, "anna", "operator", "en", (), False)
BOB = User(2, "bob", "operator", "es", (), False)
ADMIN = User(3, "ada", "admin", "en", (), False)


def staff(store: Store, user: User = ANNA, *, active: bool = True) -> User:
    """Somebody with an account."""
    row = {"id": user.id, "name": user.name, "password": "none", "role": user.role}
    more = {"language": user.language, "teams": "", "last_code": 0, "created_at": 0.0}
    with store.write() as connection:
        connection.execute(sa.insert(users).values(**row, **more, active=active))
    return user


def conversation(store: Store, address: str = samples.ADDRESS) -> str:
    """A person who has written something that was answered, with a reply that was sent."""
    samples.answer(store, f"first of {address}", address)
    samples.change(store, outbox, state="sent")
    return store.keys.pseudonym("web", address)


def waiting(store: Store, content: Knowledge, address: str = samples.ADDRESS, **more: Any) -> Case:
    """A conversation that waits for a person."""
    known = {"why": "asked", "urgent": False, "channel": "web", "language": "en"}
    known |= {"country": "HT", "topic": "documents.passport", "desk": content.desk}
    name = conversation(store, address)
    with store.write() as connection:
        return handover.begin(connection, name, **{**known, **more})


def taken(store: Store, content: Knowledge, user: User = ANNA, **more: Any) -> Case:
    """A conversation that an operator has; the person knows."""
    case = waiting(store, content, **more)
    assert handover.claim(store, case.id, user)
    samples.change(store, outbox, state="sent")
    return now(store, case)


def now(store: Store, case: Case) -> Case:
    """The case as it is at this moment."""
    with store.read() as connection:
        found = handover.get(connection, case.id)
    assert found is not None
    return found


def ago(store: Store, seconds: float, *columns: str) -> None:
    """Moves these moments of all cases into the past."""
    samples.change(store, handovers, **dict.fromkeys(columns, time.time() - seconds))


def said(store: Store) -> list[str]:
    """What waits to be sent, in order, as it is read."""
    rows = samples.column(store, outbox.c.body, outbox.c.state == "waiting")
    replies = [store.keys.unseal(bytes(row)) for row in rows]
    return ["\n".join(part["full"] for part in reply["paragraphs"]) for reply in replies]


def write(store: Store, message_id: str, text: str, **more: Any) -> inbox.Job:
    """A message that came in and is in work."""
    inbox.receive(store, samples.incoming(message_id, text=text, **more))
    job = inbox.claim(store, 60, "worker-1")
    assert job is not None
    return job


def stop(store: Store, why: str = "asked") -> None:
    """Everybody wants silence."""
    samples.change(store, conversations, stopped=why)
