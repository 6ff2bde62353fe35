"""The sender process sends what waits, erases what is old, and ends when it is told to."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Callable

import pytest

from bot import outbox, sender
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.store import Store
from bot.tables import conversations
from bot.tables import outbox as table
from tests import desks, samples
from tests.conftest import make_settings


async def run_until(config: Settings, condition: Callable[[], bool]) -> None:
    """Runs the sender until something has happened, then tells it to stop."""
    sending = asyncio.create_task(sender.send_all(config))
    for _ in range(1000):
        await asyncio.sleep(0.01)
        if condition():
            break
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(sending, 10)


@pytest.fixture
def store(config: Settings) -> Store:
    """The store that the sender uses too."""
    made = Store(config)
    made.upgrade()
    return made


async def test_the_sender_sends_what_waits_until_it_is_told_to_stop(
    config: Settings, store: Store
) -> None:
    for number in range(5):
        samples.answer(store, f"m{number}", f"+5093700110{number}")
    await run_until(config, lambda: samples.column(store, table.c.state) == ["sent"] * 5)

    assert samples.column(store, table.c.state) == ["sent"] * 5


async def test_a_reply_for_a_channel_that_is_off_waits(config: Settings, store: Store) -> None:
    samples.answer(store, "m1")
    samples.change(store, table, channel="sms")
    samples.answer(store, "m2", "+50937001199")
    await run_until(config, lambda: "sent" in samples.column(store, table.c.state))

    assert samples.column(store, table.c.state) == ["waiting", "sent"]


async def test_the_sender_erases_what_is_old(config: Settings, store: Store) -> None:
    samples.answer(store)
    outbox.sent(store, outbox.claim(store))
    samples.change(store, conversations, last_at=time.time() - 3600 * (config.keep_hours + 1))
    await run_until(config, lambda: not samples.column(store, conversations.c.id))

    assert samples.column(store, conversations.c.id) == []


async def test_the_sender_takes_it_from_an_operator_who_is_silent(
    config: Settings, store: Store, content: Knowledge
) -> None:
    case = desks.taken(store, content)
    desks.ago(store, 3600.0 * (content.desk.silent_hours + 1), "taken_at")
    await run_until(config, lambda: desks.now(store, case).state == "ended")

    assert desks.now(store, case).outcome == "silent"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, ""),
        ({"TWILIO_SMS_FROM": "+15005550006"}, "sms is off; set TWILIO_ACCOUNT_SID"),
        ({"TWILIO_WHATSAPP_FROM": "+15005550006"}, "whatsapp is off; set TWILIO_ACCOUNT_SID"),
    ],
)
def test_a_channel_that_is_half_set_up_is_named(
    config: Settings, caplog: pytest.LogCaptureFixture, environment: dict[str, str], named: str
) -> None:
    with caplog.at_level(logging.WARNING):
        sender._say_what_is_off(make_settings(config.var, **environment))

    assert (named in caplog.text, bool(caplog.text)) == (True, bool(named))
