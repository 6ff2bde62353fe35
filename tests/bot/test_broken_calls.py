"""A call that broke off is asked about before it is made again: no reply is sent twice."""

from __future__ import annotations

import time

import pytest

from bot import calls, delivery
from bot.store import Store
from bot.tables import calls as record
from bot.tables import outbox as table
from tests import samples
from tests.deliveries import answer, deliver, parcel, states
from tests.providers import Provider


async def test_after_a_death_in_a_call_the_provider_is_asked(
    store: Store, provider: Provider
) -> None:
    answer(store)
    calls.begin(store, parcel(store), 0, None)
    provider.found = "id-of-the-lost-one"
    await deliver(store, provider)

    assert (provider.called, samples.column(store, record.c.provider_id)) == (
        ["two"],
        ["id-of-the-lost-one", "id-1"],
    )


async def test_what_the_provider_does_not_have_is_sent_again(
    store: Store, provider: Provider
) -> None:
    answer(store)
    calls.begin(store, parcel(store), 0, None)
    await deliver(store, provider)

    assert provider.called == ["one", "two"]


async def test_the_question_names_what_the_person_got_before(
    store: Store, provider: Provider
) -> None:
    answer(store, "m1")
    await deliver(store, provider)
    answer(store, "m2")
    calls.begin(store, parcel(store), 0, None)
    await deliver(store, provider)

    assert provider.asked[0].known == {"id-1", "id-2"}


async def test_a_refusal_needs_no_question(store: Store, provider: Provider) -> None:
    answer(store)
    attempt = calls.begin(store, parcel(store), 0, None)
    calls.refused(store, attempt.number, "busy")
    await deliver(store, provider)

    assert (provider.asked, provider.called) == ([], ["one", "two"])


@pytest.mark.parametrize(("ago", "asked"), [(0.0, 0), (3.0, 0), (6.0, 1), (60.0, 1)])
async def test_nobody_is_asked_about_what_may_still_be_on_its_way(
    store: Store, provider: Provider, monkeypatch: pytest.MonkeyPatch, ago: float, asked: int
) -> None:
    monkeypatch.setattr(delivery, "SETTLE_SECONDS", 5.0)
    samples.answer(store)
    calls.begin(store, parcel(store), 0, None)
    samples.change(store, record, ended_at=time.time() - ago)
    await deliver(store, provider)

    assert (len(provider.asked), len(provider.called)) == (asked, asked)
    assert states(store) == ["sent" if asked else "waiting"]


async def test_what_may_still_be_on_its_way_is_tried_again_when_it_has_arrived(
    store: Store, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "SETTLE_SECONDS", 50.0)
    samples.answer(store)
    calls.begin(store, parcel(store), 0, None)
    await deliver(store, provider)

    assert samples.column(store, table.c.due_at) == [pytest.approx(time.time() + 50, abs=5)]


async def test_the_question_names_the_last_try_and_not_the_first(
    store: Store, provider: Provider
) -> None:
    samples.answer(store)
    calls.begin(store, parcel(store), 0, None)
    samples.change(store, record, began_at=1000.0, ended_at=2000.0)
    await deliver(store, provider)

    assert [(x.began_at, x.tried_at) for x in provider.asked] == [(1000.0, 2000.0)]


async def test_a_receipt_that_comes_before_the_question_hides_no_message(
    store: Store, provider: Provider
) -> None:
    samples.answer(store)
    broken = calls.begin(store, parcel(store), 0, None)
    calls.taken(store, broken.number, "id-of-another")  # as a receipt does, but seen too late
    found = calls.known(store, samples.column(store, record.c.conversation)[0], broken.number)

    assert "id-of-another" not in found
