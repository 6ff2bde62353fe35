"""What another help desk has of a hand-over is in the hands of one sender at a time."""

from __future__ import annotations

import time

import pytest

from bot.desk import mirrors
from bot.desk.mirrors import Mirror
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import mirrors as table
from tests import desks, samples


@pytest.fixture
def mirror(store: Store, content: Knowledge) -> Mirror:
    """A hand-over that the help desk is to be told of, in the hands of a sender."""
    desks.waiting(store, content)
    found = mirrors.claim(store, "sender-1")
    assert found is not None
    return found


def test_a_sender_has_it_alone(store: Store, mirror: Mirror) -> None:
    assert mirrors.claim(store, "sender-2") is None


def test_what_a_dead_sender_had_is_free_at_once(store: Store, mirror: Mirror) -> None:
    mirrors.release(store, "sender-1")
    again = mirrors.claim(store, "sender-2")

    assert again is not None
    assert again.handover == mirror.handover
    assert samples.column(store, table.c.owner) == ["sender-2"]


def test_what_failed_waits_longer_each_time(store: Store, mirror: Mirror) -> None:
    waits = []
    for _ in range(3):
        mirrors.later(store, mirror)
        waits.append(samples.column(store, table.c.due_at)[0] - time.time())
        samples.change(store, table, due_at=0.0)
        mirror = mirrors.claim(store, "sender-1") or mirror

    assert waits == sorted(waits)
    assert waits[2] > 2 * waits[0]


def test_the_provider_may_ask_for_a_longer_wait(store: Store, mirror: Mirror) -> None:
    mirrors.later(store, mirror, after=100.0)

    assert samples.column(store, table.c.due_at)[0] > time.time() + 90


def test_a_call_that_broke_off_is_remembered(store: Store, mirror: Mirror) -> None:
    messages = mirrors.next_ones(store, mirror)
    mirrors.calling(store, mirror, messages)
    during = mirrors.in_the_air(store, mirror)
    mirrors.taken(store, mirror, messages, last=7)

    assert (during, mirrors.in_the_air(store, mirror)) == (messages, [])
    assert mirrors.again(store, mirror).last == 7


def test_a_reply_of_theirs_counts_once(store: Store, mirror: Mirror) -> None:
    with store.write() as connection:
        told = [mirrors.new_reply(connection, 5, mirror.handover, "") for _ in range(2)]

    assert told == [True, False]


def test_what_is_erased_over_there_leaves_no_row(store: Store, mirror: Mirror) -> None:
    mirrors.calling(store, mirror, mirrors.next_ones(store, mirror))
    mirrors.forget(store, mirror)

    assert samples.column(store, table.c.handover) == []
