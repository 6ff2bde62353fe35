"""Messages, replies and looks into the tables, for the tests of everything that stores."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot import inbox
from bot.inbox import Job
from bot.model import Incoming, Paragraph, Reply
from bot.store import Store

COUNTERS = {"usage", "people", "unanswered", "faults", "published"}  # tables that know nobody
ADDRESS = "+50937001122"


def incoming(message_id: str = "m1", address: str = ADDRESS, **more: Any) -> Incoming:
    """A message from a phone in Haiti."""
    return Incoming(**{"channel": "web", "region": "HT", "text": f"text of {message_id}", **more},
                    message_id=message_id, address=address)  # fmt: skip


def reply(text: str = "the answer", **more: Any) -> Reply:
    """A reply with one paragraph."""
    return Reply(paragraphs=(Paragraph(text),), **more)


def take_in(store: Store, message_id: str = "m1", address: str = ADDRESS) -> Job:
    """A message that has come in and is in work."""
    inbox.receive(store, incoming(message_id, address))
    job = inbox.claim(store, 60, "worker-1")
    assert job is not None
    return job


def answer(store: Store, message_id: str = "m1", address: str = ADDRESS, **more: Any) -> Job:
    """A message that was answered; its reply waits to be sent."""
    job = take_in(store, message_id, address)
    inbox.finish(store, job, reply(f"reply to {message_id}", **more), {"language": "ht"})
    return job


def column(store: Store, wanted: Any, *where: Any) -> list[Any]:
    """A column of a table, in the order of the rows."""
    query = sa.select(wanted).where(*where).order_by(*wanted.table.primary_key)
    with store.read() as connection:
        return list(connection.execute(query).scalars())


def change(store: Store, table: sa.Table, **values: Any) -> None:
    """Sets columns of all rows."""
    with store.write() as connection:
        connection.execute(sa.update(table).values(**values))
