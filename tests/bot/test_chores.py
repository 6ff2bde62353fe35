"""What is done beside the sending."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import chores, inbox
from bot.counts import people
from bot.counts.people import Group
from bot.desk import handover
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.store import Store
from bot.tables import conversations, faults, salts
from tests import desks, samples
from tests.conftest import make_settings


def test_every_hour_what_is_old_is_erased(store: Store, config: Settings) -> None:
    inbox.receive(store, samples.incoming(control="help"))
    samples.change(store, conversations, last_at=time.time() - 7 * 24 * 3600)
    chores.hourly(store, config)

    assert samples.column(store, conversations.c.id) == []


def test_every_minute_silent_operators_are_noticed(
    store: Store, config: Settings, content: Knowledge
) -> None:
    case = desks.taken(store, content)
    desks.ago(store, 3600.0 * (content.desk.silent_hours + 1), "taken_at")
    chores.minutely(store, config)

    assert desks.now(store, case).outcome == "silent"


def test_every_minute_a_worker_that_is_down_is_noted(store: Store, config: Settings) -> None:
    inbox.receive(store, samples.incoming())
    with store.write() as connection:
        connection.execute(sa.text("UPDATE inbox SET received_at = 0"))
    chores.minutely(store, config)

    assert samples.column(store, faults.c.kind, faults.c.kind != "seen") == ["worker"]


def test_content_that_cannot_be_read_stops_nothing(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chores.minutely(store, make_settings(tmp_path, ALO_KNOWLEDGE=str(tmp_path / "nothing")))

    assert "topics.yml" in caplog.text
    assert samples.column(store, faults.c.kind) == ["seen"]


def test_every_hour_the_salts_of_months_that_are_over_are_thrown_away(
    store: Store, config: Settings
) -> None:
    with store.write() as connection:
        people.add(store, connection, {Group("2026-01", "all", "", False): ["a"]})
    chores.hourly(store, config)

    assert samples.column(store, salts.c.month) == []


async def test_both_are_done_at_once_and_go_on(
    store: Store, config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(chores, "hourly", lambda *_: done.append("hour"))
    monkeypatch.setattr(chores, "minutely", lambda *_: done.append("minute"))
    monkeypatch.setattr(chores, "MINUTE", 0.0)
    task = asyncio.create_task(chores.go_on(store, config))
    while done.count("minute") < 3:
        await asyncio.sleep(0.001)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task

    assert (done[0], done.count("hour")) == ("hour", 1)


async def test_an_error_ends_it(
    store: Store, config: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "overdue", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        await chores.go_on(store, config)
