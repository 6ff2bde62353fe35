"""Marks that change when something on the desk does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot import inbox
from bot.desk import handover, news, presence
from bot.desk.handover import Case
from bot.desk.news import News
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import outbox
from tests import desks, samples

OTHER = "+50937009999"


@pytest.fixture
def case(store: Store, content: Knowledge) -> Case:
    """A conversation that Anna has."""
    desks.staff(store)
    return desks.taken(store, content)


def look(store: Store, case: Case) -> News:
    """The marks now."""
    return news.look(store, [case.id])


def test_nothing_happens_and_no_mark_changes(store: Store, case: Case) -> None:
    assert look(store, case) == look(store, case)


def write(store: Store, case: Case) -> None:
    """The person writes."""
    inbox.receive(store, samples.incoming("m9"))


def answer(store: Store, case: Case) -> None:
    """Anna answers."""
    handover.answer(store, case.id, desks.ANNA, "hello")


def note(store: Store, case: Case) -> None:
    """Anna notes something."""
    handover.note(store, case.id, desks.ANNA, "hello")


def fail(store: Store, case: Case) -> None:
    """What was sent is not delivered."""
    samples.change(store, outbox, state="failed")


def visit(store: Store, case: Case) -> None:
    """Somebody opens it."""
    presence.seen(store, [(case.id, desks.ANNA.id)])


def close(store: Store, case: Case) -> None:
    """Anna closes it."""
    handover.close(store, case.id, desks.ANNA, "answered")


@pytest.mark.parametrize("act", [write, answer, note, fail, visit, close])
def test_what_happens_in_a_conversation_changes_its_mark(
    store: Store, case: Case, act: Callable[..., Any]
) -> None:
    before = look(store, case)
    act(store, case)

    assert look(store, case).cases != before.cases


@pytest.mark.parametrize(("act", "changes"), [(close, True), (note, False), (visit, False)])
def test_the_queue_changes_only_with_what_it_shows(
    store: Store, case: Case, act: Callable[..., Any], changes: bool
) -> None:
    before = look(store, case)
    act(store, case)

    assert (look(store, case).queue != before.queue) is changes


def test_who_waits_is_counted(store: Store, case: Case, content: Knowledge) -> None:
    before = look(store, case)
    desks.waiting(store, content, OTHER)
    after = look(store, case)

    assert (before.waiting, after.waiting) == (0, 1)
    assert after.queue != before.queue
    assert after.cases == before.cases


def test_a_conversation_that_is_not_there_has_no_mark(store: Store) -> None:
    assert news.look(store, [1]).cases == {}


def test_a_mark_holds_no_word(store: Store, case: Case) -> None:
    mark = look(store, case).cases[case.id]

    assert len(mark) == 16
    assert int(mark, 16) >= 0
