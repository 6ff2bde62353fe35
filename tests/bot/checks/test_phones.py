"""Whether a telephone number is one."""

from __future__ import annotations

import pytest

from bot.checks import phones

NO_NUMBER = "is no telephone number; write it like +503 7070-1243"
OF_NO_COUNTRY = "is no telephone number of any country; check its digits and the + in front"


@pytest.mark.parametrize(
    ("phone", "country"),
    [
        ("+503 7070-1243", ""),
        ("+1 888-301-1130", ""),
        ("7070-1243", "SV"),
        ("911", "HT"),
        ("8840", "HT"),
        ("*212", "PA"),
        ("123456", "GT"),
    ],
)
def test_a_number_that_can_be_called_has_no_fault(phone: str, country: str) -> None:
    assert phones.fault(phone, country) == ""


@pytest.mark.parametrize(
    ("phone", "country", "expected"),
    [
        ("911", "", "the short number 911 needs `country:`"),
        ("call us", "HT", f"call us {NO_NUMBER}"),
        ("", "", f" {NO_NUMBER}"),
        ("7070-1243", "", f"7070-1243 {NO_NUMBER}"),
        ("+509 12", "", f"+509 12 {OF_NO_COUNTRY}"),
        ("12", "HT", f"12 {OF_NO_COUNTRY}"),
        ("7070-12430", "SV", f"7070-12430 {OF_NO_COUNTRY}"),
    ],
)
def test_a_number_that_is_none_has_a_fault(phone: str, country: str, expected: str) -> None:
    assert phones.fault(phone, country) == expected
