"""The tables. What is encrypted says so; nothing else tells who a person is or what they wrote."""

from __future__ import annotations

from bot.tables.base import metadata
from bot.tables.counts import (
    entries,
    faults,
    kept_questions,
    people,
    published,
    salts,
    unanswered,
    usage,
)
from bot.tables.desk import (
    attempts,
    audit,
    handovers,
    mirrored,
    mirrors,
    notes,
    outside_replies,
    presence,
    sessions,
    users,
)
from bot.tables.queue import calls, conversations, dialogues, inbox, outbox

__all__ = [
    "attempts",
    "audit",
    "calls",
    "conversations",
    "dialogues",
    "entries",
    "faults",
    "handovers",
    "inbox",
    "kept_questions",
    "metadata",
    "mirrored",
    "mirrors",
    "notes",
    "outbox",
    "outside_replies",
    "people",
    "presence",
    "published",
    "salts",
    "sessions",
    "unanswered",
    "usage",
    "users",
]
