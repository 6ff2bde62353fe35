"""What a dump of the database shows of a person: nothing readable, and after the purge nothing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import inbox, outbox, worker
from bot.delivery import deliver
from bot.engine import Heard
from bot.model import Choice, Incoming, Paragraph, Place, Reply
from bot.purge import purge
from bot.settings import Settings
from bot.store import Store
from bot.tables import (
    calls,
    conversations,
    handovers,
    kept_questions,
    metadata,
    notes,
    presence,
    usage,
)
from bot.tables import outbox as outbox_table
from channels.base import Sending
from tests.conftest import make_settings

DAY = 24 * 3600.0
NUMBER = "+50937001122"
SAID = "Mwen se Zulmarina Bontan, m nan Petyonvil"
PAPER = "12345678-9"
PLACE = Place(18.51263, -72.28571, "Kay Zulmarina")
CHOICE = "country:DO"
OPERATOR = "Bonjou Zulmarina, rele biwo a demen"
NOTE = "Zulmarina gen de timoun"
# All that is hers, as she, the program and the operator wrote it.
HERS = (NUMBER, NUMBER[1:], "Zulmarina", "Petyonvil", PAPER, "72.28571", CHOICE, "timoun", "demen")


class Answering:
    """An engine that repeats what was said, with choices, and remembers the country."""

    async def respond(self, _: str, heard: Heard, __: Any) -> tuple[Reply, dict[str, Any]]:
        """The text again."""
        part = Paragraph(heard.text)
        reply = Reply(paragraphs=(part,), choices=(Choice("Zulmarina", CHOICE),), language="ht")
        return reply, {"country": "DO", "options": [CHOICE]}


class Taking(Sending):
    """A provider that takes everything."""

    name = "sms"
    longest = 1000

    async def send(self, call: Any) -> str:
        """Its id."""
        return f"SM{call.number}"


async def live_through(config: Settings, store: Store) -> str:
    """A conversation on all its ways: asked, answered, handed over, answered by an operator."""
    for number, more in enumerate(({}, {"choice": CHOICE}, {"place": PLACE})):
        text = f"{SAID}, DUI {PAPER}"
        message = Incoming("sms", f"SM00{number}", NUMBER, text=text, region="HT", **more)
        inbox.receive(store, message)
        await worker.answer(config, store, Answering(), inbox.claim(store, 60, "w"))
    conversation = _conversation(store)
    _hand_over(store, conversation)
    while parcel := outbox.claim(store):
        await deliver(store, Taking(config), parcel)
    return conversation


def _conversation(store: Store) -> str:
    with store.read() as connection:
        return str(connection.execute(sa.select(conversations.c.id)).scalar())


def _hand_over(store: Store, conversation: str) -> None:
    """A hand-over with its note, an operator's reply, and one count."""
    now = time.time()
    case = {"conversation": conversation, "state": "ended", "urgent": False, "why": "asked",
            "channel": "sms", "language": "ht", "country": "HT", "topic": "documents.passport",
            "alias": "Ti Wòch", "began_at": now, "person_at": now, "ended_at": now}  # fmt: skip
    count = dict.fromkeys(("value", "channel", "language", "country", "topic", "entry"), "")
    with store.write() as connection:
        connection.execute(sa.insert(handovers).values(**case))
        note = {"handover": 1, "user": 1, "body": store.keys.seal(NOTE), "at": now}
        connection.execute(sa.insert(notes).values(**note))
        connection.execute(sa.insert(presence).values(handover=1, user=1, seen_at=now))
        body = store.keys.seal(SAID)
        kept = {"day": "2020-01-01", "language": "ht", "body": body}
        connection.execute(sa.insert(kept_questions).values(**kept))
        day = {"day": "2026-11-27", "measure": "message", "trial": False, "count": 1}
        connection.execute(sa.insert(usage).values(**day, **count))
        reply = Reply(paragraphs=(Paragraph(OPERATOR),), language="ht")
        outbox.put(store, connection, conversation, "sms", reply, None)
        newest = sa.select(sa.func.max(outbox_table.c.id)).scalar_subquery()
        author = sa.update(outbox_table).where(outbox_table.c.id == newest)
        connection.execute(author.values(author=1))


def dump(store: Store) -> bytes:
    """Every value of every table, and on SQLite also the dump and the raw files."""
    with store.read() as connection:
        rows = [
            row for table in metadata.sorted_tables for row in connection.execute(table.select())
        ]
    values = [_bytes(value) for row in rows for value in row]
    path = store.engine.url.database
    if store.engine.dialect.name == "sqlite":
        with store.read() as connection:
            lines = connection.connection.driver_connection.iterdump()
            values += [line.encode() for line in lines]
        values += [file.read_bytes() for file in Path(path).parent.glob(f"{Path(path).name}*")]
    return b"\n".join(values)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()


def age(store: Store) -> None:
    """Makes everything older than any lifetime of a conversation."""
    before = time.time() - 40 * DAY
    with store.write() as connection:
        connection.execute(sa.update(conversations).values(last_at=before))
        connection.execute(sa.update(handovers).values(person_at=before, ended_at=before))
        connection.execute(sa.update(presence).values(seen_at=before))


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Settings:
    """Settings with each database in turn."""
    return make_settings(tmp_path, ALO_DATABASE_URL=database_url)


@pytest.fixture(autouse=True)
def other_process(store: Store) -> Iterator[None]:
    """Somebody else has the database open, so that SQLite's log file stays where it is."""
    with store.engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))
        connection.rollback()
        yield


async def test_before_the_purge_nothing_of_her_can_be_read(config: Settings, store: Store) -> None:
    await live_through(config, store)
    shown = dump(store)

    assert [word for word in HERS if word.encode() in shown] == []


async def test_with_the_key_all_but_the_number_of_her_paper_is_there(
    config: Settings, store: Store
) -> None:
    """Else the test above would show nothing."""
    await live_through(config, store)
    with store.read() as connection:
        sealed = [
            bytes(value)
            for table, column in (
                ("inbox", "body"), ("outbox", "body"), ("notes", "body"), ("dialogues", "state"),
                ("conversations", "address"),
            )
            for value in connection.execute(sa.select(metadata.tables[table].c[column])).scalars()
        ]  # fmt: skip
    opened = " ".join(str(store.keys.unseal(value)) for value in sealed)

    assert [word for word in HERS if word not in opened] == [PAPER]


async def test_after_the_purge_nothing_of_the_conversation_is_there_but_counts(
    config: Settings, store: Store
) -> None:
    conversation = await live_through(config, store)
    with store.read() as connection:
        ids = list(connection.execute(sa.select(calls.c.provider_id)).scalars())
        sealed = [bytes(x) for x in connection.execute(sa.select(outbox_table.c.body)).scalars()]
    age(store)
    purge(store, config)
    shown, left = dump(store), _filled(store)

    assert len(ids) == 4
    traces = [conversation.encode(), *(x.encode() for x in ids), *sealed, "Ti Wòch".encode()]
    assert (left, [trace for trace in traces if trace in shown]) == (
        ["people", "salts", "usage"],
        [],
    )


def _filled(store: Store) -> list[str]:
    with store.read() as connection:
        return [
            table.name
            for table in metadata.sorted_tables
            if connection.execute(table.select()).first()
        ]


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
async def test_a_dump_that_postgresql_makes_shows_nothing(config: Settings, store: Store) -> None:
    await live_through(config, store)
    url = store.engine.url.render_as_string(hide_password=False)
    done = subprocess.run(["pg_dump", url], capture_output=True, check=True)

    assert [word for word in HERS if word.encode() in done.stdout] == []
