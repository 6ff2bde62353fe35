"""A message comes in once and has one worker at a time; a worker that is gone loses nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import inbox, outbox
from bot.errors import LeaseLost
from bot.inbox import Job
from bot.model import Place
from bot.store import Store
from bot.tables import conversations, dialogues
from bot.tables import inbox as inbox_table
from bot.tables import outbox as outbox_table
from tests import samples
from tests.conftest import make_settings
from tests.samples import ADDRESS, incoming, reply

OTHER = "+50937003344"


def texts(store: Store, *, claims: int) -> list[str]:
    """The texts of so many claims, none of which is finished."""
    jobs = [inbox.claim(store, 60, "worker-1") for _ in range(claims)]
    return [job.text for job in jobs if job]


@pytest.fixture
def lost(store: Store) -> Job:
    """A job whose lease has run out, and whose conversation another worker has now."""
    inbox.receive(store, incoming())
    job = inbox.claim(store, 0, "slow")
    assert job is not None
    assert inbox.claim(store, 60, "quick") is not None
    return job


def test_a_message_that_comes_twice_is_new_only_once(store: Store) -> None:
    assert [inbox.receive(store, incoming("m1")) for _ in range(2)] == [True, False]


def test_a_message_that_comes_twice_is_stored_once(store: Store) -> None:
    for _ in range(2):
        inbox.receive(store, incoming("m1"))

    assert samples.column(store, inbox_table.c.message_id) == ["m1"]


def test_a_message_that_comes_many_times_at_once_is_stored_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda _: inbox.receive(store, incoming("m1")), range(8)))

    assert sorted(new) == [False] * 7 + [True]


def test_the_same_id_on_another_channel_is_another_message(store: Store) -> None:
    inbox.receive(store, incoming("m1", channel="sms"))

    assert inbox.receive(store, incoming("m1", channel="web"))


def test_a_message_repeated_after_its_answer_is_not_new(store: Store) -> None:
    samples.answer(store, "m1")
    inbox.receive(store, incoming("m1"))

    assert inbox.claim(store, 60, "worker-1") is None


def test_a_worker_gets_all_that_the_message_holds(store: Store) -> None:
    place = Place(18.5, -72.3, "Delmas")
    inbox.receive(store, incoming("m1", text="paspò", choice="documents.passport", place=place))
    job = inbox.claim(store, 60, "worker-1")

    assert (job.text, job.choice, job.place) == ("paspò", "documents.passport", place)


def test_a_worker_gets_the_channel_and_the_country_of_the_number(store: Store) -> None:
    inbox.receive(store, incoming("m1", channel="sms", region="MX"))
    job = inbox.claim(store, 60, "worker-1")

    assert (job.channel, job.region) == ("sms", "MX")


def test_the_oldest_message_comes_first(store: Store) -> None:
    inbox.receive(store, incoming("m1", OTHER))
    inbox.receive(store, incoming("m2", ADDRESS))

    assert texts(store, claims=1) == ["text of m1"]


def test_a_conversation_is_answered_in_order(store: Store) -> None:
    for number in range(3):
        inbox.receive(store, incoming(f"m{number}"))
    jobs = []
    for _ in range(3):
        jobs.append(inbox.claim(store, 60, "worker-1"))
        inbox.finish(store, jobs[-1], reply(), None)

    assert [job.text for job in jobs] == ["text of m0", "text of m1", "text of m2"]


def test_a_conversation_in_work_is_given_to_nobody_else(store: Store) -> None:
    inbox.receive(store, incoming("m1"))
    inbox.receive(store, incoming("m2"))

    assert texts(store, claims=2) == ["text of m1"]


def test_different_conversations_are_worked_on_in_parallel(store: Store) -> None:
    inbox.receive(store, incoming("m1", ADDRESS))
    inbox.receive(store, incoming("m2", OTHER))

    assert texts(store, claims=2) == ["text of m1", "text of m2"]


def test_a_lease_that_ran_out_gives_the_message_to_another(store: Store) -> None:
    inbox.receive(store, incoming())
    first = inbox.claim(store, 0, "slow")
    second = inbox.claim(store, 60, "quick")

    assert (second.inbox_id, second.tries) == (first.inbox_id, 2)


def test_who_lost_the_lease_cannot_finish(store: Store, lost: Job) -> None:
    with pytest.raises(LeaseLost):
        inbox.finish(store, lost, reply(), {"language": "ht"})


@pytest.mark.parametrize("column", [outbox_table.c.id, dialogues.c.conversation])
def test_who_lost_the_lease_leaves_nothing(store: Store, lost: Job, column: sa.Column) -> None:
    with pytest.raises(LeaseLost):
        inbox.finish(store, lost, reply(), {"language": "ht"})

    assert samples.column(store, column) == []


def test_who_lost_the_lease_does_not_end_the_other_ones(store: Store, lost: Job) -> None:
    with pytest.raises(LeaseLost):
        inbox.put_back(store, lost)

    assert inbox.claim(store, 60, "a third") is None


def test_who_lost_the_lease_to_itself_cannot_finish(store: Store) -> None:
    inbox.receive(store, incoming())
    first = inbox.claim(store, 0, "worker-1")
    inbox.claim(store, 60, "worker-1")
    with pytest.raises(LeaseLost):
        inbox.finish(store, first, reply(), None)


def test_an_answered_message_is_done(store: Store) -> None:
    samples.answer(store)

    assert samples.column(store, inbox_table.c.state) == ["done"]


def test_a_reply_that_cannot_be_stored_leaves_the_message_waiting(store: Store) -> None:
    job = samples.take_in(store)
    with store.write() as connection:
        outbox.put(store, connection, job.conversation, "web", reply("in the way"), job.inbox_id)
    with pytest.raises(sa.exc.IntegrityError):
        inbox.finish(store, job, reply(), {"language": "ht"})

    assert samples.column(store, inbox_table.c.state) == ["waiting"]


def test_what_is_remembered_comes_with_the_next_message(store: Store) -> None:
    inbox.finish(store, samples.take_in(store, "m1"), reply(), {"language": "ht"})

    assert samples.take_in(store, "m2").dialogue == {"language": "ht"}


def test_nothing_new_to_remember_leaves_what_was_remembered(store: Store) -> None:
    inbox.finish(store, samples.take_in(store, "m1"), reply(), {"language": "ht"})
    inbox.finish(store, samples.take_in(store, "m2"), reply(), None)

    assert samples.take_in(store, "m3").dialogue == {"language": "ht"}


def test_a_message_that_was_put_back_is_claimed_again(store: Store) -> None:
    job = samples.take_in(store)
    inbox.put_back(store, job)

    assert inbox.claim(store, 60, "worker-1").tries == 2


def test_a_dead_workers_messages_are_free_at_once(store: Store) -> None:
    job = samples.take_in(store)
    inbox.release_worker(store, "worker-1")

    assert inbox.claim(store, 60, "worker-2").inbox_id == job.inbox_id


@pytest.mark.parametrize("dead", ["worker", "worker-11", "worker_1", "worker%", "%"])
def test_a_worker_of_a_similar_name_keeps_its_message(store: Store, dead: str) -> None:
    samples.take_in(store)
    inbox.release_worker(store, dead)

    assert inbox.claim(store, 60, "worker-2") is None


def test_an_erasure_forgets_what_was_remembered(store: Store) -> None:
    samples.answer(store, "m1")
    samples.answer(store, "m2", effect="erase")

    assert samples.column(store, dialogues.c.conversation) == []


def test_an_erasure_removes_what_was_written(store: Store) -> None:
    samples.answer(store, "m1")
    samples.answer(store, "m2", effect="erase")

    assert samples.column(store, inbox_table.c.id) == []


def test_an_erasure_keeps_what_still_waits(store: Store) -> None:
    job = samples.take_in(store, "m1")
    inbox.receive(store, incoming("m2"))
    inbox.finish(store, job, reply(effect="erase"), None)

    assert texts(store, claims=1) == ["text of m2"]


def test_an_erasure_leaves_other_people_alone(store: Store) -> None:
    samples.answer(store, "m1", OTHER)
    samples.answer(store, "m2", ADDRESS, effect="erase")

    assert samples.column(store, inbox_table.c.message_id) == ["m1"]


def test_the_message_after_an_erasure_is_answered(store: Store) -> None:
    samples.answer(store, "m1", effect="erase")
    samples.answer(store, "m2")
    states = samples.column(store, outbox_table.c.state)

    assert states == ["waiting", "waiting"]


def test_an_address_that_was_erased_is_there_again_with_the_next_message(store: Store) -> None:
    inbox.receive(store, incoming("m1"))
    samples.change(store, conversations, address=store.keys.seal(""), erase=True)
    inbox.receive(store, incoming("m2"))
    address = samples.column(store, conversations.c.address)[0]

    assert store.keys.unseal(address) == ADDRESS


def test_a_message_that_the_key_cannot_read_does_not_stop_the_others(
    store: Store, tmp_path: Path
) -> None:
    inbox.receive(store, incoming("m1", OTHER))
    url = store.engine.url.render_as_string(hide_password=False)
    after = Store(make_settings(tmp_path, ALO_DATABASE_URL=url, ALO_SECRET_KEY="another " * 8))
    inbox.receive(after, incoming("m2"))

    assert texts(after, claims=2)[-1] == "text of m2"
