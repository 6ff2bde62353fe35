"""Replies leave in the order of their conversation, are tried again, and end as sent or failed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import outbox
from bot.store import Store
from bot.tables import calls, conversations
from bot.tables import outbox as table
from tests import samples
from tests.conftest import make_settings
from tests.samples import ADDRESS, answer

OTHER = "+50937003344"


def said(store: Store, *, claims: int = 1) -> list[str]:
    """The texts of so many claims, none of which is sent."""
    parcels = [outbox.claim(store) for _ in range(claims)]
    return [parcel.reply.paragraphs[0].full for parcel in parcels if parcel]


def address(store: Store) -> str:
    """The address of the one conversation."""
    sealed = bytes(samples.column(store, conversations.c.address)[0])
    return str(store.keys.unseal(sealed)) if sealed else ""


def test_an_empty_outbox_gives_nothing(store: Store) -> None:
    assert outbox.claim(store) is None


def test_a_reply_goes_to_the_address_that_wrote(store: Store) -> None:
    answer(store)
    parcel = outbox.claim(store)

    assert (parcel.channel, parcel.address) == ("web", ADDRESS)


def test_the_oldest_reply_leaves_first(store: Store) -> None:
    answer(store, "m1", OTHER)
    answer(store, "m2", ADDRESS)

    assert said(store) == ["reply to m1"]


def test_a_conversations_second_reply_waits_for_the_first(store: Store) -> None:
    answer(store, "m1")
    answer(store, "m2")

    assert said(store, claims=2) == ["reply to m1"]


def test_a_conversations_second_reply_follows_the_first(store: Store) -> None:
    answer(store, "m1")
    answer(store, "m2")
    outbox.sent(store, outbox.claim(store))

    assert said(store) == ["reply to m2"]


def test_a_reply_that_failed_does_not_hold_up_the_next(store: Store) -> None:
    answer(store, "m1")
    answer(store, "m2")
    outbox.give_up(store, outbox.claim(store))

    assert said(store) == ["reply to m2"]


def test_a_reply_to_be_tried_again_holds_up_the_next(store: Store) -> None:
    answer(store, "m1")
    answer(store, "m2")
    outbox.retry(store, outbox.claim(store), after=3600)

    assert outbox.claim(store) is None


def test_other_conversations_do_not_wait(store: Store) -> None:
    answer(store, "m1", ADDRESS)
    answer(store, "m2", OTHER)

    assert said(store, claims=2) == ["reply to m1", "reply to m2"]


def test_a_reply_in_hand_is_given_to_nobody_else(store: Store) -> None:
    answer(store)
    outbox.claim(store)

    assert outbox.claim(store) is None


def test_a_reply_whose_sender_died_is_given_to_another(store: Store) -> None:
    answer(store)
    outbox.claim(store)
    samples.change(store, table, lease_until=time.time() - 1)

    assert outbox.claim(store).tries == 2


def test_a_sent_reply_is_never_given_again(store: Store) -> None:
    answer(store)
    outbox.sent(store, outbox.claim(store))
    samples.change(store, table, lease_until=0.0, due_at=0.0)

    assert outbox.claim(store) is None


def test_a_reply_to_be_tried_again_waits_so_long(store: Store) -> None:
    answer(store)
    before = time.time()
    outbox.retry(store, outbox.claim(store), after=3600)
    due = samples.column(store, table.c.due_at)[0]

    assert before + 3600 <= due <= time.time() + 3600


def test_a_reply_that_is_due_again_is_tried_again(store: Store) -> None:
    answer(store)
    outbox.retry(store, outbox.claim(store), after=0)

    assert outbox.claim(store).tries == 2


@pytest.mark.parametrize(
    ("tries", "state"), [(outbox.MAX_TRIES - 1, "waiting"), (outbox.MAX_TRIES, "failed")]
)
def test_a_reply_fails_with_its_last_try(store: Store, tries: int, state: str) -> None:
    answer(store)
    for _ in range(tries):
        outbox.retry(store, outbox.claim(store), after=0)

    assert samples.column(store, table.c.state) == [state]


def test_an_erased_conversation_keeps_its_address_until_the_confirmation_is_sent(
    store: Store,
) -> None:
    answer(store, effect="erase")

    assert outbox.claim(store).address == ADDRESS


def test_an_erased_conversation_loses_its_address_with_the_confirmation(store: Store) -> None:
    answer(store, effect="erase")
    outbox.sent(store, outbox.claim(store))

    assert address(store) == ""


def test_a_confirmation_that_could_not_be_sent_takes_the_address_too(store: Store) -> None:
    answer(store, effect="erase")
    outbox.give_up(store, outbox.claim(store))

    assert address(store) == ""


def test_an_erased_conversation_keeps_its_address_while_any_reply_waits(store: Store) -> None:
    answer(store, "m1")
    answer(store, "m2", effect="erase")
    outbox.sent(store, outbox.claim(store))

    assert outbox.claim(store).address == ADDRESS


def test_a_conversation_that_nobody_erased_keeps_its_address(store: Store) -> None:
    answer(store)
    outbox.sent(store, outbox.claim(store))

    assert address(store) == ADDRESS


def test_an_erasure_removes_what_was_sent(store: Store) -> None:
    answer(store, "m1")
    outbox.sent(store, outbox.claim(store))
    answer(store, "m2", effect="erase")

    assert samples.column(store, table.c.state) == ["waiting"]


def test_an_erasure_keeps_a_reply_that_still_waits(store: Store) -> None:
    answer(store, "m1")
    answer(store, "m2", effect="erase")

    assert said(store) == ["reply to m1"]


def test_a_reply_after_an_erasure_has_a_higher_number_than_any_before(store: Store) -> None:
    """The phone page asks for what came after the last number it knows."""
    answer(store, "m1")
    first = outbox.claim(store)
    outbox.sent(store, first)
    answer(store, "m2", effect="erase")

    assert outbox.claim(store).outbox_id > first.outbox_id


def test_a_reply_that_the_key_cannot_read_does_not_stop_the_others(
    store: Store, tmp_path: Path
) -> None:
    answer(store, "m1", OTHER)
    url = store.engine.url.render_as_string(hide_password=False)
    after = Store(make_settings(tmp_path, ALO_DATABASE_URL=url, ALO_SECRET_KEY="another " * 8))
    answer(after, "m2")

    assert said(after, claims=2)[-1] == "reply to m2"


def test_what_a_dead_sender_had_is_free_at_once_and_the_try_does_not_count(store: Store) -> None:
    answer(store)
    outbox.claim(store, sender="the dead one")
    outbox.release_sender(store, "another")
    still = outbox.claim(store)
    outbox.release_sender(store, "the dead one")

    assert (still, outbox.claim(store).tries) == (None, 1)


def test_only_channels_with_something_due_are_named(store: Store) -> None:
    answer(store, "m1")
    before = outbox.due(store)
    outbox.retry(store, outbox.claim(store), after=3600)

    assert (before, outbox.due(store), outbox.claim(store, "sms")) == (["web"], [], None)


def test_a_key_is_known_and_none_is_not(store: Store) -> None:
    job = samples.take_in(store)
    with store.write() as connection:
        made = outbox.put(
            store, connection, job.conversation, "web", samples.reply(), None, author=1, key="k1"
        )
        outbox.put(store, connection, job.conversation, "web", samples.reply(), None)

    with store.read() as connection:
        assert [outbox.known(connection, key) for key in ("k1", "k2", "")] == [made, None, None]


@pytest.mark.parametrize(
    ("state", "receipt", "again"),
    [
        ("failed", "", True),
        ("sent", "failed", True),
        ("sent", "delivered", False),
        ("waiting", "", False),
        ("held", "", False),
        ("stopped", "", False),
    ],
)
def test_only_what_failed_is_sent_again(
    store: Store, state: str, receipt: str, again: bool
) -> None:
    job = samples.answer(store)
    number = samples.column(store, table.c.id)[0]
    row = {"outbox_id": number, "part": 0, "conversation": job.conversation, "state": "taken"}
    with store.write() as connection:
        connection.execute(sa.insert(calls).values(**row, receipt=receipt, began_at=0.0))
    samples.change(store, table, state=state)

    with store.write() as connection:
        assert outbox.send_again(connection, number, job.conversation) is again
    if again:
        with store.write() as connection:
            assert not outbox.send_again(connection, number, job.conversation)
        assert samples.column(store, table.c.state) == ["waiting"]
        assert samples.column(store, calls.c.receipt) == [""]


def test_a_reply_of_somebody_else_is_not_sent_again(store: Store) -> None:
    samples.answer(store)
    samples.change(store, table, state="failed")
    number = samples.column(store, table.c.id)[0]

    with store.write() as connection:
        assert not outbox.send_again(connection, number, "somebody else")
