"""The webhooks themselves (the contract of each channel is in tests/channels/test_contract.py)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import registry
from bot.campaigns import entry
from bot.campaigns.entry import Entry
from bot.hooks import Hooks
from bot.model import Incoming
from bot.settings import Settings
from bot.store import Store
from bot.tables import conversations, inbox
from bot.wire import Delivery
from channels.web import Web
from tests import samples
from tests.conftest import make_settings
from tests.web import client

MESSAGE = Incoming("web", "m1", samples.ADDRESS, text="radio1")


class Hooked(Web):
    """A channel that is asked for messages."""

    hooked = True

    def polls(self) -> bool:
        """Always."""
        return True

    async def poll(self, receive: Any) -> None:
        """Fetches one message, until it is kept."""
        self.kept = [await receive(Delivery(messages=(MESSAGE,)))]


@pytest.fixture
def store(config: Settings) -> Iterator[Store]:
    """A store on SQLite."""
    made = Store(config)
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def fetching(monkeypatch: pytest.MonkeyPatch) -> Hooked:
    """The only channel that is on."""
    channel = Hooked()
    monkeypatch.setattr(registry, "connected", lambda _: {"web": channel})
    return channel


async def test_what_is_fetched_is_kept(store: Store, config: Settings, fetching: Hooked) -> None:
    await Hooks(config, store).poll()

    assert (samples.column(store, inbox.c.message_id), fetching.kept) == (["m1"], [True])


async def test_what_could_not_be_kept_is_fetched_again(tmp_path: Path, fetching: Hooked) -> None:
    gone = make_settings(tmp_path, ALO_DATABASE_URL="sqlite:////tmp")
    await Hooks(gone, Store(gone)).poll()

    assert fetching.kept == [False]


async def test_an_entry_code_is_kept_with_the_first_message(
    store: Store, config: Settings, fetching: Hooked
) -> None:
    entry.add(store, Entry("radio1", "Radio", "ht"))
    await Hooks(config, store).poll()

    assert samples.column(store, conversations.c.entry) == ["radio1"]


@pytest.mark.parametrize("path", ["/hooks/web", "/hooks/nothing", "/hooks/status/nobody"])
def test_a_webhook_of_nobody_is_not_there(store: Store, tmp_path: Path, path: str) -> None:
    assert client(store, tmp_path).post(path).status_code == 404


def test_a_webhook_is_not_to_be_read(store: Store, tmp_path: Path) -> None:
    assert client(store, tmp_path).get("/hooks/sms").status_code == 405


def test_who_knocks_for_hours_fills_no_log(
    store: Store, config: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    hooks = Hooks(config, store)
    with caplog.at_level(logging.WARNING):
        for _ in range(2000):
            hooks._count(hooks.refused, "sms", "was not signed")

    assert (hooks.refused["sms"], len(caplog.records)) == (2000, 5)


async def test_without_a_channel_that_fetches_nothing_is_done(
    store: Store, config: Settings
) -> None:
    await asyncio.wait_for(Hooks(config, store).poll(), 5)
