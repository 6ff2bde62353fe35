"""When people are at the desk, on ordinary days, holidays and when the clocks change."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.desk import opening
from bot.desk.desk_rules import Desk
from bot.knowledge import Knowledge

HAITI = "America/Port-au-Prince"


def desk(content: Knowledge, **changes: object) -> Desk:
    """Monday to Friday with a break at noon, on Saturday in the morning."""
    week = {
        "timezone": HAITI,
        "country": "HT",
        "holidays": ["HT"],
        "hours": {
            **dict.fromkeys(["Mon", "Tue", "Wed", "Thu", "Fri"], "8:00-12:00, 13:00-17:00"),
            "Sat": "9:00-13:00",
        },
        "nobody_minutes": "20",
        "line_minutes": "10",
        "silent_hours": "4",
        "names": content.desk.names,
    }
    return Desk(**{**week, **changes})


def at(text: str, zone: str = HAITI) -> float:
    """A moment by a clock on a wall."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-27T07:59", False),
        ("2026-11-27T08:00", True),
        ("2026-11-27T12:30", False),
        ("2026-11-27T16:59", True),
        ("2026-11-27T17:00", False),
        ("2026-11-28T09:30", True),  # a Saturday
        ("2026-11-29T09:30", False),  # a Sunday
        ("2026-12-25T09:30", False),  # Christmas
        ("2027-01-01T09:30", False),  # Independence Day
    ],
)
def test_it_is_open_in_its_hours(content: Knowledge, moment: str, is_open: bool) -> None:
    assert opening.is_open(desk(content), at(moment)) == is_open


def test_it_is_closed_on_a_day_of_its_own(content: Knowledge) -> None:
    closed = desk(content, closed=["2026-11-27"])

    assert not opening.is_open(closed, at("2026-11-27T09:00"))


def test_without_countries_no_holiday_counts(content: Knowledge) -> None:
    assert opening.is_open(desk(content, holidays=[]), at("2026-12-25T09:30"))


def test_its_hours_are_of_its_own_clock(content: Knowledge) -> None:
    assert opening.is_open(desk(content), at("2026-11-27T14:30", "Europe/Madrid"))


def test_it_knows_since_when_it_is_open(content: Knowledge) -> None:
    since = opening.open_since(desk(content), at("2026-11-27T14:00"))

    assert since == at("2026-11-27T13:00")


@pytest.mark.parametrize(
    ("moment", "back"),
    [
        ("2026-11-27T07:00", "2026-11-27T08:00"),
        ("2026-11-27T12:30", "2026-11-27T13:00"),
        ("2026-11-27T18:00", "2026-11-28T09:00"),
        ("2026-11-28T14:00", "2026-11-30T08:00"),
        ("2026-12-24T18:00", "2026-12-26T09:00"),
        ("2027-03-13T14:00", "2027-03-15T08:00"),  # the clocks change on the 14th
    ],
)
def test_it_knows_when_people_are_back(content: Knowledge, moment: str, back: str) -> None:
    opens = opening.next_opening(desk(content), at(moment))

    assert opens == datetime.fromisoformat(back).replace(tzinfo=ZoneInfo(HAITI))


def test_a_desk_without_hours_never_opens(content: Knowledge) -> None:
    never = desk(content).copy(update={"hours": {}})

    assert opening.next_opening(never, at("2026-11-27T07:00")) is None
