"""What `alo check` finds in the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.checks import answers
from bot.knowledge import Knowledge
from tests.bot.conftest import (
    GONE,
    LANGUAGES,
    PASSPORT,
    TODAY,
    Copy,
    Like,
    error,
    read,
    warning,
    words_of,
)

EMERGENCY = "answers/protection/emergency.yml"
ENGLISH = words_of(PASSPORT)
COST = ("HT", "full", "cost")
FACTS = ("variants", "HT", "facts")
HEARD = {"money": "250 USD", "source": "seen", "unverified": "true"}
SEEN = {"url": "https://example.org", "date": "2026-01"}


def with_unverified(copied: Copy) -> None:
    """Gives the Haitian passport a fact `heard` that nobody has verified."""
    copied.put(PASSPORT, ("variants", "HT", "sources", "seen"), SEEN)
    copied.put(PASSPORT, (*FACTS, "heard"), HEARD)


@pytest.mark.parametrize(
    ("file", "keys", "value", "expected"),
    [
        pytest.param(
            words_of(PASSPORT, "fr"),
            ("HT",),
            GONE,
            error(words_of(PASSPORT, "fr"), "`HT` is missing"),
            id="a language has no text",
        ),
        pytest.param(
            ENGLISH,
            COST,
            "It costs {nothing}.",
            error(ENGLISH, "uses {nothing}"),
            id="a placeholder has no fact",
        ),
        pytest.param(
            ENGLISH,
            COST,
            "It costs {nothing.",
            error(ENGLISH, "a brace without its partner"),
            id="a brace has no partner",
        ),
        pytest.param(
            ENGLISH,
            COST,
            "It costs {}.",
            error(ENGLISH, "uses {}"),
            id="a placeholder has no name",
        ),
        pytest.param(
            ENGLISH,
            ("XX",),
            {"short": "a", "full": {"what": "a"}},
            error(ENGLISH, "`XX` has no entry in knowledge/" + PASSPORT),
            id="a text has no facts",
        ),
        pytest.param(
            PASSPORT,
            ("next",),
            ["documents.invented"],
            error(PASSPORT, "next: `documents.invented` is no topic"),
            id="what comes next is no topic",
        ),
        pytest.param(
            PASSPORT,
            ("next",),
            ["documents.passport"],
            error(PASSPORT, "next: names the answer itself"),
            id="the answer itself comes next",
        ),
        pytest.param(
            PASSPORT,
            ("contacts",),
            ["dragon"],
            error(PASSPORT, "contacts: no row of contacts.yml is a `dragon`"),
            id="a kind of contact has no row",
        ),
        pytest.param(
            PASSPORT,
            (*FACTS, "new"),
            {**HEARD, "source": "nobody"},
            error(PASSPORT, "variants.HT.facts.new: source `nobody` is not listed"),
            id="the source of a fact is not listed",
        ),
        pytest.param(
            PASSPORT,
            ("variants", "HT", "confirm"),
            "{nothing}",
            error(PASSPORT, "nothing"),
            id="whom to ask has no fact",
        ),
        pytest.param(
            PASSPORT,
            ("variants", "HT", "review_by"),
            "2026-10",
            warning(PASSPORT, "variants.HT: review was due in 2026-10"),
            id="a review date has passed",
        ),
        pytest.param(
            EMERGENCY,
            ("variants", "any", "confirm"),
            "x" * 61,
            error(EMERGENCY, "variants.any.confirm: longer than 60 letters"),
            id="whom to ask is too long",
        ),
        pytest.param(
            EMERGENCY,
            ("variants", "any"),
            {},
            error(EMERGENCY, "variants.any: needs verified, review_by, confidence"),
            id="an answer says nothing of its sources",
        ),
        pytest.param(
            EMERGENCY,
            ("variants", "any", "sources"),
            {},
            error(EMERGENCY, "variants.any: has no source"),
            id="an answer has no source",
        ),
    ],
)
def test_a_fault_is_found_and_nothing_else(
    copied: Copy, file: str, keys: tuple[str, ...], value: Any, expected: Like
) -> None:
    copied.put(file, keys, value)

    assert copied.found() == [expected]


def test_a_source_without_a_date_is_found_and_nothing_else(copied: Copy) -> None:
    copied.put(PASSPORT, ("variants", "HT", "sources", "seen"), {"url": "https://example.org"})

    assert copied.found() == [error(PASSPORT, "variants.HT.sources.seen.date: field required")]


@pytest.mark.parametrize(
    ("phone", "country", "said"),
    [
        ("+509 12", "", "+509 12 is no telephone number"),
        ("call us", "", "call us is no telephone number"),
        ("911", "", "the short number 911 needs `country:`"),
    ],
)
def test_a_telephone_number_that_is_none_is_found(
    copied: Copy, phone: str, country: str, said: str
) -> None:
    with_unverified(copied)
    fact = {"phone": phone, "country": country, "source": "seen", "unverified": "true"}
    copied.put(PASSPORT, (*FACTS, "line"), fact)

    assert copied.found() == [error(PASSPORT, f"variants.HT.facts.line: {said}")]


def test_an_unverified_fact_that_is_kept_is_no_fault(copied: Copy) -> None:
    with_unverified(copied)

    assert copied.found() == []


def test_an_unverified_fact_that_is_stated_is_found(copied: Copy) -> None:
    with_unverified(copied)
    copied.put(ENGLISH, COST, "It costs {heard}.")

    assert copied.found() == [error(ENGLISH, "`HT` states {heard}, which is unverified")]


def test_an_unverified_fact_that_is_named_for_confirmation_is_found(copied: Copy) -> None:
    with_unverified(copied)
    copied.put(PASSPORT, ("variants", "HT", "confirm"), "{heard}")

    assert copied.found() == [error(PASSPORT, "heard")]


def test_a_fact_that_no_text_uses_is_a_warning(copied: Copy) -> None:
    with_unverified(copied)
    copied.put(PASSPORT, (*FACTS, "heard", "unverified"), "false")

    assert copied.found() == [warning(PASSPORT, "variants.HT.facts.heard: no text uses it")]


def test_a_fact_that_only_the_confirmation_uses_is_used(copied: Copy) -> None:
    with_unverified(copied)
    copied.put(PASSPORT, (*FACTS, "heard", "unverified"), "false")
    copied.put(PASSPORT, ("variants", "HT", "confirm"), "{heard}")

    assert copied.found() == []


@pytest.mark.parametrize("form", ["{heard:>q}", "{heard!x}", "{heard[0]}", "{heard.x}"])
def test_a_placeholder_with_more_than_a_name_is_found(copied: Copy, form: str) -> None:
    with_unverified(copied)
    copied.put(PASSPORT, (*FACTS, "heard", "unverified"), "false")
    copied.put(ENGLISH, COST, f"It costs {form} or {{heard}}.")

    assert copied.found() == [error(ENGLISH, "heard")]


def test_an_unknown_topic_is_found(copied: Copy) -> None:
    for file in (PASSPORT, *(words_of(PASSPORT, code) for code in LANGUAGES)):
        invented = copied.knowledge / file.replace("passport", "invented")
        invented.write_bytes((copied.knowledge / file).read_bytes())

    assert copied.found() == [error("answers/documents/invented.yml", "no such topic")]


def test_an_unknown_country_is_found(copied: Copy) -> None:
    haiti = read(copied.knowledge / PASSPORT)["variants"]["HT"]
    copied.put(PASSPORT, ("variants", "XX"), haiti)
    for code in LANGUAGES:
        file = words_of(PASSPORT, code)
        copied.put(file, ("XX",), read(copied.knowledge / file)["HT"])

    assert copied.found() == [error(PASSPORT, "variants: `XX` is no country of countries.yml")]


def test_a_review_that_is_due_this_month_is_no_fault(copied: Copy) -> None:
    copied.put(PASSPORT, ("variants", "HT", "review_by"), f"{TODAY:%Y-%m}")

    assert copied.found() == []


@pytest.mark.parametrize("number", ["5551234", "8888-1234", "8,000", "+1 202 555", "250"])
def test_a_number_in_the_words_is_found(copied: Copy, number: str) -> None:
    copied.put(ENGLISH, COST, f"It is {number} there.")

    assert copied.found() == [error(ENGLISH, f"the number {number} stands in the words")]


def test_a_number_with_its_currency_in_the_words_is_found(copied: Copy) -> None:
    copied.put(ENGLISH, COST, "It is Q500 there.")

    assert copied.found() == [error(ENGLISH, "the number 500 stands in the words")]


@pytest.mark.parametrize("words", ["DS-160", "I-797", "H-2", "2024", "18 or more", "1. One"])
def test_years_forms_and_small_numbers_may_stand_in_the_words(copied: Copy, words: str) -> None:
    copied.put(ENGLISH, ("HT", "full", "time"), f"It is {words} there.")

    assert copied.found() == []


@pytest.mark.parametrize(
    "address",
    ["https://example.ht", "www.example.ht", "migracion.gob.sv", "iom.int", "juno7.ht"],
)
def test_a_web_address_in_the_words_is_found(copied: Copy, address: str) -> None:
    copied.put(ENGLISH, ("HT", "full", "time"), f"Look at {address} first.")

    assert copied.found() == [error(ENGLISH, "stands in the words; make it a fact")]


def test_a_topic_without_an_answer_is_a_warning(content: Knowledge) -> None:
    new = replace(content, topics={**content.topics, "documents.invented": "new"})

    found = [str(fault) for fault in answers.faults(new, TODAY) if fault.level == "warning"]

    assert [line.endswith("documents.invented") for line in found if "no answer" in line] == [True]


def test_one_language_that_is_partial_may_lack_a_text(copied: Copy) -> None:
    copied.put("languages/fr/language.yml", ("partial",), "true")
    copied.put(words_of(PASSPORT, "fr"), ("HT",), GONE)

    assert copied.found() == []
