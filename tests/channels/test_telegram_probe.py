"""A message whose call broke off is found again, without anybody seeing the search."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.errors import Unsure
from bot.model import Message
from bot.wire import Call
from channels import _telegram_probe as probe
from tests.channels.conftest import CHAT, call, choices
from tests.standins.server import LOST, UNANSWERED
from tests.standins.telegram import Telegram

THEN = 1000.0


def of(*others: tuple[str, float, float]) -> Call:
    """A call that broke off, among others of that time."""
    text, known = Message("text", "x"), frozenset[str]()
    return Call(1, CHAT, text, THEN - 900, known, others, tried_at=THEN)


def sent(number: int, at: float) -> tuple[str, float, float]:
    """A message of ours that was taken at once."""
    return str(number), at, at


def written(number: int, at: float) -> tuple[str, float, float]:
    """A message that came in."""
    return f"331.{number}", 0.0, at


BEFORE = sent(7, THEN - 1)
LONG_AFTER = THEN + probe.LONGEST + 1


def test_the_numbers_after_the_last_one_are_tried() -> None:
    assert probe.candidates(of(BEFORE, sent(5, THEN - 9)))[:2] == [8, 9]


def test_a_number_that_somebody_else_got_is_not_tried() -> None:
    assert probe.candidates(of(sent(9, THEN + 1), BEFORE))[:3] == [8, 10, 11]


def test_nor_one_that_a_message_to_us_got() -> None:
    assert probe.candidates(of(BEFORE, written(8, THEN + 20)))[:2] == [9, 10]


def test_what_was_sent_long_after_it_has_a_higher_number() -> None:
    assert probe.candidates(of(BEFORE, sent(12, LONG_AFTER))) == [8, 9, 10, 11]


@pytest.mark.parametrize(
    "late", [("9", THEN - 5, LONG_AFTER), written(9, LONG_AFTER)], ids=["sent", "written"]
)
def test_what_we_knew_long_after_it_may_have_a_lower_one(late: Any) -> None:
    assert probe.candidates(of(BEFORE, late))[:3] == [8, 10, 11]


@pytest.mark.parametrize("others", [(), (sent(8, THEN + 1),), (("", THEN - 1, THEN - 1),)])
def test_without_a_number_from_before_there_is_nothing_to_try(others: Any) -> None:
    assert probe.candidates(of(*others)) == []


@pytest.mark.parametrize("more", [{}, {"buttons": choices(2)}])
@pytest.mark.parametrize(("fault", "there"), [(UNANSWERED, True), (LOST, False)])
async def test_what_broke_off_is_looked_for(
    at_telegram: Any, telegram: Telegram, fault: str, there: bool, more: Any
) -> None:
    for chat in ("11", CHAT, "12"):
        last = await at_telegram.send(call(chat))
    telegram.faults.share, telegram.faults.kinds = 1.0, (fault,)
    text, now = Message("text", "x", **more), time.time()
    lost = Call(1, CHAT, text, now, frozenset(), (sent(int(last), 1.0),), tried_at=now)
    with pytest.raises(Unsure):
        await at_telegram.send(lost)
    telegram.faults.share = 0.0
    await at_telegram.send(call("13"))
    found = await at_telegram.taken(lost)

    assert found == (str(telegram.messages[3]["id"]) if there else None)
