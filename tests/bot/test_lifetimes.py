"""Each kind of thing goes when its time is over, not before, and as the table says."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import inbox, outbox
from bot.model import Reply
from bot.purge import LIFETIMES, erase, purge, would_go
from bot.settings import Settings
from bot.store import Store
from bot.tables import (
    attempts,
    audit,
    conversations,
    handovers,
    kept_questions,
    metadata,
    mirrored,
    mirrors,
    notes,
    outside_replies,
    presence,
    salts,
    sessions,
)
from bot.tables import inbox as inbox_table
from bot.tables import outbox as outbox_table
from tests import samples
from tests.conftest import make_settings

HOUR, DAY = 3600.0, 24 * 3600.0
CONFIG = make_settings(Path("unused"))
NOW = time.time


def insert(store: Store, table: sa.Table, **values: Any) -> None:
    """One row."""
    with store.write() as connection:
        connection.execute(sa.insert(table).values(**values))


def talked(store: Store, ago: float, message_id: str = "m1") -> str:
    """A conversation whose last message is so old. Returns its id."""
    job = samples.answer(store, message_id)
    outbox.sent(store, outbox.claim(store))
    samples.change(store, conversations, last_at=NOW() - ago)
    return job.conversation


def called(store: Store, conversation: str, ago: float, state: str = "ended", **more: Any) -> None:
    """A hand-over of it, in which the person wrote last so long ago; and a note."""
    row = {"conversation": conversation, "state": state, "urgent": False, "why": "asked",
           "channel": "web", "language": "ht", "country": "HT", "topic": "", "alias": "Wòch",
           "began_at": NOW() - ago, "person_at": NOW() - ago, "ended_at": None,
           **more}  # fmt: skip
    insert(store, handovers, **row)
    number = samples.column(store, handovers.c.id)[-1]
    insert(store, notes, handover=number, user=1, body=store.keys.seal("nòt"), at=NOW() - ago)
    insert(store, presence, handover=number, user=1, seen_at=NOW())


def put(
    store: Store, conversation: str, state: str, ago: float, author: int | None = None
) -> None:
    """A reply in that state, so old."""
    body = store.keys.seal(samples.reply("yon repons").as_json())
    insert(store, outbox_table, conversation=conversation, channel="web", body=body, state=state,
           due_at=NOW(), created_at=NOW() - ago, author=author)  # fmt: skip


def rows(store: Store) -> dict[str, int]:
    """How many rows each table has, where there are any, but for the counts and their salt."""
    known = {*samples.COUNTERS, "salts"}
    counts = {x.name: count(store, x) for x in metadata.sorted_tables if x.name not in known}
    return {name: number for name, number in counts.items() if number}


def count(store: Store, table: sa.Table) -> int:
    """How many rows a table has."""
    with store.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0


def addresses(store: Store) -> list[bool]:
    """Whether the address of each conversation is there."""
    return [bool(bytes(x)) for x in samples.column(store, conversations.c.address)]


@pytest.mark.parametrize(("ago", "left"), [(31 * DAY, False), (29 * DAY, True), (49 * HOUR, True)])
def test_with_an_operator_texts_stay_a_month(store: Store, ago: float, left: bool) -> None:
    called(store, talked(store, ago), ago, ended_at=NOW() - ago)
    purge(store, CONFIG)

    assert bool(rows(store)) == left


@pytest.mark.parametrize(("ago", "there"), [(49 * HOUR, False), (47 * HOUR, True)])
def test_the_address_goes_after_two_days_where_texts_stay(
    store: Store, ago: float, there: bool
) -> None:
    called(store, talked(store, ago), ago, ended_at=NOW() - ago)
    purge(store, CONFIG)

    assert (addresses(store), rows(store).get("inbox")) == ([there], 1)


@pytest.mark.parametrize("state", ["waiting", "taken"])
def test_the_address_stays_while_a_hand_over_goes_on(store: Store, state: str) -> None:
    called(store, talked(store, 5 * DAY), 5 * DAY, state)
    purge(store, CONFIG)

    assert addresses(store) == [True]


def test_the_address_goes_two_days_after_the_operator_wrote_last(store: Store) -> None:
    called(store, talked(store, 5 * DAY), 5 * DAY, operator_at=NOW() - HOUR)
    purge(store, CONFIG)
    after_an_hour = addresses(store)
    samples.change(store, handovers, operator_at=NOW() - 49 * HOUR)
    purge(store, CONFIG)

    assert (after_an_hour, addresses(store)) == ([True], [False])


def test_a_hand_over_that_nobody_ends_does_not_live_for_ever(store: Store) -> None:
    called(store, talked(store, 31 * DAY), 31 * DAY, "waiting")
    purge(store, CONFIG)

    assert rows(store) == {}


@pytest.mark.parametrize(("ago", "left"), [(6 * DAY, 1), (8 * DAY, None)])
@pytest.mark.parametrize("state", ["held", "waiting"])
def test_an_answer_waits_a_week_for_the_person(
    store: Store, state: str, ago: float, left: int | None
) -> None:
    put(store, talked(store, ago), state, ago)
    purge(store, CONFIG)

    assert rows(store).get("conversations") == left


def test_an_answer_that_was_kept_finds_the_address_again(store: Store) -> None:
    put(store, talked(store, 3 * DAY), "held", 3 * DAY)
    purge(store, CONFIG)
    without = addresses(store)
    inbox.receive(store, samples.incoming("m9"))

    assert (without, outbox.claim(store).address) == ([False], samples.ADDRESS)


def test_a_message_that_waits_in_vain_goes_after_a_week(store: Store) -> None:
    inbox.receive(store, samples.incoming())
    with store.write() as connection:
        connection.execute(sa.update(inbox_table).values(received_at=NOW() - 8 * DAY))
    samples.change(store, conversations, last_at=NOW() - 8 * DAY)
    purge(store, CONFIG)

    assert rows(store) == {}


def day(ago: float) -> str:
    """The day so long ago."""
    return datetime.fromtimestamp(NOW() - ago, timezone.utc).date().isoformat()


@pytest.mark.parametrize(
    ("table", "row", "young", "old"),
    [
        (attempts, lambda ago: {"key": "x", "count": 1, "until": NOW() - ago}, -0.1, 0.1),
        (audit, lambda ago: {"at": NOW() - ago, "user": "alo", "action": "x"}, 364, 366),
        (
            sessions,
            lambda ago: {"id": "x", "user": 1, "csrf": "x", "complete": True, "seen_at": NOW(),
                         "created_at": NOW() - ago},
            0.49,
            0.51,
        ),
        (presence, lambda ago: {"handover": 9, "user": 1, "seen_at": NOW() - ago}, 0.9, 1.1),
        (kept_questions, lambda ago: {"day": day(ago), "language": "ht", "body": b"x"}, 29, 32),
        (salts, lambda ago: {"month": day(ago)[:7], "salt": b"x"}, 0, 33),
    ],
    ids=["attempts", "audit", "sessions", "presence", "kept_questions", "salts"],
)  # fmt: skip
def test_what_has_a_time_of_its_own_goes_after_it(
    store: Store, table: sa.Table, row: Callable[[float], Any], young: float, old: float
) -> None:
    found = []
    for days in (young, old):
        insert(store, table, **row(days * DAY))
        purge(store, CONFIG)
        found.append(count(store, table))
        _empty(store, table)

    assert found == [1, 0]


@pytest.mark.parametrize(("days", "left"), [(6, 3), (8, 0)])
def test_what_another_help_desk_had_goes_a_week_after_the_hand_over(
    store: Store, days: float, left: int
) -> None:
    insert(store, mirrors, handover=9, due_at=NOW() - days * DAY)
    insert(store, mirrored, handover=9, inbox_id=1, state="taken")
    insert(store, outside_replies, id=1, handover=9, at=NOW())
    purge(store, CONFIG)

    assert sum(rows(store).values()) == left


def _empty(store: Store, table: sa.Table) -> None:
    with store.write() as connection:
        connection.execute(sa.delete(table))


@pytest.mark.parametrize("dry", [True, False])
def test_a_rehearsal_counts_the_same_and_erases_nothing(store: Store, dry: bool) -> None:
    called(store, talked(store, 31 * DAY), 31 * DAY, "waiting")
    insert(store, audit, at=0.0, user="alo", action="x")
    before = rows(store)
    gone = +(would_go if dry else purge)(store, CONFIG)

    assert (gone, rows(store)) == (
        {"forsaken": 1, "conversations": 1, "audit": 1, "addresses": 1},
        before if dry else {},
    )


@pytest.mark.parametrize("lifetime", LIFETIMES, ids=lambda lifetime: lifetime.name)
def test_a_setting_has_the_default_of_the_table(lifetime: Any, config: Settings) -> None:
    assert lifetime.seconds(config) == lifetime.length * lifetime.unit


def test_another_setting_gives_another_time(store: Store) -> None:
    called(store, talked(store, 4 * DAY), 4 * DAY, ended_at=NOW() - 4 * DAY)
    purge(store, dataclasses.replace(CONFIG, keep_operator_days=3))

    assert rows(store) == {}


def test_every_table_of_persons_has_a_lifetime() -> None:
    stay = {*samples.COUNTERS, "entries", "users"}
    held = {name for lifetime in LIFETIMES for name in lifetime.tables}

    assert {table.name for table in metadata.sorted_tables} - held == stay


def test_erased_at_once_nothing_is_left(store: Store) -> None:
    conversation = talked(store, 0)
    called(store, conversation, 0, "taken")
    put(store, conversation, "held", 0, author=1)
    inbox.receive(store, samples.incoming("m2"))
    with store.write() as connection:
        erase(connection, conversation)

    assert rows(store) == {}


def test_at_the_word_of_the_person_only_the_confirmation_stays(store: Store) -> None:
    conversation = talked(store, 0)
    called(store, conversation, 0, "taken")
    for state in ("waiting", "held"):
        put(store, conversation, state, 0, author=1)
    samples.answer(store, "m2", effect="erase")

    assert rows(store) == {"conversations": 1, "outbox": 1, "audit": 1}


def test_once_it_is_sent_nothing_stays_beyond_the_next_purge(store: Store) -> None:
    talked(store, 0)
    samples.answer(store, "m2", effect="erase")
    outbox.sent(store, outbox.claim(store))
    purge(store, CONFIG)

    assert rows(store) == {}


def test_who_writes_again_before_that_is_not_erased(store: Store) -> None:
    samples.answer(store, "m1", effect="erase")
    outbox.sent(store, outbox.claim(store))
    inbox.receive(store, samples.incoming("m2"))
    purge(store, CONFIG)

    assert inbox.claim(store, 60, "w").text == "text of m2"


def test_an_erasure_by_the_desk_leaves_other_people_alone(store: Store) -> None:
    talked(store, 0)
    other = samples.answer(store, "m2", "+50937009988").conversation
    with store.write() as connection:
        erase(connection, other)

    assert rows(store) == {"conversations": 1, "dialogues": 1, "inbox": 1, "outbox": 1}


def test_a_worker_whose_conversation_was_erased_commits_nothing(store: Store) -> None:
    job = samples.take_in(store)
    with store.write() as connection:
        erase(connection, job.conversation)
    with pytest.raises(inbox.LeaseLost):
        inbox.finish(store, job, Reply(), None)

    assert rows(store) == {}
