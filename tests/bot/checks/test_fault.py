"""What a check finds, and when a review is due."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checks.fault import Fault, review_due


@pytest.mark.parametrize("level", ["error", "warning"])
def test_a_fault_says_where_it_is_and_what_to_do(level: str) -> None:
    fault = getattr(Fault, level)("knowledge/hubs.yml", "no date; add it")

    assert (fault.level, str(fault)) == (level, "knowledge/hubs.yml: no date; add it")


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2027, 1, 31), False),
        (date(2027, 2, 1), False),
        (date(2027, 2, 28), False),
        (date(2027, 3, 1), True),
        (date(2028, 1, 1), True),
    ],
)
def test_a_review_is_due_when_its_month_has_passed(today: date, due: bool) -> None:
    said = "row 1: review was due in 2027-02; hold it against its sources again"
    expected = [Fault.warning("hubs.yml", said)] if due else []

    assert review_due("hubs.yml", "row 1: ", "2027-02", today) == expected
