"""Changes the key: whatever an old key encrypted is encrypted again with the present one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from bot.store import Store
from bot.tables import (
    conversations,
    dialogues,
    inbox,
    kept_questions,
    notes,
    outbox,
    salts,
    unanswered,
    users,
)

AT_ONCE = 500  # rows in one transaction: whoever writes meanwhile waits for no more

# Every column that is encrypted; a test compares them with the tables.
SEALED = (
    conversations.c.address,
    inbox.c.body,
    outbox.c.body,
    dialogues.c.state,
    notes.c.body,
    users.c.second_factor,
    salts.c.salt,
    unanswered.c.body,
    kept_questions.c.body,
)


@dataclass
class Count:
    """How many values the present key, an old key, and no known key has encrypted."""

    present: int = 0
    old: int = 0
    unknown: int = 0

    def add(self, store: Store, sealed: bytes) -> bool:
        """Counts a value. Returns whether an old key has encrypted it."""
        if store.keys.is_present(sealed):
            self.present += 1
            return False
        try:
            store.keys.unseal(sealed)
        except InvalidToken:
            self.unknown += 1
            return False
        self.old += 1
        return True


def count(store: Store) -> Count:
    """How many values each kind of key has encrypted. Changes nothing."""
    counted = Count()
    for column in SEALED:
        for rows in _batches(store, column):
            for row in rows:
                counted.add(store, bytes(row[-1]))
    return counted


def rotate(store: Store) -> Count:
    """Encrypts again what an old key has encrypted, in batches; the program may go on meanwhile.

    Returns what was found. When `unknown` is none, the old keys can be dropped.
    """
    counted = Count()
    for column in SEALED:
        for rows in _batches(store, column):
            aged = [row for row in rows if counted.add(store, bytes(row[-1]))]
            _reseal(store, column, aged)
    return counted


def _batches(store: Store, column: Any) -> Any:
    """The primary keys and values of a column, some rows at a time."""
    keys = list(column.table.primary_key.columns)
    query = sa.select(*keys, column).where(sa.func.length(column) > 0)
    query = query.order_by(*keys).limit(AT_ONCE)
    after: Any = None
    while True:
        onwards = query if after is None else query.where(sa.tuple_(*keys) > sa.tuple_(*after))
        with store.read() as connection:
            rows = connection.execute(onwards).all()
        yield rows
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][:-1]


def _reseal(store: Store, column: Any, rows: list[Any]) -> None:
    """Writes each value anew, unless somebody has changed it meanwhile."""
    keys = list(column.table.primary_key.columns)
    if not rows:
        return
    with store.write() as connection:
        for row in rows:
            old = bytes(row[-1])
            same = (key == value for key, value in zip(keys, row[:-1], strict=True))
            update = sa.update(column.table).where(*same, column == old)
            connection.execute(update.values({column.name: store.keys.reseal(old)}))
