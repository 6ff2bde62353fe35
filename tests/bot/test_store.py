"""The tables come into being once, however many processes want them, and on both databases."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot import store as store_module
from bot.errors import SettingsError
from bot.settings import ROOT, Settings
from bot.store import Store, opened
from bot.tables import conversations, dialogues, inbox, metadata
from tests import samples
from tests.conftest import make_settings

UPGRADE = "from bot import settings, store; store.Store(settings.load()).upgrade()"
AT_ONCE = 4


def test_a_second_upgrade_keeps_what_is_stored(store: Store) -> None:
    samples.answer(store)
    store.upgrade()

    assert samples.column(store, inbox.c.message_id) == ["m1"]


def test_processes_that_upgrade_at_the_same_time_all_succeed(
    bare_url: str, tmp_path: Path
) -> None:
    env = {"ALO_DATABASE_URL": bare_url, "ALO_SECRET_KEY": "x" * 40, "ALO_VAR": str(tmp_path)}
    command = [sys.executable, "-c", UPGRADE]
    started = [subprocess.Popen(command, cwd=ROOT, env=env) for _ in range(AT_ONCE)]

    assert [process.wait() for process in started] == [0] * AT_ONCE


def ours(name: str | None, kind: str, _: object) -> bool:
    """Whether a table is not SQLite's own."""
    return kind != "table" or not str(name).startswith("sqlite_")


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    options = {"compare_type": True, "include_name": ours}
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)

    assert differences == []


def fail_after_writing(store: Store) -> None:
    """Writes, then raises, in one transaction."""
    with store.write() as connection:
        row = {"conversation": "c", "state": b"", "updated_at": 0.0}
        connection.execute(sa.insert(dialogues).values(row))
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_writing(store)

    assert samples.column(store, dialogues.c.conversation) == []


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    samples.answer(store)
    with store.write() as connection:
        connection.execute(sa.delete(inbox))
        assert samples.column(store, inbox.c.message_id) == ["m1"]


def test_a_writer_does_not_wait_for_a_reader(store: Store) -> None:
    with store.read() as connection:
        connection.execute(sa.select(inbox)).all()
        samples.answer(store)

    assert samples.column(store, inbox.c.message_id) == ["m1"]


def test_what_is_written_is_there_for_another_process(store: Store, tmp_path: Path) -> None:
    samples.answer(store)
    url = store.engine.url.render_as_string(hide_password=False)
    other = Store(make_settings(tmp_path, ALO_DATABASE_URL=url))
    assert samples.column(other, conversations.c.channel) == ["web"]
    other.close()


def test_the_folder_of_a_database_file_is_made(tmp_path: Path) -> None:
    made = Store(make_settings(tmp_path / "not" / "there"))
    made.upgrade()

    assert (tmp_path / "not" / "there" / "alo.db").is_file()


@pytest.mark.parametrize("address", ["a database", "sqlite:", "://host/name"])
def test_a_wrong_database_address_is_named(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match="ALO_DATABASE_URL"):
        Store(make_settings(tmp_path, ALO_DATABASE_URL=address))


def test_what_sqlite_deletes_is_overwritten(config: Settings) -> None:
    with Store(config).read() as connection:
        assert connection.execute(sa.text("PRAGMA secure_delete")).scalar() == 1


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite, and its file."""
    with opened(make_settings(tmp_path)) as made:
        yield made


def test_a_writer_waits_for_another_process(on_sqlite: Store) -> None:
    other = sqlite3.connect(on_sqlite.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor() as pool:
        written = pool.submit(_write, on_sqlite)
        with pytest.raises(NotYet):
            written.result(0.2)
        other.execute("COMMIT")

        assert written.result(20) == 1


def test_but_not_for_ever(on_sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.1)
    other = sqlite3.connect(on_sqlite.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sa.exc.OperationalError, match="locked"):
        _write(on_sqlite)
    other.execute("COMMIT")

    assert _write(on_sqlite) == 1


def test_who_reads_meanwhile_is_patient_as_before(on_sqlite: Store) -> None:
    _write(on_sqlite)
    with on_sqlite.read() as connection:
        patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar()

    assert patience == store_module.PATIENCE * 1000


def test_a_transaction_within_another_fails_and_does_not_hang(
    on_sqlite: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "PATIENCE", 0.1)

    with on_sqlite.write(), pytest.raises(sa.exc.OperationalError, match="locked"):
        _write(on_sqlite)


def _write(store: Store) -> int:
    with store.write() as connection:
        return int(connection.execute(sa.text("SELECT 1")).scalar_one())
