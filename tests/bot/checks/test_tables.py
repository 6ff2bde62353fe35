"""What `alo check` finds in the tables of contacts and hubs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.conftest import (
    GONE,
    LANGUAGES,
    Copy,
    Like,
    error,
    read,
    warning,
    write,
)

CONTACTS, HUBS = "contacts.yml", "hubs.yml"
CONTACT = {
    "country": "HT",
    "kind": "line",
    "name": "A line",
    "phone": "116",
    "source": "https://example.org",
    "date": "2026-01",
    "verified": "2026-11",
    "review_by": "2027-02",
    "confidence": "high",
}
HUB = {
    "id": "cl-arica",
    "country": "CL",
    "kind": "hub",
    "city": "Arica",
    "lat": "-18.4783",
    "lon": "-70.3126",
    "name": "A hub",
    "source": "https://example.org",
    "date": "2026-01",
    "verified": "2026-11",
    "review_by": "2027-02",
    "confidence": "high",
}

UNSURE = {"country": "HT", "kind": "centre", "confidence": "low"}  # others come before it


def add(copied: Copy, file: str, row: dict[str, str]) -> int:
    """Puts a row at the end of a table; returns its number."""
    path = copied.knowledge / file
    rows = [*read(path), row]
    write(path, rows)
    return len(rows)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="nothing is wrong"),
        pytest.param({"phone": ""}, [], id="a body to ask has no telephone"),
        pytest.param(
            {"phone": "+509 12"},
            [error(CONTACTS, "(HT line): +509 12 is no telephone number of any country")],
            id="a telephone number is none",
        ),
        pytest.param(
            {"country": "XX"},
            [error(CONTACTS, "(XX line): `XX` is no country of countries.yml")],
            id="a country is none",
        ),
        pytest.param(
            {"review_by": "2026-10"},
            [warning(CONTACTS, "(HT line): review was due in 2026-10")],
            id="a review date has passed",
        ),
        pytest.param(
            {"name": "Ж"},
            [error(CONTACTS, "(HT line): short text has Ж")],
            id="a letter that SMS does not have",
        ),
    ],
)
def test_the_fault_of_a_contact_is_found_and_nothing_else(
    copied: Copy, changes: dict[str, str], expected: list[Like]
) -> None:
    row = add(copied, CONTACTS, {**CONTACT, **changes})

    assert [(fault, f"row {row} " in fault.message) for fault in copied.found()] == [
        (fault, True) for fault in expected
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, [], id="nothing is wrong"),
        pytest.param(
            {"phone": "call us"},
            [error(HUBS, "cl-arica: call us is no telephone number")],
            id="a telephone number is none",
        ),
        pytest.param(
            {"country": "XX"},
            [error(HUBS, "cl-arica: `XX` is no country of countries.yml")],
            id="a country is none",
        ),
        pytest.param(
            {"review_by": "2026-10"},
            [warning(HUBS, "cl-arica: review was due in 2026-10")],
            id="a review date has passed",
        ),
        pytest.param(
            {"id": "bz-belmopan"},
            [error(HUBS, "bz-belmopan: stands here 2 times; give each its own id")],
            id="an id stands twice",
        ),
        pytest.param(
            {**UNSURE, "city": "Ж"},
            [error(HUBS, "cl-arica: short text has Ж")],
            id="its town has a letter that SMS does not have",
        ),
        pytest.param(
            {**UNSURE, "where": "Ж"},
            [error(HUBS, "cl-arica: short text has Ж")],
            id="its address has a letter that SMS does not have",
        ),
    ],
)
def test_the_fault_of_a_hub_is_found_and_nothing_else(
    copied: Copy, changes: dict[str, str], expected: list[Like]
) -> None:
    add(copied, HUBS, {**HUB, **changes})

    assert copied.found() == expected


def test_a_kind_of_contact_without_a_word_is_found_in_each_language(copied: Copy) -> None:
    add(copied, CONTACTS, {**CONTACT, "kind": "dragon"})

    files = [f"languages/{code}/phrases.yml" for code in sorted(LANGUAGES)]
    assert copied.found() == [error(file, "contact: has no word for `dragon`") for file in files]


def test_a_word_for_an_urgent_number_that_is_missing_is_found(copied: Copy) -> None:
    copied.put("languages/en/phrases.yml", ("contact", "police"), GONE)

    found = {(fault.level, fault.path) for fault in copied.found()}

    assert found == {("error", "knowledge/languages/en/phrases.yml")}


def test_a_country_of_the_programme_without_an_emergency_number_is_a_warning(
    copied: Copy,
) -> None:
    path = copied.knowledge / CONTACTS
    write(path, [row for row in read(path) if row["country"] != "MX"])

    assert copied.found() == [warning(CONTACTS, "MX: no emergency number has a source; find one")]


@pytest.mark.parametrize(
    ("file", "keys", "said"),
    [
        (CONTACTS, (0, "date"), "0.date: field required"),
        (HUBS, (0, "date"), "0.date: field required"),
        (HUBS, (0, "city"), "0.city: field required"),
    ],
)
def test_a_row_without_its_date_or_place_is_found_and_nothing_else(
    copied: Copy, file: str, keys: tuple[Any, ...], said: str
) -> None:
    copied.put(file, keys, GONE)

    assert copied.found() == [error(file, said)]
