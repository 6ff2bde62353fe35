"""What becomes of a reply, for each answer of a provider and for each moment of a death."""

from __future__ import annotations

import logging
import time

import pytest

from bot import calls, inbox, outbox
from bot.errors import Blocked, ChannelError, Retryable, Undeliverable, Unsure, WindowClosed
from bot.store import Store
from bot.tables import calls as record
from bot.tables import conversations
from bot.tables import outbox as table
from bot.wire import Receipt
from tests import samples
from tests.deliveries import answer, deliver, parcel, states
from tests.providers import Provider


async def test_the_messages_of_a_reply_are_sent_in_order(store: Store, provider: Provider) -> None:
    answer(store)
    await deliver(store, provider)

    assert provider.got == [(samples.ADDRESS, "one"), (samples.ADDRESS, "two")]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (None, "sent"),
        (Retryable("busy"), "waiting"),
        (Unsure("cut off"), "waiting"),
        (WindowClosed("late"), "held"),
        (Undeliverable("no such number"), "failed"),
        (Blocked("stopped"), "failed"),
        (RuntimeError("a mistake of ours"), "waiting"),
    ],
)
async def test_a_reply_ends_as_the_provider_says(
    store: Store, provider: Provider, error: Exception | None, state: str
) -> None:
    samples.answer(store)
    provider.error = error
    await deliver(store, provider)

    assert states(store) == [state]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (None, "taken"),
        (Retryable("busy"), "refused"),
        (Unsure("cut off"), "calling"),
        (Undeliverable("no such number"), "refused"),
        (RuntimeError("a mistake of ours"), "calling"),
    ],
)
async def test_a_call_is_recorded_as_it_ended(
    store: Store, provider: Provider, error: Exception | None, state: str
) -> None:
    samples.answer(store)
    provider.error = error
    await deliver(store, provider)

    assert samples.column(store, record.c.state) == [state]


@pytest.mark.parametrize(("tries", "wait"), [(1, 2), (2, 4), (3, 8), (5, 32), (20, 300)])
async def test_each_try_waits_twice_as_long(
    store: Store, provider: Provider, tries: int, wait: int
) -> None:
    samples.answer(store)
    provider.error = Retryable("busy")
    before = time.time()
    await deliver(store, provider, tries=tries - 1)
    due = samples.column(store, table.c.due_at)[0]

    assert before + wait <= due <= time.time() + wait


async def test_the_provider_may_want_a_longer_wait(store: Store, provider: Provider) -> None:
    samples.answer(store)
    provider.error = Retryable("busy", after=77)
    before = time.time()
    await deliver(store, provider)

    assert samples.column(store, table.c.due_at)[0] >= before + 77


@pytest.mark.parametrize(("everybody", "pause"), [(True, 77.0), (False, 0.0)])
async def test_the_provider_may_want_no_call_at_all_for_a_while(
    store: Store, provider: Provider, everybody: bool, pause: float
) -> None:
    samples.answer(store)
    provider.error = Retryable("busy", after=77, everybody=everybody)

    assert await deliver(store, provider) == pause


async def test_a_reply_that_is_never_taken_fails(store: Store, provider: Provider) -> None:
    samples.answer(store)
    provider.error = Retryable("busy")
    await deliver(store, provider, tries=outbox.MAX_TRIES - 1)

    assert states(store) == ["failed"]


async def test_what_was_sent_of_a_reply_is_not_sent_again(
    store: Store, provider: Provider
) -> None:
    answer(store)
    calls.taken(store, calls.begin(store, parcel(store), 0, None).number, "id-0")
    await deliver(store, provider)

    assert provider.called == ["two"]


async def test_who_has_blocked_us_is_marked_and_gets_nothing_that_waits(
    store: Store, provider: Provider
) -> None:
    samples.answer(store, "m1")
    samples.answer(store, "m2")
    provider.error = Blocked("stopped")
    await deliver(store, provider)

    assert (samples.column(store, conversations.c.stopped), states(store)) == (
        ["blocked"],
        ["failed", "stopped"],
    )


async def test_who_writes_again_is_no_longer_marked(store: Store, provider: Provider) -> None:
    samples.answer(store, "m1")
    provider.error = Blocked("stopped")
    await deliver(store, provider)
    inbox.receive(store, samples.incoming("m2"))

    assert samples.column(store, conversations.c.stopped) == [""]


async def test_what_came_too_late_is_sent_when_the_person_writes(
    store: Store, provider: Provider
) -> None:
    samples.answer(store, "m1")
    provider.error = WindowClosed("late")
    await deliver(store, provider)
    provider.error = None
    inbox.receive(store, samples.incoming("m2"))
    await deliver(store, provider)

    assert states(store) == ["sent"]


async def test_outside_the_window_the_person_is_asked_to_write_once(
    store: Store, provider: Provider
) -> None:
    samples.answer(store, "m1")
    provider.window = 60.0
    samples.change(store, conversations, last_at=time.time() - 61)
    await deliver(store, provider)
    samples.change(store, table, state="waiting")
    await deliver(store, provider)

    assert (provider.called, provider.invited, states(store)) == (
        [],
        [samples.ADDRESS],
        ["held"],
    )


async def test_a_window_that_the_provider_closes_afterwards_keeps_the_reply(
    store: Store, provider: Provider
) -> None:
    samples.answer(store)
    await deliver(store, provider)
    calls.keep(store, Receipt("id-1", "failed", "63016"), {"63016": "window"})
    await deliver(store, provider)

    assert (states(store), provider.called) == (["held"], ["reply to m1"])


@pytest.mark.parametrize("error", [Retryable("busy"), Undeliverable("gone"), Blocked("no")])
async def test_the_log_names_the_fault_and_not_the_person(
    store: Store, provider: Provider, caplog: pytest.LogCaptureFixture, error: ChannelError
) -> None:
    samples.answer(store)
    provider.error = error
    with caplog.at_level(logging.INFO):
        await deliver(store, provider)

    assert (error.code in caplog.text, samples.ADDRESS in caplog.text) == (True, False)
