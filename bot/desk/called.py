"""A reply that calls a person: the hand-over begins in the transaction that commits the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from bot import knowledge
from bot.desk import handover
from bot.model import Reply
from bot.store import Store

if TYPE_CHECKING:
    from bot.inbox import Job


def begin(
    store: Store, connection: Connection, job: Job, reply: Reply, known: dict[str, Any]
) -> None:
    """The conversation waits, with what it is about as far as that is `known`."""
    about = "" if reply.topic.startswith("meta.") else reply.topic
    handover.begin(
        connection,
        job.conversation,
        why=reply.why,
        urgent=reply.why == "danger",
        channel=job.channel,
        language=reply.language,
        country=reply.country or str(known.get("country") or ""),
        topic=about or str(known.get("topic") or ""),
        desk=knowledge.load(store.knowledge).desk,
    )
