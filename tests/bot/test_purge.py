"""What is no longer needed is gone, what is needed stays, and nothing of it can ever be read."""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import dialogues, inbox, outbox
from bot.model import Incoming
from bot.purge import purge
from bot.settings import Settings
from bot.store import Store
from bot.tables import conversations, metadata
from bot.tables import dialogues as dialogues_table
from bot.tables import inbox as inbox_table
from channels import web
from tests import samples
from tests.conftest import make_settings

KEEP, HOUR = 48, 3600
DAY = 24 * HOUR
CONFIG = make_settings(Path("unused"))
MANY = 260_000  # more than SQLite takes values in one statement
PHONE = "phonea1b2c3d4e5f6a7b8"
SAID = "Zulmarina nan Petyonvil"
OTHER = "+50937003344"


def age(store: Store, hours: float) -> None:
    """Makes everything so old."""
    samples.change(store, conversations, last_at=time.time() - hours * HOUR)


def finish_all(store: Store, said: str) -> None:
    """Answers a message and sends the reply, in which the words of the person stand again."""
    inbox.finish(store, inbox.claim(store, 60, "w"), samples.reply(said), {"country": said})
    outbox.sent(store, outbox.claim(store))


def dump(store: Store) -> bytes:
    """Every value of every table, but for the counts."""
    kept = {*samples.COUNTERS, "salts"}  # a salt goes at the end of its month
    tables = [x for x in metadata.sorted_tables if x.name not in kept]
    with store.read() as connection:
        rows = [row for table in tables for row in connection.execute(table.select())]
    values = [value for row in rows for value in row]
    return b"\n".join(x if isinstance(x, bytes) else str(x).encode() for x in map(_plain, values))


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def from_page() -> Incoming:
    """A message of the phone page, as its channel parses it."""
    return web.parse({"phone": PHONE, "id": "message-1", "region": "HT", "text": SAID})


@pytest.mark.parametrize("message", [samples.incoming(text=SAID, address=PHONE), from_page()])
def test_no_table_holds_a_readable_text_or_address(store: Store, message: Incoming) -> None:
    inbox.receive(store, message)
    finish_all(store, SAID)
    readable = [value for value in (SAID, PHONE) if value.encode() in dump(store)]

    assert readable == []


def test_the_database_file_holds_no_readable_text_or_address(tmp_path: Path) -> None:
    store = Store(make_settings(tmp_path))
    store.upgrade()
    inbox.receive(store, samples.incoming(text=SAID, address=PHONE))
    finish_all(store, SAID)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert [x for x in (SAID, PHONE) if x.encode() in written] == []


def test_of_an_old_conversation_no_row_is_left(store: Store) -> None:
    inbox.receive(store, from_page())
    finish_all(store, SAID)
    age(store, KEEP + 1)
    purge(store, CONFIG)

    assert dump(store) == b""


def test_the_number_of_erased_conversations_is_told(store: Store) -> None:
    for number in range(3):
        inbox.receive(store, samples.incoming(f"m{number}", f"+5093700{number}"))
        finish_all(store, SAID)
    age(store, KEEP + 1)

    assert purge(store, CONFIG)["conversations"] == 3


def test_a_conversation_stays_until_its_time_is_over(store: Store) -> None:
    inbox.receive(store, samples.incoming())
    finish_all(store, SAID)
    age(store, KEEP - 0.1)

    assert purge(store, CONFIG)["conversations"] == 0


def test_a_new_conversation_stays_whole(store: Store) -> None:
    inbox.receive(store, samples.incoming())
    finish_all(store, SAID)
    before = dump(store)
    purge(store, CONFIG)

    assert dump(store) == before


def test_an_old_conversation_leaves_the_new_ones_alone(store: Store) -> None:
    samples.answer(store, "old", OTHER)
    outbox.sent(store, outbox.claim(store))
    age(store, KEEP + 1)
    samples.answer(store, "new")
    purge(store, CONFIG)

    assert samples.column(store, inbox_table.c.message_id) == ["new"]


def test_an_old_message_that_waits_for_its_answer_stays(store: Store) -> None:
    inbox.receive(store, samples.incoming())
    age(store, KEEP + 1)
    purge(store, CONFIG)

    assert inbox.claim(store, 60, "w").text == "text of m1"


def test_an_old_reply_that_waits_to_be_sent_stays(store: Store) -> None:
    samples.answer(store)
    age(store, KEEP + 1)
    purge(store, CONFIG)

    assert outbox.claim(store).reply == samples.reply("reply to m1")


def test_an_old_reply_that_failed_goes(store: Store) -> None:
    samples.answer(store)
    outbox.give_up(store, outbox.claim(store))
    age(store, KEEP + 1)
    purge(store, CONFIG)

    assert dump(store) == b""


def test_an_old_conversation_of_the_terminal_goes_too(store: Store) -> None:
    with store.write() as connection:
        dialogues.save(store, connection, store.keys.pseudonym("terminal", "my test"), {})
    samples.change(store, dialogues_table, updated_at=time.time() - (KEEP + 1) * HOUR)
    purge(store, CONFIG)

    assert samples.column(store, dialogues_table.c.conversation) == []


def test_however_many_conversations_are_old_they_all_go(config: Settings) -> None:
    store = Store(config)
    store.upgrade()
    row = {"channel": "web", "address": b"", "region": "HT", "last_at": 0.0}
    rows = [{"id": str(number), **row} for number in range(MANY)]
    with store.write() as connection:
        connection.execute(sa.insert(conversations), rows)
    with contextlib.suppress(sa.exc.OperationalError):  # whose message would fill the screen
        purge(store, CONFIG)

    assert len(samples.column(store, conversations.c.id)) == 0


def test_a_message_that_comes_in_during_the_purge_is_kept(store: Store) -> None:
    samples.answer(store, "m1")
    outbox.sent(store, outbox.claim(store))
    age(store, KEEP + 1)
    coming = threading.Thread(target=inbox.receive, args=(store, samples.incoming("m2")))
    _start_after_first_query(store, coming)
    purge(store, CONFIG)
    coming.join()

    assert inbox.claim(store, 60, "w").text == "text of m2"


def _start_after_first_query(store: Store, coming: threading.Thread) -> None:
    """Lets something else happen between the first query of the next transaction and the rest."""

    def meanwhile(*_: Any) -> None:
        coming.start()
        coming.join(1.0)  # on SQLite it waits for us

    sa.event.listen(store.engine, "after_cursor_execute", meanwhile, once=True)
