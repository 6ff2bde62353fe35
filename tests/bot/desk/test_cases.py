"""Looks into the hand-overs: who is there, who waits, in which order, under which name."""

from __future__ import annotations

import time

from bot.desk import cases, handover
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import notes as notes_table
from tests import desks, samples
from tests.desks import ANNA


def test_without_an_account_nobody_is_there(store: Store) -> None:
    with store.read() as connection:
        assert not handover.staffed(connection)


def test_with_an_operator_somebody_is_there(store: Store) -> None:
    desks.staff(store)
    with store.read() as connection:
        assert handover.staffed(connection)


def test_an_operator_who_has_left_is_nobody(store: Store) -> None:
    desks.staff(store, active=False)
    with store.read() as connection:
        assert not handover.staffed(connection)


def test_another_help_desk_is_somebody(store: Store) -> None:
    with store.read() as connection:
        assert handover.staffed(connection, outside=True)


def test_urgent_ones_come_first_then_who_waits_longest(store: Store, content: Knowledge) -> None:
    cases = [desks.waiting(store, content, f"+5093700110{n}", urgent=n == 2) for n in range(3)]
    with store.read() as connection:
        found = [case.id for case in handover.queue(connection)]

    assert found == [cases[2].id, cases[0].id, cases[1].id]


def test_an_ended_one_is_not_in_the_queue(store: Store, content: Knowledge) -> None:
    handover.close(store, desks.taken(store, content).id, ANNA, "answered")
    with store.read() as connection:
        assert handover.queue(connection) == []


def test_the_invented_name_is_of_the_list(store: Store, content: Knowledge) -> None:
    name, number = desks.waiting(store, content).alias.split()

    assert (name in content.desk.names, number.isdigit()) == (True, True)


def test_no_two_have_the_same_invented_name(store: Store, content: Knowledge) -> None:
    small = content.desk.copy(update={"names": ["Ceiba"]})
    cases = [desks.waiting(store, content, f"+509370011{n:02}", desk=small) for n in range(12)]

    assert len({case.alias for case in cases}) == len(cases)


def test_a_note_cannot_be_read_in_the_table(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.note(store, case.id, ANNA, "Needs the visa team")

    assert b"visa" not in bytes(samples.column(store, notes_table.c.body)[0])


def test_of_a_waiting_one_it_tells_no_wait(store: Store, content: Knowledge) -> None:
    desks.waiting(store, content)
    with store.read() as connection:
        assert cases.waits(connection, 0.0) == []


def test_of_a_taken_one_it_tells_how_long_it_waited(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    with store.read() as connection:
        found = cases.waits(connection, time.time() - 60)

    assert found == [(case.began_at, (case.taken_at or 0.0) - case.began_at)]


def test_what_was_taken_before_does_not_count(store: Store, content: Knowledge) -> None:
    desks.taken(store, content)
    desks.ago(store, 3600, "taken_at")
    with store.read() as connection:
        assert cases.waits(connection, time.time() - 60) == []
