"""The audit log: who did what, within the caller's transaction."""

from __future__ import annotations

import time

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.tables import audit


def note(
    connection: Connection, user: str, action: str, subject: str = "", detail: str = ""
) -> None:
    """Adds an entry. `subject` is the number of a hand-over or a user's name, never a person."""
    row = {"at": time.time(), "user": user, "action": action, "subject": subject, "detail": detail}
    connection.execute(sa.insert(audit).values(row))
