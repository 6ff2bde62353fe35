"""What the desk shows of a conversation."""

from __future__ import annotations

import time
from typing import Any

import pytest
import sqlalchemy as sa

from bot import outbox
from bot.calls import INVITATION
from bot.desk import handover, transcript
from bot.desk.handover import Case
from bot.desk.transcript import Line
from bot.knowledge import Knowledge
from bot.model import Choice
from bot.store import Store
from bot.tables import calls, inbox
from bot.tables import outbox as replies
from tests import desks, samples


@pytest.fixture
def case(store: Store, content: Knowledge) -> Case:
    """A conversation that Anna has, in which she wrote and noted something."""
    desks.staff(store)
    taken = desks.taken(store, content)
    handover.answer(store, taken.id, desks.ANNA, "I am here.")
    handover.note(store, taken.id, desks.ANNA, "ask for the town")
    return taken


def of(store: Store, case: Case, who: str) -> list[Line]:
    """The lines of one side."""
    return [line for line in transcript.of(store, case) if line.who == who]


def call(store: Store, reply: int, case: Case, **more: Any) -> None:
    """A provider call of a reply."""
    row = {"outbox_id": reply, "part": 0, "conversation": case.conversation, "state": "taken"}
    row |= {"code": "", "receipt": "", "began_at": time.time()}
    with store.write() as connection:
        connection.execute(sa.insert(calls).values({**row, **more}))


def anna(store: Store, case: Case) -> Line:
    """What Anna wrote."""
    return of(store, case, "operator")[0]


def test_all_sides_are_there_in_order(store: Store, case: Case) -> None:
    said = [(line.who, line.text) for line in transcript.of(store, case)]

    assert said[0] == ("person", f"text of first of {samples.ADDRESS}")
    assert said[1][0] == "bot"
    assert said[-2:] == [("operator", "I am here."), ("note", "ask for the town")]


def test_operators_have_their_names(store: Store, case: Case) -> None:
    assert {line.name for line in transcript.of(store, case)} == {"", "anna"}


def test_another_conversation_stays_out(store: Store, case: Case, content: Knowledge) -> None:
    other = desks.waiting(store, content, "+50937009999")

    texts = [line.text for line in transcript.of(store, other)]

    assert "I am here." not in texts
    assert not any(samples.ADDRESS in text for text in texts)


def test_what_the_bot_answered_has_its_sources_and_buttons(store: Store, case: Case) -> None:
    job = samples.take_in(store, "m7")
    sources = ({"url": "https://example.org/a", "date": "2026-01"},)
    more: Any = {"topic": "h2.cost", "sources": sources, "choices": (Choice("Menu", "meta.menu"),)}
    with store.write() as connection:
        reply = samples.reply("205 dollars", **more)
        outbox.put(store, connection, job.conversation, "web", reply, job.inbox_id)

    line = of(store, case, "bot")[-1]

    assert (line.sources, line.choices, line.topic) == (sources, ("Menu",), "h2.cost")


def test_a_button_that_was_tapped_and_a_voice_note(store: Store, case: Case) -> None:
    body = {"text": "", "choice": "h2.cost", "place": None, "kind": "voice"}
    samples.change(store, inbox, body=store.keys.seal(body))

    line = of(store, case, "person")[0]

    assert (line.choice, line.kind) == ("h2.cost", "voice")


def test_texts_that_are_erased_are_left_out(store: Store, case: Case) -> None:
    samples.change(store, inbox, body=b"")

    assert of(store, case, "person") == []


def test_a_text_of_another_key_is_left_out(store: Store, case: Case) -> None:
    samples.change(store, replies, body=b"gAAAAA nobody can read this")

    assert of(store, case, "bot") == []


@pytest.mark.parametrize(
    ("state", "receipts", "shown"),
    [
        ("waiting", [], "waiting"),
        ("sent", [""], "sent"),
        ("sent", ["sent"], "sent"),
        ("sent", ["delivered"], "delivered"),
        ("sent", ["read", "delivered"], "delivered"),
        ("sent", ["read", "read"], "read"),
        ("sent", ["read", ""], "sent"),
        ("sent", ["read", "failed"], "failed"),
        ("failed", [], "failed"),
        ("held", [], "held"),
        ("stopped", [], "stopped"),
    ],
)
def test_how_far_a_reply_came(
    store: Store, case: Case, state: str, receipts: list[str], shown: str
) -> None:
    reply = anna(store, case).number
    for part, receipt in enumerate(receipts):
        call(store, reply, case, part=part, receipt=receipt)
    samples.change(store, replies, state=state)

    assert anna(store, case).delivery == shown


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("twilio 21610", "blocked"),
        ("30003", "unreachable"),
        ("twilio 30007", "filtered"),
        ("twilio 99999", "refused"),
        ("", "refused"),
    ],
)
def test_why_a_reply_failed(store: Store, case: Case, code: str, reason: str) -> None:
    call(store, anna(store, case).number, case, state="refused", code=code)
    samples.change(store, replies, state="failed", channel="sms")

    assert anna(store, case).reason == reason


def test_a_reply_that_is_tried_again_says_so(store: Store, case: Case) -> None:
    call(store, anna(store, case).number, case, state="refused", code="twilio 20429")

    assert (anna(store, case).delivery, anna(store, case).reason) == ("waiting", "again")


def test_who_was_asked_to_write_is_shown(store: Store, case: Case) -> None:
    call(store, anna(store, case).number, case, part=INVITATION)
    samples.change(store, replies, state="held")

    line = anna(store, case)

    assert (line.delivery, line.invited) == ("held", True)
