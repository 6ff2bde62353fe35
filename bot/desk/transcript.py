"""What was said in a conversation: by the person, the program, operators; and how far it came.

It is what the desk shows. It only reads; the texts are decrypted here and go nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import registry
from bot.calls import INVITATION
from bot.desk import failures
from bot.model import Reply
from bot.staff.accounts import OUTSIDE
from bot.store import Store
from bot.tables import calls, handovers, inbox, notes, outbox, users

Who = Literal["person", "bot", "operator", "note"]
Delivery = Literal["", "waiting", "sent", "delivered", "read", "failed", "held", "stopped"]


@dataclass(frozen=True)
class Line:
    """One thing that was said. `key` is the same at every look.

    `at` is in seconds since 1970. `kind` is what a person's message is besides text. `name` is
    the operator's. `delivery` is of what we sent, `reason` why it did not arrive (one of
    failures.REASONS, or `again` while it is tried again); `number` is its outbox row.
    `invited` is set where a person was asked to write, so that they get what is held.
    """

    key: str
    who: Who
    at: float
    text: str
    kind: str = "text"
    choice: str = ""
    choices: tuple[str, ...] = ()
    name: str = ""
    topic: str = ""
    language: str = ""
    sources: tuple[dict[str, str], ...] = ()
    delivery: Delivery = ""
    reason: str = ""
    number: int = 0
    invited: bool = False


def of(store: Store, case: Any) -> list[Line]:
    """All that was said in the conversation of a hand-over, oldest first."""
    with store.read() as connection:
        accounts = connection.execute(sa.select(users.c.id, users.c.name))
        names = {row.id: row.name for row in (*accounts, OUTSIDE)}
        lines = [
            *_said(store, connection, case.conversation),
            *_answered(store, connection, case.conversation, names),
            *_noted(store, connection, case.conversation, names),
        ]
    return sorted(lines, key=lambda line: (line.at, line.key))


def _said(store: Store, connection: Connection, conversation: str) -> Iterable[Line]:
    query = sa.select(inbox.c.id, inbox.c.body, inbox.c.received_at)
    for row in connection.execute(query.where(inbox.c.conversation == conversation)):
        body = store.keys.opened(row.body)
        if body is not None:
            yield Line(
                key=f"in-{row.id}",
                who="person",
                at=row.received_at,
                text=body["text"],
                kind="place" if body.get("place") else body.get("kind", "text"),
                choice=body.get("choice", ""),
            )


def _answered(
    store: Store, connection: Connection, conversation: str, names: dict[int, str]
) -> Iterable[Line]:
    query = sa.select(outbox).where(outbox.c.conversation == conversation)
    rows = connection.execute(query).all()
    tries = _tries(connection, conversation)
    reasons = {x.outbox_id: x.reason for x in failures.of(connection, conversation)}
    for row in rows:
        body = store.keys.opened(row.body)
        if body is not None:
            line = _line(row, Reply.from_json(body), names, tries.get(row.id, []))
            yield replace(line, reason=line.reason or reasons.get(row.id, ""))


def _line(row: Any, reply: Reply, names: dict[int, str], tried: list[Any]) -> Line:
    messages = registry.channels()[row.channel].render(reply)
    delivery, reason = state(row.state, tried)
    return Line(
        key=f"out-{row.id}",
        who="operator" if row.author else "bot",
        at=row.created_at,
        text="\n\n".join(message.text for message in messages),
        choices=tuple(button.label for message in messages for button in message.buttons),
        name=names.get(row.author, "") if row.author else "",
        topic=reply.topic,
        language=reply.language,
        sources=reply.sources,
        delivery=delivery,
        reason=reason,
        number=row.id,
        invited=any(call.part == INVITATION and call.state == "taken" for call in tried),
    )


def _tries(connection: Connection, conversation: str) -> dict[int, list[Any]]:
    """The provider calls of each reply."""
    wanted = (calls.c.outbox_id, calls.c.part, calls.c.state, calls.c.receipt, calls.c.code)
    query = sa.select(*wanted).where(calls.c.conversation == conversation)
    found: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.outbox_id, []).append(row)
    return found


def state(stored: str, tried: list[Any]) -> tuple[Delivery, str]:
    """How far a reply came (the least that holds for all its messages); or `again`."""
    parts = [call for call in tried if call.part != INVITATION]
    broken = [x for x in parts if x.receipt == "failed" or x.state == "refused"]
    if stored == "failed" or (stored == "sent" and broken):
        return "failed", ""
    if stored == "sent":
        receipts = {call.receipt for call in parts} or {""}
        if receipts == {"read"}:
            return "read", ""
        return ("delivered", "") if receipts <= {"read", "delivered"} else ("sent", "")
    if stored == "waiting":
        return "waiting", "again" if broken else ""
    return ("held", "") if stored == "held" else ("stopped", "")


def _noted(
    store: Store, connection: Connection, conversation: str, names: dict[int, str]
) -> Iterable[Line]:
    query = (
        sa.select(notes.c.id, notes.c.body, notes.c.at, notes.c.user)
        .join(handovers, handovers.c.id == notes.c.handover)
        .where(handovers.c.conversation == conversation)
    )
    for row in connection.execute(query):
        text = store.keys.opened(row.body)
        if text is not None:
            name = names.get(row.user, "")
            yield Line(key=f"note-{row.id}", who="note", at=row.at, text=str(text), name=name)
