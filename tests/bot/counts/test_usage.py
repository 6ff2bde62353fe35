"""Counts are right, whatever happens, and hold nothing of a person."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from bot import inbox
from bot.counts import usage
from bot.errors import LeaseLost
from bot.model import Reply
from bot.store import Store
from bot.tables import usage as table
from tests import samples

OTHER = "+50937003344"


def counted(store: Store, *columns: str) -> dict[Any, int]:
    """How often each measure was counted, by these columns."""
    by = [table.c[name] for name in columns or ("measure", "value")]
    query = sa.select(*by, sa.func.sum(table.c.count)).group_by(*by)
    with store.read() as connection:
        return {tuple(row[:-1]): int(row[-1]) for row in connection.execute(query)}


def test_a_count_is_added_to(store: Store) -> None:
    with store.write() as connection:
        usage.count(connection, measure="call", value="answered")
        usage.count(connection, measure="call", value="answered", n=2)

    assert counted(store) == {("call", "answered"): 3}


def test_a_reply_is_counted_with_its_message(store: Store) -> None:
    samples.answer(store, topic="documents.passport")

    assert counted(store) == {
        ("message", ""): 1,
        ("reply", "answered"): 1,
        ("conversation", ""): 1,
    }


def test_what_is_known_of_a_message_is_counted_with_it(store: Store) -> None:
    inbox.receive(store, samples.incoming(channel="sms", code="radio-1"))
    job = inbox.claim(store, 60, "worker-1")
    reply = samples.reply(language="ht", country="HT", topic="hubs.nearest", hub="ht-belladere")
    inbox.finish(store, job, reply, None)

    known = ("channel", "language", "country", "topic", "entry", "trial", "measure", "value")
    assert ("sms", "ht", "HT", "hubs.nearest", "radio-1", False, "hub", "ht-belladere") in counted(
        store, *known
    )


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (samples.reply(topic="h2.what"), "answered"),
        (samples.reply(topic="meta.greet"), "courtesy"),
        (samples.reply(outcome="clarified"), "clarified"),
        (samples.reply(topic="meta.human", outcome="handover"), "handover"),
        (None, "silent"),
    ],
)
def test_how_a_message_was_met(store: Store, reply: Reply | None, outcome: str) -> None:
    job = samples.take_in(store)
    with store.write() as connection:
        usage.of_reply(store, connection, job, reply)

    assert counted(store)["reply", outcome] == 1


def test_the_phone_page_is_counted_apart(store: Store) -> None:
    samples.answer(store)

    assert counted(store, "trial") == {(True,): 3}


def test_a_person_is_counted_once_a_day_as_a_conversation(store: Store) -> None:
    for number, address in enumerate((samples.ADDRESS, samples.ADDRESS, OTHER)):
        samples.answer(store, f"m{number}", address)

    assert counted(store)["conversation", ""] == 2


@pytest.mark.parametrize(("about", "votes"), [("h2.what", {("h2.what",): 1}), ("", {})])
def test_a_vote_is_counted_for_the_answer_it_is_about(
    store: Store, about: str, votes: dict[Any, int]
) -> None:
    """`about` is what the open question is about; without one it is a second tap."""
    job = samples.take_in(store)
    job = type(job)(**{**vars(job), "dialogue": {"feedback": {"topic": about}}})
    effect = "helpful" if about else ""
    with store.write() as connection:
        usage.of_reply(store, connection, job, samples.reply(effect=effect))

    found = counted(store, "measure", "topic")
    assert {key[1:]: n for key, n in found.items() if key[0] == "helped"} == votes


def test_a_message_that_is_tried_again_is_counted_once(store: Store) -> None:
    job = samples.take_in(store)
    inbox.release_worker(store, "worker-1")
    second = inbox.claim(store, 60, "worker-2")
    inbox.finish(store, second, samples.reply(), None)
    with pytest.raises(LeaseLost):
        inbox.finish(store, job, samples.reply(), None)

    assert counted(store)["message", ""] == 1


def test_what_is_not_committed_is_not_counted(store: Store, monkeypatch: Any) -> None:
    """The worker dies after it has counted, before the end of the transaction."""
    job = samples.take_in(store)
    counting = usage.of_reply

    def dying(*arguments: Any) -> None:
        counting(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(usage, "of_reply", dying)
    with pytest.raises(KeyboardInterrupt):
        inbox.finish(store, job, samples.reply(), None)

    assert counted(store) == {}


def test_no_count_is_lost_among_many_writers(store: Store) -> None:
    events = [usage.Event("2026-11-27", "call", value) for value in ("a", "b", "c")]

    def write(order: int) -> None:
        tally = usage.Tally(Counter(events[order % 3 :] + events[: order % 3]))
        with store.write() as connection:
            tally.write(store, connection)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(24)))

    assert set(counted(store).values()) == {24}


def test_what_is_counted_has_no_id_text_or_time(store: Store) -> None:
    job = samples.answer(store, "m1")
    with store.read() as connection:
        rows = [dict(row._mapping) for row in connection.execute(sa.select(table))]

    held = json.dumps(rows)
    assert [
        x for x in (job.conversation, job.text, samples.ADDRESS, "reply to") if x in held
    ] == []
    assert {len(row["day"]) for row in rows} == {10}
