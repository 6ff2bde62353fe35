"""`alo purge` and `alo keys`: counts and what to do next, and never a key."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli, outbox
from bot.store import Store
from bot.tables import conversations
from tests import samples
from tests.conftest import make_settings

OLD = "the secret of before and long enough for it"
NEW = "another secret as long as the one of before"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A machine with one conversation of long ago, encrypted with OLD."""
    monkeypatch.setenv("ALO_VAR", str(tmp_path))
    monkeypatch.setenv("ALO_SECRET_KEY", OLD)
    for name in ("ALO_DATABASE_URL", "ALO_OLD_SECRET_KEYS", "ALO_PSEUDONYM_KEY"):
        monkeypatch.setenv(name, "")
    store = Store(make_settings(tmp_path, ALO_SECRET_KEY=OLD))
    store.upgrade()
    samples.answer(store)
    outbox.sent(store, outbox.claim(store))
    samples.change(store, conversations, last_at=0.0)
    return store


def alo(*words: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(cli.app, words)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_rehearsal_says_what_would_go_and_erases_nothing(machine: Store) -> None:
    said = alo("purge", "--dry-run")

    assert "1  a conversation with the program alone" in said
    assert "Nothing was erased." in said
    assert len(samples.column(machine, conversations.c.id)) == 1


def test_a_purge_says_what_is_gone(machine: Store) -> None:
    assert "1  a conversation with the program alone" in alo("purge")
    assert samples.column(machine, conversations.c.id) == []


def test_a_purge_names_nobody(machine: Store) -> None:
    name = samples.column(machine, conversations.c.id)[0]

    assert name not in alo("purge", "--dry-run")


def test_with_one_key_everything_is_encrypted_with_it() -> None:
    assert alo("keys", "status").startswith("5 values are encrypted with ALO_SECRET_KEY.")


def test_a_change_of_the_key_tells_the_next_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALO_SECRET_KEY", NEW)
    monkeypatch.setenv("ALO_OLD_SECRET_KEYS", OLD)
    first = alo("keys", "rotate")
    monkeypatch.setenv("ALO_PSEUDONYM_KEY", OLD)
    then = alo("keys", "status")

    assert "5 values were encrypted again." in first
    assert "set ALO_PSEUDONYM_KEY to the oldest of them" in first
    assert "The old keys can be dropped." in then
    assert [key for key in (OLD, NEW) if key in first + then] == []


def test_what_nobody_can_read_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALO_SECRET_KEY", NEW)

    assert "5 are encrypted with none of them: nobody can read them." in alo("keys", "status")
