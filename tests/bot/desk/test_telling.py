"""What the program says of a hand-over goes to the person, unless they want silence."""

from __future__ import annotations

import pytest

from bot.desk import telling
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import conversations
from tests import desks, samples


@pytest.mark.parametrize(("stopped", "told"), [("", 1), ("asked", 0), ("blocked", 0)])
def test_nothing_goes_to_who_wants_silence(
    store: Store, content: Knowledge, stopped: str, told: int
) -> None:
    case = desks.waiting(store, content)
    before = len(desks.said(store))
    samples.change(store, conversations, stopped=stopped)
    with store.write() as connection:
        telling.tell(store, connection, case, "person_here")

    assert len(desks.said(store)) - before == told


def test_it_is_in_the_language_of_the_person(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content)
    with store.write() as connection:
        telling.tell(store, connection, case, "person_gone")

    assert desks.said(store)[-1] == content.phrase(case.language, "person_gone").full
