"""Why something did not reach a person, as those who work here can be told.

The words for each reason stand in `knowledge/languages/*/pages/delivery.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import registry
from bot.tables import calls, outbox

REASONS = (
    "blocked", "stopped", "window", "unreachable", "filtered", "region", "refused", "busy",
    "credentials", "unreadable",
)  # fmt: skip
# Where the provider's own code says nothing: by what became of the reply.
BY_STATE = {"held": "window", "stopped": "stopped", "failed": "refused", "sent": "refused"}


@dataclass(frozen=True)
class Failure:
    """A reply that did not arrive. `reason` is one of REASONS, `code` the provider's own.

    `waits` is whether it is sent by itself as soon as the person writes.
    """

    outbox_id: int
    reason: str
    code: str
    at: float
    waits: bool


def of(connection: Connection, conversation: str) -> list[Failure]:
    """What did not reach the person of a conversation, the oldest first."""
    broken = sa.or_(outbox.c.state.in_(("failed", "held", "stopped")), calls.c.receipt == "failed")
    query = (
        sa.select(outbox, calls.c.state.label("call"), calls.c.code, calls.c.ended_at)
        .outerjoin(calls, calls.c.outbox_id == outbox.c.id)
        .where(outbox.c.conversation == conversation, broken)
        .order_by(outbox.c.id, calls.c.code, calls.c.part)
    )
    # Of a reply in several messages the one with a code says why.
    return list({row.id: _failure(row) for row in connection.execute(query)}.values())


def _failure(row: Any) -> Failure:
    return Failure(
        outbox_id=row.id,
        reason=_reason(row),
        code=row.code or "",
        at=row.ended_at or row.created_at,
        waits=row.state == "held",
    )


def _reason(row: Any) -> str:
    channel = registry.sending().get(row.channel)
    told = channel.reason(row.code) if channel and row.code else ""
    if told:
        return str(told)
    if row.state == "failed" and row.call is None:
        return "unreadable"  # it never came to a call
    if row.call == "calling":
        return "busy"  # nobody knows whether it was taken, and nobody could be asked
    return BY_STATE.get(row.state, "refused")
