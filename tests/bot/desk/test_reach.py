"""Whether a person can be written to."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa

from bot.desk import reach
from bot.desk.handover import Case
from bot.desk.reach import Reach
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import conversations
from tests import desks, samples

HOUR = 3600.0


@pytest.fixture
def case(store: Store, content: Knowledge) -> Case:
    """A conversation that waits."""
    return desks.waiting(store, content, channel="whatsapp")


def of(store: Store, case: Any) -> Reach:
    """How the person can be reached."""
    with store.read() as connection:
        return reach.of(store, connection, case)


def test_whatsapp_lets_us_write_for_a_day(store: Store, case: Case) -> None:
    samples.change(store, conversations, last_at=time.time() - 23 * HOUR)

    left = of(store, case).left

    assert left is not None
    assert 0.9 * HOUR < left <= HOUR


def test_after_the_day_nothing_is_left(store: Store, case: Case) -> None:
    samples.change(store, conversations, last_at=time.time() - 25 * HOUR)

    assert of(store, case).left == 0.0


def test_sms_has_no_clock(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content, channel="sms")

    assert of(store, case) == Reach(erased=False)


@pytest.mark.parametrize("why", ["asked", "blocked"])
def test_silence_is_known(store: Store, case: Case, why: str) -> None:
    desks.stop(store, why)

    assert of(store, case).stopped == why


def test_an_address_that_is_erased(store: Store, case: Case) -> None:
    samples.change(store, conversations, address=store.keys.seal(""))

    assert of(store, case).erased


def test_an_address_of_another_key(store: Store, case: Case) -> None:
    samples.change(store, conversations, address=b"gAAAAA nobody can read this")

    assert of(store, case).erased


def test_a_conversation_that_is_gone(store: Store, case: Case) -> None:
    with store.write() as connection:
        connection.execute(sa.delete(conversations))

    assert of(store, case).erased
