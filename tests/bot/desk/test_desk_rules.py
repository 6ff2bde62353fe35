"""The rules of the desk: what may stand in desk.yml, and whose a conversation is."""

from __future__ import annotations

from datetime import time

import pytest
from pydantic import ValidationError

from bot.desk.desk_rules import Desk, Team
from bot.knowledge import Knowledge
from tests.bot.desk.test_opening import desk


def test_a_day_may_have_two_spans(content: Knowledge) -> None:
    spans = desk(content, hours={"Mon": "8:00-12:00, 13:30-17:00"}).hours["Mon"]

    assert spans == [(time(8), time(12)), (time(13, 30), time(17))]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"timezone": "Haiti/Here"}, "no time zone"),
        ({"hours": {}}, "has the days Mon, Tue"),
        ({"hours": {"Monday": "8:00-17:00"}}, "has the days Mon, Tue"),
        ({"hours": {"Mon": "8-17"}}, "write them like 8:00-17:00"),
        ({"hours": {"Mon": "8:00-25:00"}}, "write them like 8:00-17:00"),
        ({"hours": {"Mon": "17:00-8:00"}}, "ends before it begins"),
        ({"hours": {"Mon": "13:00-17:00, 8:00-12:00"}}, "the second span begins before"),
        ({"holidays": ["XX"]}, "no holidays are known"),
        ({"nobody_minutes": "0"}, "greater than 0"),
        ({"names": ["Ceiba"]}, "at least 10"),
        ({"names": ["+50937001122"] * 10}, "is no name"),
        ({"teams": [{"id": "Visa Team"}]}, "string does not match"),
        ({"open": "always"}, "extra fields"),
    ],
)
def test_what_is_wrong_is_said(content: Knowledge, changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        desk(content, **changes)


@pytest.mark.parametrize(
    ("team", "helps"),
    [
        ({}, True),
        ({"languages": ["ht"]}, True),
        ({"languages": ["es"]}, False),
        ({"countries": ["HT", "DO"]}, True),
        ({"countries": ["BZ"]}, False),
        ({"topics": ["h2"]}, True),
        ({"topics": ["h2.apply"]}, True),
        ({"topics": ["h2.cost", "documents"]}, False),
        ({"languages": ["ht"], "countries": ["BZ"]}, False),
    ],
)
def test_a_team_helps_where_all_that_is_said_fits(team: dict[str, object], helps: bool) -> None:
    assert Team(id="some", **team).helps("ht", "HT", "h2.apply") == helps


def test_who_has_no_team_is_anybodys(content: Knowledge) -> None:
    one: Desk = desk(content, teams=[{"id": "belize", "countries": ["BZ"]}])

    assert one.team("es", "GT", "") == ""
