"""Replies that wait, and their delivery to a provider without a network."""

from __future__ import annotations

from typing import Any

from bot import delivery, inbox, outbox
from bot.model import Paragraph, Reply
from bot.outbox import Parcel
from bot.store import Store
from bot.tables import outbox as table
from tests import samples
from tests.providers import Provider

TWO = (Paragraph("one"), Paragraph("two"))


def parcel(store: Store, **more: Any) -> Parcel:
    """The reply that waits, in the hands of a sender."""
    samples.change(store, table, lease_until=0.0, due_at=0.0, **more)
    found = outbox.claim(store)
    assert found is not None
    return found


async def deliver(store: Store, provider: Provider, **more: Any) -> float:
    """Delivers the reply that waits."""
    return await delivery.deliver(store, provider, parcel(store, **more))


def answer(store: Store, message_id: str = "m1") -> None:
    """A reply of two messages waits."""
    job = samples.take_in(store, message_id)
    inbox.finish(store, job, Reply(paragraphs=TWO), None)


def states(store: Store) -> list[str]:
    """How the replies stand."""
    return samples.column(store, table.c.state)
