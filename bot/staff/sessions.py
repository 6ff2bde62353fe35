"""Who is signed in. The browser has a random token; the table only what SHA-256 makes of it."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.staff import accounts
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import sessions

HOUR = 3600.0
IDLE_SECONDS = 2 * HOUR
UNFINISHED_SECONDS = 600.0  # the time for the one-time code
TOUCH_SECONDS = 60.0  # how exactly we know when somebody was here last


@dataclass(frozen=True)
class Session:
    """One browser in which somebody is signed in; `complete` once the second factor was given."""

    id: str
    user: User
    csrf: str
    complete: bool


def begin(store: Store, user: User, *, complete: bool, instead_of: str = "") -> str:
    """A new session, instead of another; returns the token for the browser."""
    token, now = secrets.token_urlsafe(32), time.time()
    row = {"id": _digest(token), "user": user.id, "csrf": secrets.token_urlsafe(32)}
    row |= {"complete": complete, "created_at": now, "seen_at": now}
    with store.write() as connection:
        _forget(connection, now)
        connection.execute(sa.delete(sessions).where(sessions.c.id == instead_of))
        connection.execute(sa.insert(sessions).values(row))
    return token


def find(store: Store, token: str, hours: int) -> Session | None:
    """The session of a token, if it has not expired and the account is active."""
    now = time.time()
    with store.read() as connection:
        query = sa.select(sessions).where(sessions.c.id == _digest(token))
        row = connection.execute(query).one_or_none()
    if row is None or now >= _end(row, hours):
        return None
    user = accounts.by_id(store, row.user)
    if user is None or not user.active:
        return None
    _touch(store, row, now)
    return Session(row.id, user, row.csrf, row.complete)


def end(store: Store, session: Session) -> None:
    """Signs out."""
    with store.write() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.id == session.id))


def _end(row: sa.engine.Row, hours: int) -> float:
    """When a session expires, if nothing more happens in it."""
    if not row.complete:
        return float(row.created_at + UNFINISHED_SECONDS)
    return float(min(row.created_at + hours * HOUR, row.seen_at + IDLE_SECONDS))


def _touch(store: Store, row: sa.engine.Row, now: float) -> None:
    if now - row.seen_at < TOUCH_SECONDS:
        return
    with store.write() as connection:
        seen = sa.update(sessions).where(sessions.c.id == row.id).values(seen_at=now)
        connection.execute(seen)


def _forget(connection: Connection, now: float) -> None:
    """Removes what has long expired."""
    connection.execute(sa.delete(sessions).where(sessions.c.seen_at < now - IDLE_SECONDS))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
