"""The key is changed and everything goes on; then the old one is dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import InvalidToken

from bot import inbox, outbox, rotation
from bot.rotation import SEALED, Count, count, rotate
from bot.store import Store
from bot.tables import conversations, metadata, notes, users
from bot.tables import inbox as inbox_table
from bot.tables import outbox as outbox_table
from tests import samples
from tests.conftest import make_settings

OLD = "the secret of before and long enough for it"
NEW = "another secret as long as the one of before"
SKETCHES = {"people.sketch", "unanswered.sketch"}


def reopened(store: Store, folder: Path, **environment: str) -> Store:
    """The same database with other keys."""
    url = store.engine.url.render_as_string(hide_password=False)
    return Store(make_settings(folder, ALO_DATABASE_URL=url, **environment))


@pytest.fixture
def changed(store: Store, tmp_path: Path) -> Store:
    """A database with a conversation of before, and the new key in front of the old."""
    store = reopened(store, tmp_path, ALO_SECRET_KEY=OLD)
    samples.answer(store, "m1")
    inbox.receive(store, samples.incoming("m2"))
    with store.write() as connection:
        body = store.keys.seal("a note")
        connection.execute(sa.insert(notes).values(handover=1, user=1, body=body, at=0.0))
        user: dict[str, Any] = {"password": "x", "role": "admin", "created_at": 0.0}
        codes = [("ana", store.keys.seal("code")), ("bob", None)]
        for name, code in codes:
            connection.execute(sa.insert(users).values(name=name, second_factor=code, **user))
    return reopened(store, tmp_path, ALO_SECRET_KEY=NEW, ALO_OLD_SECRET_KEYS=OLD)


def test_what_was_there_before_is_read_and_sent(changed: Store) -> None:
    parcel = outbox.claim(changed)

    assert (parcel.reply, parcel.address) == (samples.reply("reply to m1"), samples.ADDRESS)


def test_the_conversation_goes_on_where_it_was(changed: Store) -> None:
    inbox.receive(changed, samples.incoming("m3"))
    job = inbox.claim(changed, 60, "w")

    assert (job.text, job.dialogue) == ("text of m2", {"language": "ht"})
    assert len(samples.column(changed, conversations.c.id)) == 1


def test_what_is_new_is_written_with_the_new_key(changed: Store) -> None:
    inbox.receive(changed, samples.incoming("m3"))
    newest = bytes(samples.column(changed, inbox_table.c.body)[-1])

    assert changed.keys.is_present(newest)


def test_after_the_change_the_old_key_is_not_needed(changed: Store, tmp_path: Path) -> None:
    before = count(changed)
    rotate(changed)
    after = reopened(changed, tmp_path, ALO_SECRET_KEY=NEW, ALO_PSEUDONYM_KEY=OLD)
    inbox.receive(after, samples.incoming("m3"))

    assert (before, count(after)) == (Count(old=8), Count(present=9))
    assert outbox.claim(after).address == samples.ADDRESS
    assert len(samples.column(after, conversations.c.id)) == 1


def test_without_the_change_the_old_key_is_needed(changed: Store, tmp_path: Path) -> None:
    after = reopened(changed, tmp_path, ALO_SECRET_KEY=NEW)

    assert count(after) == Count(unknown=8)
    with pytest.raises(InvalidToken):
        after.keys.unseal(bytes(samples.column(after, outbox_table.c.body)[0]))


def test_a_second_time_there_is_nothing_to_do(changed: Store) -> None:
    rotate(changed)

    assert rotate(changed) == Count(present=8)


def test_what_no_key_reads_is_counted_and_left(changed: Store, tmp_path: Path) -> None:
    before = samples.column(changed, notes.c.body)
    stranger = reopened(changed, tmp_path, ALO_SECRET_KEY="a key that wrote nothing of all this")

    assert (rotate(stranger), samples.column(stranger, notes.c.body)) == (Count(unknown=8), before)


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_however_many_rows_there_are_all_are_changed(
    changed: Store, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", at_once)
    for number in range(3, 9):
        inbox.receive(changed, samples.incoming(f"m{number}", f"+509370011{number}"))
    rotate(changed)

    assert count(changed) == Count(present=8 + 12)


def test_a_row_that_changes_meanwhile_keeps_its_newer_value(changed: Store) -> None:
    newer = changed.keys.seal("newer")
    rows = next(rotation._batches(changed, notes.c.body))
    samples.change(changed, notes, body=newer)
    rotation._reseal(changed, notes.c.body, rows)

    assert bytes(samples.column(changed, notes.c.body)[0]) == newer


def test_every_encrypted_column_is_changed() -> None:
    sealed = {str(column) for column in SEALED}
    binary = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.LargeBinary)
    }

    assert binary - sealed == SKETCHES
