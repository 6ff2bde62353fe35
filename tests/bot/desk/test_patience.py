"""How long a person waits before they hear of it, and how long an operator may be silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import patience
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from tests.bot.desk.test_opening import at, desk

NOON = at("2026-11-27T11:00")
MINUTE = 60.0
CASE = Case(
    id=1, conversation="c", state="waiting", urgent=False, why="asked", channel="web",
    language="en", country="HT", topic="", alias="Ceiba 7", team="", operator=None,
    began_at=NOON, taken_at=None, person_at=NOON, operator_at=None, told_at=None, said_at=None,
    warned_at=None, ended_at=None, outcome="", external=None,
)  # fmt: skip


@pytest.mark.parametrize(("minutes", "late"), [(19, False), (20, True)])
def test_nobody_waits_too_long_without_a_word(
    content: Knowledge, minutes: int, late: bool
) -> None:
    assert patience.is_late(desk(content), CASE, NOON + minutes * MINUTE) == late


@pytest.mark.parametrize("change", [{"told_at": NOON}, {"state": "taken"}, {"state": "ended"}])
def test_who_was_told_or_taken_is_not_late(content: Knowledge, change: dict[str, object]) -> None:
    assert not patience.is_late(desk(content), replace(CASE, **change), NOON + 30 * MINUTE)


def test_while_the_desk_is_closed_nobody_is_late(content: Knowledge) -> None:
    evening = replace(CASE, began_at=at("2026-11-27T18:00"))

    assert not patience.is_late(desk(content), evening, at("2026-11-27T22:00"))


@pytest.mark.parametrize(("moment", "late"), [("09:10", False), ("09:20", True)])
def test_who_came_at_night_waits_from_the_opening(
    content: Knowledge, moment: str, late: bool
) -> None:
    evening = replace(CASE, began_at=at("2026-11-27T18:00"))

    assert patience.is_late(desk(content), evening, at(f"2026-11-28T{moment}")) == late


@pytest.mark.parametrize(
    ("taken", "wrote", "silent"),
    [(3.9, None, False), (4.0, None, True), (9.0, 1.0, False), (9.0, 4.1, True)],
)
def test_an_operator_is_silent_after_some_hours(
    content: Knowledge, taken: float, wrote: float | None, silent: bool
) -> None:
    wrote_at = None if wrote is None else NOON - wrote * 3600
    case = replace(CASE, state="taken", taken_at=NOON - taken * 3600, operator_at=wrote_at)

    assert patience.is_silent(desk(content), case, NOON) == silent


def test_who_waits_has_no_silent_operator(content: Knowledge) -> None:
    assert not patience.is_silent(desk(content), CASE, NOON + 1e6)


@pytest.mark.parametrize(("minutes", "may"), [(9, False), (10, True)])
def test_the_line_comes_once_in_a_while(content: Knowledge, minutes: int, may: bool) -> None:
    case = replace(CASE, said_at=NOON - minutes * MINUTE, warned_at=NOON - minutes * MINUTE)

    assert (
        patience.may_say(desk(content), case, NOON),
        patience.may_warn(desk(content), case, NOON),
    ) == (may, may)
