"""Amounts, dates and numbers as each language writes them, and marks of age."""

from __future__ import annotations

import pytest

from bot import facts
from bot.knowledge import Knowledge
from bot.schema import Fact, Source, Variant


def variant(
    verified: str = "2026-11", sources: dict[str, str] | None = None, **given: Fact
) -> Variant:
    """A variant with facts, and with sources by name and date."""
    dated = {} if sources is None else sources
    return Variant(
        verified=verified,
        review_by="2027-02",
        confidence="high",
        confirm="DIE",
        sources={name: Source(url="https://example.org", date=day) for name, day in dated.items()},
        facts=given,
    )


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("es", "8000 HTG", "8,000 gourdes"),
        ("ht", "8000 HTG", "8,000 goud"),
        ("en", "8000 HTG", "8,000 gourdes"),
        ("fr", "8000 HTG", "8 000 gourdes"),
        ("en", "25 USD", "US$25"),
        ("es", "10.31 USD", "US$10.31"),
        ("fr", "1234567.50 USD", "US$1 234 567.50"),
        ("es", "500 GTQ", "Q500"),
        ("ht", "3 EUR", "3 ewo"),
        ("en", "1500 JPY", "1,500 JPY"),
    ],
)
def test_money_is_written_as_the_language_writes_it(
    content: Knowledge, language: str, value: str, expected: str
) -> None:
    assert facts.money(value, content.languages[language]) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("es", "22", "22"),
        ("es", "999", "999"),
        ("es", "1000", "1,000"),
        ("ht", "12345678", "12,345,678"),
        ("fr", "8000", "8 000"),
        ("en", "1234.5", "1,234.5"),
        ("en", "0.25", "0.25"),
    ],
)
def test_numbers_are_grouped_as_the_language_groups_them(
    content: Knowledge, language: str, value: str, expected: str
) -> None:
    assert facts.number(value, content.languages[language]) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("es", "2026-01-06", "6 de enero de 2026"),
        ("ht", "2026-01-06", "6 janvye 2026"),
        ("en", "2026-01-06", "6 January 2026"),
        ("fr", "2026-01-06", "6 janvier 2026"),
        ("pt", "2026-01-06", "6 de janeiro de 2026"),
        ("fr", "2026-01-01", "1er janvier 2026"),
        ("fr", "2026-01-21", "21 janvier 2026"),
        ("es", "2026-01-01", "1 de enero de 2026"),
        ("es", "2026-12", "diciembre de 2026"),
        ("ht", "2026-08", "out 2026"),
        ("en", "2026-12", "December 2026"),
        ("fr", "2026-02", "février 2026"),
        ("es", "2026", "2026"),
        ("ht", "2026", "2026"),
    ],
)
def test_dates_are_written_in_words(
    content: Knowledge, language: str, value: str, expected: str
) -> None:
    assert facts.date(value, content.languages[language]) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("2026-01-06", "1/2026"), ("2026-12", "12/2026"), ("2026", "2026")]
)
def test_a_month_is_short_in_an_sms(value: str, expected: str) -> None:
    assert facts.short_month(value) == expected


@pytest.mark.parametrize(
    ("source", "verified", "expected"),
    [
        pytest.param("2024-11", "2026-11", False, id="two years to the month"),
        pytest.param("2024-10", "2026-11", True, id="a month more"),
        pytest.param("2024-11-01", "2026-11", False, id="of a day"),
        pytest.param("2024-10-31", "2026-11", True, id="of an older day"),
        pytest.param("2024", "2026-12", False, id="a year counts from its end"),
        pytest.param("2024", "2027-01", True, id="a year that is older"),
        pytest.param("2026-11", "2026-11", False, id="of today"),
        pytest.param("undated", "2026-11", False, id="nobody knows"),
    ],
)
def test_a_source_is_old_two_years_before_the_check(
    source: str, verified: str, expected: bool
) -> None:
    assert facts.is_old(source, verified) is expected


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        pytest.param({"a": "2024-05", "b": "2026-01-06"}, "2026-01", id="the newest"),
        pytest.param({"a": "2026", "b": "2026-03"}, "2026-03", id="a month before its year"),
        pytest.param({"a": "2023"}, "2023", id="a year alone"),
        pytest.param({"a": "2023-04", "b": "undated"}, "2023-04", id="one that is dated"),
        pytest.param({"a": "undated"}, "2026-11", id="none that is dated: the check"),
        pytest.param({}, "2026-11", id="none at all: the check"),
    ],
)
def test_an_answer_speaks_for_the_month_of_its_newest_source(
    sources: dict[str, str], expected: str
) -> None:
    assert facts.as_of(variant(sources=sources)) == expected


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ({"a": "undated", "b": "undated"}, True),
        ({"a": "undated", "b": "2023"}, False),
        ({"a": "2026-01-06"}, False),
        ({}, True),
    ],
)
def test_an_answer_is_undated_where_no_source_has_a_date(
    sources: dict[str, str], *, expected: bool
) -> None:
    assert facts.is_undated(variant(sources=sources)) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"money": "8000 HTG"}, "8,000 gourdes (2023)"),
        ({"phone": "8822"}, "8822 (2023)"),
        ({"number": "1000"}, "1,000 (2023)"),
        ({"date": "2023-02-24"}, "24 February 2023"),
        ({"url": "example.org"}, "example.org"),
        ({"text": "Delmas 75"}, "Delmas 75"),
    ],
)
def test_an_old_number_is_shown_with_its_year(
    content: Knowledge, value: dict[str, str], expected: str
) -> None:
    old = variant(sources={"a": "2023-02-24"}, fact=Fact(source="a", **value))

    assert facts.written(old, content.languages["en"]) == {"fact": expected}


@pytest.mark.parametrize("day", ["2026-01", "undated"])
def test_a_number_that_is_not_old_is_shown_alone(content: Knowledge, day: str) -> None:
    new = variant(sources={"a": day}, fact=Fact(source="a", money="8000 HTG"))

    assert facts.written(new, content.languages["en"]) == {"fact": "8,000 gourdes"}


def test_each_fact_has_the_age_of_its_own_source(content: Knowledge) -> None:
    two = variant(
        sources={"old": "2020", "new": "2026"},
        a=Fact(source="old", number="1"),
        b=Fact(source="new", number="2"),
    )

    assert facts.written(two, content.languages["en"]) == {"a": "1 (2020)", "b": "2"}
