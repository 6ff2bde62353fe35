"""The shapes of the content files: what they take and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bot import schema
from bot.schema import PARTS, Answer, Contact, Fact, Hub, Source, Text, Variant

CHECKED = {"verified": "2026-11", "review_by": "2027-02", "confidence": "high"}
VARIANT = {**CHECKED, "confirm": "DIE", "sources": {}}
CONTACT = {
    **CHECKED,
    "country": "HT",
    "kind": "police",
    "name": "PNH",
    "source": "https://example.org",
    "date": "2026-01",
}
HUB = {**CONTACT, "id": "ht-a", "kind": "hub", "city": "A"}
SETTINGS = {
    "name": "English",
    "order": "3",
    "fallback": "es",
    "more": "MORE",
    "months": list("abcdefghijkl"),
    "date": "{day}",
    "month_year": "{month}",
    "thousands": ",",
    "money": {},
}


def faults(shape: Any, data: dict[str, Any]) -> list[str]:
    """The faults of data that do not have the shape."""
    with pytest.raises(ValidationError) as caught:
        shape(**data)
    return [str(item["msg"]) for item in caught.value.errors()]


@pytest.mark.parametrize("day", ["2026-01-06", "2026-12", "2026", "undated"])
def test_a_source_has_a_day_a_month_a_year_or_says_that_it_has_none(day: str) -> None:
    assert Source(url="https://example.org", date=day).date == day


@pytest.mark.parametrize("day", ["", "2026-13", "2026-01-32", "26-01", "01/2026", "2026-1", "no"])
def test_a_source_with_another_date_is_a_fault(day: str) -> None:
    said = f"`{day}` is not a date; write 2026-01-06, 2026-01, 2026 or undated"

    assert faults(Source, {"url": "https://example.org", "date": day}) == [said]


def test_a_source_without_a_date_is_a_fault() -> None:
    assert faults(Source, {"url": "https://example.org"}) == ["field required"]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("money", "8000 HTG"),
        ("money", "10.3 USD"),
        ("money", "10.31 USD"),
        ("phone", "8822"),
        ("url", "migracion.gob.sv"),
        ("date", "2026-01-06"),
        ("date", "2026-01"),
        ("date", "2026"),
        ("number", "22"),
        ("number", "1.5"),
        ("text", "Delmas 75"),
    ],
)
def test_a_fact_knows_its_kind(kind: str, value: str) -> None:
    assert Fact(source="a", **{kind: value}).kind == kind


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("money", "8000 goud", "`8000 goud` is not money; write it like 8000 HTG or 10.31 USD"),
        ("money", "8,000 HTG", "`8,000 HTG` is not money; write it like 8000 HTG or 10.31 USD"),
        ("money", "8000", "`8000` is not money; write it like 8000 HTG or 10.31 USD"),
        ("number", "22 days", "`22 days` is not a number; write it with digits only"),
        ("number", "1,000", "`1,000` is not a number; write it with digits only"),
        ("date", "6 May", "`6 May` is not a date; write 2026-01-06, 2026-01, 2026 or undated"),
        ("date", "2026-02-30", "day is out of range for month"),
    ],
)
def test_a_wrong_value_of_a_fact_is_a_fault(kind: str, value: str, said: str) -> None:
    assert faults(Fact, {"source": "a", kind: value})[0] == said


def test_one_wrong_value_of_a_fact_is_one_fault() -> None:
    assert len(faults(Fact, {"source": "a", "money": "8000 goud"})) == 1


@pytest.mark.parametrize("values", [{}, {"money": "5 USD", "number": "5"}])
def test_a_fact_has_exactly_one_kind(values: dict[str, str]) -> None:
    said = "a fact has exactly one of money, phone, url, date, number, text"

    assert faults(Fact, {"source": "a", **values}) == [said]


@pytest.mark.parametrize("name", ["verified", "review_by"])
@pytest.mark.parametrize("value", ["2026", "2026-11-01", "2026-13", "November", ""])
def test_a_check_is_of_a_month(name: str, value: str) -> None:
    said = f"`{value}` is not a month; write it like 2026-11"

    assert faults(Variant, {**VARIANT, name: value}) == [said]


@pytest.mark.parametrize(
    ("shape", "data", "name"),
    [
        (Variant, VARIANT, "verified"),
        (Variant, VARIANT, "review_by"),
        (Variant, VARIANT, "confidence"),
        (Variant, VARIANT, "confirm"),
        (Variant, VARIANT, "sources"),
        (Contact, CONTACT, "source"),
        (Contact, CONTACT, "date"),
        (Contact, CONTACT, "verified"),
        (Hub, HUB, "source"),
        (Hub, HUB, "date"),
        (Hub, HUB, "review_by"),
        (schema.LanguageSettings, SETTINGS, "fallback"),
        (schema.LanguageSettings, SETTINGS, "months"),
    ],
)
def test_what_must_be_there_is_missed(shape: Any, data: dict[str, Any], name: str) -> None:
    without = {key: value for key, value in data.items() if key != name}

    assert faults(shape, without) == ["field required"]


@pytest.mark.parametrize(
    ("shape", "data"),
    [
        (Variant, VARIANT),
        (Contact, CONTACT),
        (Hub, HUB),
        (Source, {"url": "a", "date": "2026"}),
        (Fact, {"source": "a", "text": "b"}),
        (Text, {"short": "a", "full": {"what": "b"}}),
        (schema.LanguageSettings, SETTINGS),
        (schema.Labels, {"groups": {}, "topics": {}}),
    ],
)
def test_an_unknown_key_is_a_fault(shape: Any, data: dict[str, Any]) -> None:
    assert faults(shape, {**data, "reviewed_by": "x"}) == ["extra fields not permitted"]


def test_content_cannot_be_changed_while_it_is_used() -> None:
    source = Source(url="a", date="2026")

    with pytest.raises(TypeError, match="immutable"):
        source.url = "b"


@pytest.mark.parametrize("confidence", ["sure", "", "HIGH"])
def test_confidence_is_high_medium_or_low(confidence: str) -> None:
    said = "unexpected value; permitted: 'high', 'medium', 'low'"

    assert faults(Contact, {**CONTACT, "confidence": confidence}) == [said]


@pytest.mark.parametrize("kind", ["office", ""])
def test_a_hub_is_a_hub_or_another_centre(kind: str) -> None:
    assert faults(Hub, {**HUB, "kind": kind}) == ["unexpected value; permitted: 'hub', 'centre'"]


@pytest.mark.parametrize("empty", [{}, "", None])
def test_a_variant_that_is_empty_has_no_sources(empty: object) -> None:
    assert Answer(variants={"any": empty}).variants == {"any": None}


def test_variants_that_are_a_list_are_a_fault() -> None:
    said = "variants: holds one entry for each country, or `any`"

    assert faults(Answer, {"variants": ["HT"]}) == [said]


def test_at_most_three_topics_come_next() -> None:
    four = {"variants": {}, "next": ["a.b", "a.c", "a.d", "a.e"]}

    assert faults(Answer, four) == ["ensure this value has at most 3 items"]


@pytest.mark.parametrize("part", PARTS)
def test_a_text_is_made_of_known_parts(part: str) -> None:
    assert list(Text(short="a", full={part: "b"}).full) == [part]


@pytest.mark.parametrize(("full", "named"), [({"price": "b"}, "['price']"), ({}, "[]")])
def test_a_text_with_no_part_or_another_is_a_fault(full: dict[str, str], named: str) -> None:
    said = f"unknown part {named}; the parts are {', '.join(PARTS)}"

    assert faults(Text, {"short": "a", "full": full}) == [said]


@pytest.mark.parametrize(("count", "said"), [(11, "at least 12 items"), (13, "at most 12 items")])
def test_a_year_has_twelve_months(count: int, said: str) -> None:
    data = {**SETTINGS, "months": ["a"] * count}

    assert faults(schema.LanguageSettings, data) == [f"ensure this value has {said}"]
