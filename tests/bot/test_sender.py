"""What the sender makes of each answer of a provider."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable

import pytest

from bot import outbox, registry, sender
from bot.errors import ChannelError, Retryable, Undeliverable
from bot.model import Message
from bot.settings import Settings
from bot.store import Store, conversations
from bot.store import outbox as table
from channels.web import Web
from tests import samples


class Recording(Web):
    """A provider that takes everything, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.taken: list[tuple[str, str]] = []

    async def send(self, call: Call) -> str:
        """Remembers what was sent."""
        self.calls.append(call.message.text)
        if self.error:
            raise self.error
        self.got.append((call.address, call.message.text))
        return f"id-{len(self.got)}"

    async def taken(self, call: Call) -> str | None:
        """What the provider says of a call that broke off."""
        return self.found

    async def invite(self, address: str) -> None:
        """Remembers who was asked to write."""
        self.invited.append(address)


@pytest.fixture
def provider() -> Recording:
    """A provider."""
    return Recording()


async def test_a_reply_is_rendered_and_sent(store: Store, provider: Recording) -> None:
    samples.answer(store)
    await send_one(store)

    assert provider.taken == [(samples.ADDRESS, "reply to m1")]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (None, "sent"),
        (Retryable("busy"), "waiting"),
        (Undeliverable("no such number"), "failed"),
    ],
)
async def test_a_reply_ends_as_the_provider_says(
    store: Store, provider: Recording, error: Exception | None, state: str
) -> None:
    samples.answer(store)
    provider.error = error
    await send_one(store)

    assert samples.column(store, table.c.state) == [state]


async def test_a_mistake_in_a_channel_does_not_stop_the_sender(
    store: Store, provider: Recording
) -> None:
    samples.answer(store)
    provider.error = RuntimeError("a mistake of ours")
    await send_one(store)

    assert samples.column(store, table.c.state) == ["waiting"]


@pytest.mark.parametrize(("tries", "wait"), [(1, 2), (2, 4), (3, 8), (5, 32)])
async def test_each_try_waits_twice_as_long(
    store: Store, provider: Recording, tries: int, wait: int
) -> None:
    samples.answer(store)
    provider.error = Retryable("busy")
    before = time.time()
    await send_one(store, tries)
    due = samples.column(store, table.c.due_at)[0]

    assert before + wait <= due <= time.time() + wait


async def test_a_reply_that_is_never_taken_fails(store: Store, provider: Recording) -> None:
    samples.answer(store)
    provider.error = Retryable("busy")
    await send_one(store, outbox.MAX_TRIES)

    assert samples.column(store, table.c.state) == ["failed"]


@pytest.mark.parametrize("error", [Retryable("busy"), Undeliverable("gone")])
async def test_the_log_names_the_fault_and_not_the_person(
    store: Store, provider: Recording, caplog: pytest.LogCaptureFixture, error: ChannelError
) -> None:
    samples.answer(store)
    provider.error = error
    with caplog.at_level(logging.INFO):
        await send_one(store)

    assert (error.code in caplog.text, samples.ADDRESS in caplog.text) == (True, False)


async def run_until(config: Settings, condition: Callable[[], bool]) -> None:
    """Runs the sender until something has happened, then tells it to stop."""
    sending = asyncio.create_task(sender.send_all(config))
    for _ in range(1000):
        await asyncio.sleep(0.01)
        if condition():
            break
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(sending, 10)


async def test_the_sender_sends_what_waits_until_it_is_told_to_stop(config: Settings) -> None:
    store = Store(config)
    store.upgrade()
    samples.answer(store)
    await run_until(config, lambda: samples.column(store, table.c.state) == ["sent"])

    assert samples.column(store, table.c.state) == ["sent"]


async def test_the_sender_erases_what_is_old(config: Settings) -> None:
    store = Store(config)
    store.upgrade()
    samples.answer(store)
    outbox.sent(store, outbox.claim(store))
    samples.change(store, conversations, last_at=time.time() - 3600 * (config.keep_hours + 1))
    await run_until(config, lambda: not samples.column(store, conversations.c.id))

    assert samples.column(store, conversations.c.id) == []
