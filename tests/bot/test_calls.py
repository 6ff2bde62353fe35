"""The record of provider calls, and the receipts that come to it in any order."""

from __future__ import annotations

import itertools
import time

import pytest

from bot import calls, inbox, outbox
from bot.outbox import Parcel
from bot.settings import Settings
from bot.store import Store
from bot.tables import calls as record
from bot.tables import conversations
from bot.tables import outbox as table
from bot.wire import Receipt
from tests import samples

MEANING = {"21610": "blocked", "63016": "window"}


def parcel(store: Store, message_id: str = "m1") -> Parcel:
    """A reply in the hands of a sender."""
    samples.answer(store, message_id)
    found = outbox.claim(store)
    assert found is not None
    return found


def sent(store: Store, message_id: str = "m1") -> int:
    """The number of a call for a reply that was sent."""
    one = parcel(store, message_id)
    number = calls.begin(store, one, 0, None).number
    calls.taken(store, number, f"id-of-{message_id}")
    outbox.sent(store, one)
    return number


def test_a_call_is_on_record_before_it_is_made(store: Store) -> None:
    calls.begin(store, parcel(store), 0, None)

    assert samples.column(store, record.c.state) == ["calling"]


def test_the_second_try_keeps_the_number_and_the_time_of_the_first(store: Store) -> None:
    one = parcel(store)
    first = calls.begin(store, one, 0, None)
    calls.refused(store, first.number, "busy")
    again = calls.begin(store, one, 0, calls.so_far(store, one)[0])

    assert (again.number, again.began_at, samples.column(store, record.c.state)) == (
        first.number,
        first.began_at,
        ["calling"],
    )


def test_how_far_a_reply_came_is_known_of_each_message(store: Store) -> None:
    one = parcel(store)
    for part in (0, 1):
        calls.begin(store, one, part, None)
    calls.taken(store, 1, "id")

    assert {part: x.state for part, x in calls.so_far(store, one).items()} == {
        0: "taken",
        1: "calling",
    }


@pytest.mark.parametrize("order", itertools.permutations(["sent", "delivered", "read"]))
def test_receipts_in_any_order_end_in_the_last_state(store: Store, order: tuple[str, ...]) -> None:
    sent(store)
    for state in order:
        calls.keep(store, Receipt("id-of-m1", state), MEANING)

    assert samples.column(store, record.c.receipt) == ["read"]


def test_a_receipt_of_nobody_leaves_nothing(store: Store) -> None:
    sent(store)

    assert (calls.keep(store, Receipt("another", "read"), MEANING),
            samples.column(store, record.c.receipt)) == (False, [""])  # fmt: skip


def test_a_receipt_with_our_number_ends_a_call_that_broke_off(store: Store) -> None:
    attempt = calls.begin(store, parcel(store), 0, None)
    calls.keep(store, Receipt("id-1", "sent", "", attempt.number), MEANING)

    assert (
        samples.column(store, record.c.state),
        samples.column(store, record.c.provider_id),
    ) == (
        ["taken"],
        ["id-1"],
    )


def test_a_receipt_with_a_number_of_another_message_is_not_believed(store: Store) -> None:
    number = sent(store)

    assert not calls.keep(store, Receipt("id-of-others", "read", "", number), MEANING)


def test_a_person_who_is_found_to_have_stopped_is_marked(store: Store) -> None:
    sent(store)
    calls.keep(store, Receipt("id-of-m1", "failed", "21610"), MEANING)

    assert samples.column(store, conversations.c.stopped) == ["blocked"]


def test_what_came_outside_the_window_waits_again(store: Store) -> None:
    sent(store)
    calls.keep(store, Receipt("id-of-m1", "failed", "63016"), MEANING)

    assert (samples.column(store, table.c.state), samples.column(store, record.c.code)) == (
        ["waiting"],
        ["window"],
    )


def test_any_other_error_is_kept_with_the_row(store: Store) -> None:
    sent(store)
    calls.keep(store, Receipt("id-of-m1", "failed", "30003"), MEANING)

    assert (samples.column(store, record.c.receipt), samples.column(store, record.c.code)) == (
        ["failed"],
        ["30003"],
    )


def test_ids_of_about_a_time_are_those_of_a_channel_in_and_out(store: Store) -> None:
    for message_id in ("m1", "m2"):
        sent(store, message_id)
    found = calls.around(store, "web", time.time())

    assert ({x for x, _, _ in found}, calls.around(store, "sms", time.time())) == (
        {"id-of-m1", "id-of-m2", "m1", "m2"},
        (),
    )
    assert all(began <= known <= time.time() for _, began, known in found)
    assert {x for x, began, _ in found if not began} == {"m1", "m2"}  # which came in


def test_of_long_before_it_only_what_went_out_last(store: Store) -> None:
    sent(store, "m1")
    found = calls.around(store, "web", time.time() + 10 * calls.AROUND)

    assert [x for x, _, _ in found] == ["id-of-m1"]


def test_who_leaves_is_marked_until_they_write(store: Store) -> None:
    sent(store)
    calls.left(store, "web", samples.ADDRESS)
    marked = samples.column(store, conversations.c.stopped)
    inbox.receive(store, samples.incoming("m2"))

    assert (marked, samples.column(store, conversations.c.stopped)) == (["blocked"], [""])


def test_who_leaves_without_having_written_leaves_no_trace(store: Store) -> None:
    calls.left(store, "web", "a stranger")

    assert samples.column(store, conversations.c.id) == []


@pytest.mark.parametrize("how", ["erase", "purge"])
def test_the_record_goes_with_the_conversation(store: Store, config: Settings, how: str) -> None:
    from bot.purge import purge

    sent(store)
    if how == "erase":
        samples.answer(store, "m2", effect="erase")
    else:
        samples.change(store, conversations, last_at=0.0)
        purge(store, config)

    assert samples.column(store, record.c.id) == []
