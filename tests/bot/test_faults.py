"""A day on which messages waited too long is marked."""

from __future__ import annotations

import time

import pytest

from bot import faults, inbox
from bot.store import Store
from bot.tables import faults as table
from bot.tables import inbox as inbox_table
from tests import samples


@pytest.mark.parametrize(("waited", "minutes"), [(10, []), (200, [2])])
def test_a_worker_that_is_down_is_noted(store: Store, waited: float, minutes: list[int]) -> None:
    inbox.receive(store, samples.incoming())
    samples.change(store, inbox_table, received_at=time.time() - waited)
    faults.watch(store)
    faults.watch(store)

    assert samples.column(store, table.c.minutes) == minutes


def test_a_message_that_is_answered_waits_no_more(store: Store) -> None:
    samples.answer(store)
    samples.change(store, inbox_table, received_at=0.0)

    assert not faults.watch(store)
