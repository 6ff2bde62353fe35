"""Entry codes: the word on a poster or in a radio spot with which a person first writes.

A code is counted with the conversation and kept no longer than it. In Telegram it comes in a link
(`t.me/NAME?start=CODE`), elsewhere it is at the beginning of a message.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace

import sqlalchemy as sa
from rapidfuzz import fuzz
from sqlalchemy.engine import Connection, Row

from bot.errors import EntryError
from bot.model import Incoming
from bot.store import Store
from bot.tables import entries
from bot.text import normalise

MENU = "meta.menu"  # what a code without a question asks for
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 48  # letters: Telegram takes 64 in a link
NEARLY = 88  # of 100: as like each other as a code and its misspelling must be
ENOUGH = 7  # letters from which a code may be misspelt
READ_AGAIN = 10.0  # seconds after which the edge looks for new codes


@dataclass(frozen=True)
class Entry:
    """A campaign's code. `greeting` is what it says first, in its `language`."""

    code: str
    name: str
    language: str
    greeting: str = ""
    active: bool = True


@dataclass(frozen=True)
class Link:
    """The way into one channel: `address` opens it with the code written already."""

    channel: str
    address: str
    number: str = ""  # what one writes to by hand


def add(store: Store, entry: Entry) -> None:
    """Keeps a new code. Raises EntryError where it cannot be one, or is taken."""
    if not CODE.fullmatch(entry.code) or not 3 <= len(entry.code) <= LONGEST:
        raise EntryError(
            f"a code has 3 to {LONGEST} small letters, digits and hyphens, as radio-ouanaminthe"
        )
    with store.write() as connection:
        if find(connection, entry.code):
            raise EntryError(f"the code {entry.code} exists already; choose another")
        row = {**vars(entry), "created_at": time.time()}
        connection.execute(sa.insert(entries).values(row))


def find(connection: Connection, code: str) -> Entry | None:
    """The campaign of a code, also one that is over."""
    row = connection.execute(sa.select(entries).where(entries.c.code == code)).first()
    return _entry(row) if row else None


def all_of(store: Store) -> list[Entry]:
    """Every campaign, the newest first."""
    query = sa.select(entries).order_by(entries.c.created_at.desc())
    with store.read() as connection:
        return [_entry(row) for row in connection.execute(query)]


def close(store: Store, code: str) -> None:
    """Ends a campaign: its word is a word again. Raises EntryError where there is none."""
    here = entries.c.code == code
    with store.write() as connection:
        if connection.execute(sa.update(entries).where(here).values(active=False)).rowcount != 1:
            raise EntryError(f"there is no code {code}; see: alo entry list")


def _entry(row: Row) -> Entry:
    return Entry(row.code, row.name, row.language, row.greeting, row.active)


class Codes:
    """The codes that are in use, read again now and then: a new one needs no restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codes: tuple[str, ...] = ()
        self._until = 0.0

    def __call__(self) -> tuple[str, ...]:
        if time.monotonic() >= self._until:
            self._codes = tuple(x.code for x in all_of(self._store) if x.active)
            self._until = time.monotonic() + READ_AGAIN
        return self._codes


def marked(incoming: Incoming, codes: tuple[str, ...]) -> Incoming:
    """The message with the code it begins with, if it is one of ours; a code alone asks for all.

    A code in a link that is none of ours is no code: anybody can write a link.
    """
    if incoming.code:
        known = incoming.code.lower() in codes
        return replace(incoming, code=incoming.code.lower() if known else "")
    code, rest = _split(incoming.text, codes)
    if not code:
        return incoming
    if rest:
        return replace(incoming, code=code, text=rest)
    return replace(incoming, code=code, text="", choice=MENU)


def _split(text: str, codes: tuple[str, ...]) -> tuple[str, str]:
    """The code that the text begins with, if any, and the rest."""
    pieces = text.split()
    for code in codes:
        for count in range(1, min(len(pieces), code.count("-") + 1) + 1):
            if _same(code, " ".join(pieces[:count])):
                return code, " ".join(pieces[count:])
    return "", ""


def _same(code: str, words: str) -> bool:
    wanted, written = code.replace("-", ""), normalise(words).replace(" ", "")
    if wanted == written:
        return True
    return len(wanted) >= ENOUGH and fuzz.ratio(wanted, written, score_cutoff=NEARLY) > 0
