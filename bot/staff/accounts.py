"""Accounts of the people who work here: operators, campaign teams and admins."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.errors import AccountError
from bot.staff import audit, passwords
from bot.store import Store
from bot.tables import sessions, users

Role = Literal["operator", "campaign", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
_NAME = re.compile(r"[\w.-]{2,64}")


@dataclass(frozen=True)
class User:
    """Somebody who works here. `second_factor` says whether there is one."""

    id: int
    name: str
    role: Role
    language: str  # of the pages; empty: the browser's
    teams: tuple[str, ...]
    second_factor: bool
    active: bool = True


# Whoever answers in another help desk: to us they are one operator.
OUTSIDE = User(-1, "chatwoot", "operator", "", (), second_factor=False)


def add(
    store: Store,
    name: str,
    password: str,
    role: str,
    language: str = "",
    teams: Iterable[str] = (),
    *,
    by: str = audit.PROGRAM,
) -> User:
    """Makes an account. Raises AccountError."""
    row = _row(_new_name(name), password, _known(role), language, teams)
    try:
        with store.write() as connection:
            made = connection.execute(sa.insert(users).values(row)).inserted_primary_key[0]
            audit.note(connection, by, "user_added", row["name"], row["role"])
            return _of(_rows(connection, users.c.id == made)[0])
    except sa.exc.IntegrityError:
        raise AccountError(_taken(name)) from None


def check_new(store: Store, name: str, role: str) -> None:
    """Raises AccountError if there can be no such account, before anybody thinks of a password."""
    _known(role)
    if by_name(store, _new_name(name)):
        raise AccountError(_taken(name))


def by_id(store: Store, number: int) -> User | None:
    """The account with this number, whether it is active or not."""
    return _one(store, users.c.id == number)


def by_name(store: Store, name: str) -> User | None:
    """The account of this name, whether it is active or not."""
    return _one(store, users.c.name == _normal(name))


def named(store: Store, name: str) -> User:
    """The account of this name. Raises AccountError if there is none."""
    found = by_name(store, name)
    if found is None:
        known = ", ".join(user.name for user in all(store)) or "none yet"
        raise AccountError(f"there is no account {name}; there are: {known}")
    return found


def all(store: Store) -> list[User]:
    """All accounts by name, also those that are not active."""
    with store.read() as connection:
        return [_of(row) for row in _rows(connection, sa.true())]


def enter(store: Store, name: str, password: str) -> User | None:
    """The active account that name and password open. The answer no takes as long for any name."""
    with store.read() as connection:
        rows = _rows(connection, sa.and_(users.c.name == _normal(name), users.c.active))
    stored = rows[0]["password"] if rows else None
    if not passwords.right(stored, password):
        return None
    if passwords.outdated(rows[0]["password"]):
        _renew(store, rows[0]["id"], password)
    return _of(rows[0])


def set_password(store: Store, user: User, password: str, *, by: str = audit.PROGRAM) -> None:
    """A new password, and the end of all sessions. Raises AccountError."""
    passwords.check(password, user.name)
    _change(store, user, by, "password_set", password=passwords.digest(password))


def set_role(store: Store, user: User, role: str, *, by: str = audit.PROGRAM) -> None:
    """Another role, and the end of all sessions. Raises AccountError."""
    _change(store, user, by, "role_set", role, role=_known(role))


def set_active(store: Store, user: User, active: bool, *, by: str = audit.PROGRAM) -> None:
    """Switches an account off, which ends its sessions, or on again."""
    _change(store, user, by, "user_enabled" if active else "user_disabled", active=active)


def remove_second_factor(store: Store, user: User, *, by: str = audit.PROGRAM) -> None:
    """No one-time codes any more, as when a phone is lost; and the end of all sessions."""
    _change(store, user, by, "factor_removed", second_factor=None)


def set_language(store: Store, user: User, language: str) -> None:
    """The language of the pages."""
    with store.write() as connection:
        changed = sa.update(users).where(users.c.id == user.id).values(language=language)
        connection.execute(changed)


def _change(
    store: Store, user: User, by: str, action: str, detail: str = "", **values: Any
) -> None:
    """Changes who may do what: whoever is signed in has to sign in again."""
    with store.write() as connection:
        connection.execute(sa.update(users).where(users.c.id == user.id).values(values))
        connection.execute(sa.delete(sessions).where(sessions.c.user == user.id))
        audit.note(connection, by, action, user.name, detail)


def _renew(store: Store, number: int, password: str) -> None:
    with store.write() as connection:
        values = {"password": passwords.digest(password)}
        connection.execute(sa.update(users).where(users.c.id == number).values(values))


def _row(
    name: str, password: str, role: Role, language: str, teams: Iterable[str]
) -> dict[str, Any]:
    passwords.check(password, name)
    return {
        "name": name,
        "password": passwords.digest(password),
        "role": role,
        "language": language,
        "teams": ",".join(teams),
        "created_at": time.time(),
    }


def _new_name(name: str) -> str:
    normal = _normal(name)
    if not _NAME.fullmatch(normal) or normal == audit.PROGRAM:
        raise AccountError("a name has 2 to 64 letters, digits, dots or dashes, as marie.p")
    return normal


def _taken(name: str) -> str:
    return f"there is an account {_normal(name)} already; choose another name"


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().lower()


def _known(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise AccountError(f"the role must be one of: {', '.join(ROLES)}")


def _one(store: Store, condition: Any) -> User | None:
    with store.read() as connection:
        rows = _rows(connection, condition)
    return _of(rows[0]) if rows else None


def _rows(connection: Connection, condition: Any) -> list[Any]:
    query = sa.select(users).where(condition).order_by(users.c.name)
    return list(connection.execute(query).mappings())


def _of(row: Any) -> User:
    return User(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        language=row["language"],
        teams=tuple(team for team in row["teams"].split(",") if team),
        second_factor=row["second_factor"] is not None,
        active=row["active"],
    )
