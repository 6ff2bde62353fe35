"""What agents of another help desk do reaches the person once, and ends what it should end."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.desk import handover, outside
from bot.desk.cases import Case
from bot.errors import NotYours
from bot.knowledge import Knowledge
from bot.staff.accounts import OUTSIDE
from bot.store import Store
from bot.tables import audit, conversations, outside_replies
from bot.tables import outbox as outbox_table
from bot.wire import Event
from tests import desks, samples
from tests.desks import ANNA

NUMBER = 12


def placed(store: Store, content: Knowledge, **more: Any) -> Case:
    """A hand-over that waits, and that the other help desk has as number 12."""
    case = desks.waiting(store, content, **more)
    with store.write() as connection:
        handover.placed(connection, case.id, NUMBER)
    samples.change(store, outbox_table, state="sent")
    return case


def reply(message: int = 1, text: str = "Bonjou", **more: Any) -> Event:
    """An agent writes, now."""
    return Event(
        NUMBER, **{"message": message, "agent": 7, "text": text, "at": time.time(), **more}
    )


OVER = Event(NUMBER, over=True)


def notes(store: Store) -> list[str]:
    """What agents are to be told."""
    return samples.column(store, outside_replies.c.note)


def test_the_first_reply_takes_the_conversation(store: Store, content: Knowledge) -> None:
    case = placed(store, content)
    outside.take(store, reply())

    here = content.phrase("en", "person_here").full
    assert (desks.now(store, case).operator, desks.said(store)) == (OUTSIDE.id, [here, "Bonjou"])


def test_a_reply_that_comes_twice_is_sent_once(store: Store, content: Knowledge) -> None:
    placed(store, content)
    for message in (1, 2, 1, 2):
        outside.take(store, reply(message, f"reply {message}"))

    assert desks.said(store)[1:] == ["reply 1", "reply 2"]


def test_the_log_says_which_agent_it_was(store: Store, content: Knowledge) -> None:
    placed(store, content)
    outside.take(store, reply())

    assert samples.column(store, audit.c.user)[-2:] == ["chatwoot:7", "chatwoot:7"]


def test_resolved_the_program_is_back(store: Store, content: Knowledge) -> None:
    case = placed(store, content)
    outside.take(store, reply())
    outside.take(store, OVER)

    ended = desks.now(store, case)
    gone = content.phrase("en", "person_gone").full
    assert (ended.state, ended.outcome, desks.said(store)[-1]) == ("ended", "answered", gone)


@pytest.mark.parametrize(
    ("noted", "outcome"), [("referred", "referred"), ("sold", "nothing"), ("", "nothing")]
)
def test_the_outcome_is_what_the_agent_wrote_down(
    store: Store, content: Knowledge, noted: str, outcome: str
) -> None:
    case = placed(store, content)
    outside.take(store, Event(NUMBER, over=True, outcome=noted))

    assert desks.now(store, case).outcome == outcome


def test_resolved_twice_is_resolved_once(store: Store, content: Knowledge) -> None:
    placed(store, content)
    for _ in range(2):
        outside.take(store, OVER)

    assert samples.column(store, audit.c.action).count("ended") == 1


def test_our_own_operator_keeps_what_is_theirs(store: Store, content: Knowledge) -> None:
    case = placed(store, content)
    handover.claim(store, case.id, ANNA)
    outside.take(store, reply())
    outside.take(store, OVER)

    assert (desks.now(store, case).operator, notes(store), "Bonjou" in desks.said(store)) == (
        ANNA.id,
        ["elsewhere"],
        False,
    )


def test_what_an_agent_has_our_operator_cannot_write_in(store: Store, content: Knowledge) -> None:
    case = placed(store, content)
    outside.take(store, reply())

    assert not handover.claim(store, case.id, ANNA)
    with pytest.raises(NotYours):
        handover.answer(store, case.id, ANNA, "me too")


def test_opened_again_and_answered_it_goes_on(store: Store, content: Knowledge) -> None:
    case = placed(store, content)
    outside.take(store, reply(1))
    outside.take(store, OVER)
    outside.take(store, reply(2, "one more thing", at=time.time() + 1))

    assert (desks.now(store, case).state, desks.said(store)[-1]) == ("taken", "one more thing")


@pytest.mark.parametrize("late", [{"at": 1.0}, {"open": False, "at": time.time() + 60}])
def test_a_reply_that_overtook_nothing_is_sent_and_changes_nothing(
    store: Store, content: Knowledge, late: dict[str, Any]
) -> None:
    case = placed(store, content)
    outside.take(store, OVER)
    outside.take(store, reply(1, "late", **late))

    assert (desks.now(store, case).state, desks.said(store)[-1]) == ("ended", "late")


@pytest.mark.parametrize(
    ("event", "note", "sent"),
    [
        (reply(files=True), "files", ["Bonjou"]),
        (reply(text="", files=True), "files", []),
        (reply(text=""), "empty", []),
        (reply(text="x" * 1501), "long", []),
    ],
)
def test_what_cannot_be_sent_is_told_to_the_agent(
    store: Store, content: Knowledge, event: Event, note: str, sent: list[str]
) -> None:
    placed(store, content)
    outside.take(store, event)

    assert (notes(store), desks.said(store)[1:]) == ([note], sent)


@pytest.mark.parametrize(
    ("values", "note"), [({"stopped": "asked"}, "silence"), ({"address": b""}, "unreachable")]
)
def test_who_cannot_be_reached_is_told_to_the_agent(
    store: Store, content: Knowledge, values: dict[str, Any], note: str
) -> None:
    placed(store, content)
    samples.change(store, conversations, **values)
    outside.take(store, reply())

    assert (notes(store), desks.said(store)) == ([note], [])


def test_a_conversation_that_is_erased_takes_no_reply(store: Store, content: Knowledge) -> None:
    case = placed(store, content)
    with store.write() as connection:
        handover.forget(connection, case.conversation)

    assert not outside.take(store, reply())
