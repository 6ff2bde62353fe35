"""The numbers of a country, as they are read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import contacts
from bot.contacts import IN_SMS, URGENT
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Contact


def contact(kind: str, phone: str = "", **changes: str) -> Contact:
    """A contact of Haiti."""
    row = {
        "country": "HT",
        "kind": kind,
        "name": f"the {kind}",
        "phone": phone,
        "source": "https://example.org",
        "date": "2026-01",
        "verified": "2026-11",
        "review_by": "2027-02",
        "confidence": "high",
    }
    return Contact(**{**row, **changes})


def table(content: Knowledge, *rows: Contact) -> Knowledge:
    """The content with these contacts only."""
    return replace(content, contacts=list(rows))


def test_urgent_numbers_come_in_the_order_of_urgency(content: Knowledge) -> None:
    rows = [contact(kind, "911") for kind in reversed(URGENT)]

    found = contacts.of(table(content, *rows), "HT")

    assert tuple(x.kind for x in found) == URGENT


def test_other_kinds_are_not_urgent(content: Knowledge) -> None:
    rows = [contact("fraud", "911"), contact("line", "912")]

    assert contacts.of(table(content, *rows), "HT") == []


def test_a_kind_can_be_asked_for(content: Knowledge) -> None:
    rows = [contact("police", "911"), contact("line", "912")]

    assert contacts.of(table(content, *rows), "HT", ("line",)) == [rows[1]]


def test_kinds_that_are_asked_for_come_in_the_order_asked_for(content: Knowledge) -> None:
    rows = [contact("police", "911"), contact("line", "912"), contact("legal", "913")]

    found = contacts.of(table(content, *rows), "HT", ("legal", "line"))

    assert [x.kind for x in found] == ["legal", "line"]


def test_a_country_without_the_kinds_shows_its_urgent_numbers(content: Knowledge) -> None:
    here = table(content, contact("police", "911"), contact("line", "912", country="DO"))

    said = contacts.lines(here, ["HT", "DO"], "en", ("line",))

    assert said == Paragraph(
        full="Haiti:\n- Police: 911\n\nDominican Republic:\n- Information line: 912",
        short="Haiti: Police 911. Dominican Republic: Information line 912",
    )


def test_each_country_shows_at_most_so_many(content: Knowledge) -> None:
    rows = [contact(kind, "911") for kind in ("emergency", "police", "ambulance")]
    over_there = [contact("police", "912", country="DO"), contact("child", "912", country="DO")]

    said = contacts.lines(table(content, *rows, *over_there), ["HT", "DO"], "en", most=1)

    assert (said.full.count("911"), said.full.count("912")) == (1, 1)


def test_the_numbers_of_another_country_are_left_out(content: Knowledge) -> None:
    rows = [contact("police", "911"), contact("police", "912", country="DO")]

    assert contacts.of(table(content, *rows), "DO") == [rows[1]]


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [
        ("en", "Haiti:\n- Emergency: 911\n- Police: 122", "Haiti: Emergency 911, Police 122"),
        ("ht", "Ayiti:\n- Ijans: 911\n- Lapolis: 122", "Ayiti: Ijans 911, Lapolis 122"),
    ],
)
def test_numbers_are_lines_and_in_an_sms_a_list(
    content: Knowledge, language: str, full: str, short: str
) -> None:
    here = table(content, contact("police", "122"), contact("emergency", "911"))

    assert contacts.lines(here, ["HT"], language) == Paragraph(full, short)


def test_the_numbers_of_two_countries_stand_under_their_names(content: Knowledge) -> None:
    here = table(content, contact("police", "122"), contact("police", "911", country="DO"))

    assert contacts.lines(here, ["DO", "HT"], "en") == Paragraph(
        full="Dominican Republic:\n- Police: 911\n\nHaiti:\n- Police: 122",
        short="Dominican Republic: Police 911. Haiti: Police 122",
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-02", "122 (2023)"), ("2024-11", "122"), ("2026", "122"), ("undated", "122")],
)
def test_an_old_number_is_shown_with_its_year(day: str, expected: str) -> None:
    assert contacts.number(contact("police", "122", date=day)) == expected


def test_an_old_number_is_marked_also_in_the_lines(content: Knowledge) -> None:
    here = table(content, contact("police", "122", date="2020"))

    said = contacts.lines(here, ["HT"], "en")

    assert said == Paragraph("Haiti:\n- Police: 122 (2020)", "Haiti: Police 122 (2020)")


def test_a_body_without_a_number_is_one_to_ask(content: Knowledge) -> None:
    here = table(content, contact("police", name="PNH"))

    said = contacts.lines(here, ["HT"], "en")

    assert said == Paragraph("Haiti:\n- Police: ask PNH", "Haiti: Police: PNH")


def test_an_sms_has_the_first_numbers_that_can_be_called(content: Knowledge) -> None:
    rows = [contact(kind, "911") for kind in ("police", "ambulance", "women", "child")]
    here = table(content, contact("emergency"), *rows)

    assert contacts.lines(here, ["HT"], "en").short.count("911") == IN_SMS


@pytest.mark.parametrize("countries", [[], [""], ["HT"], ["ZZ", ""]])
def test_without_numbers_the_country_is_asked_for(
    content: Knowledge, countries: list[str]
) -> None:
    asked = content.phrase("fr", "danger_no_country")

    assert contacts.lines(table(content), countries, "fr") == Paragraph(asked.full, asked.short)


def test_a_country_without_numbers_is_left_out(content: Knowledge) -> None:
    here = table(content, contact("police", "122"))

    assert contacts.lines(here, ["DO", "HT"], "en") == contacts.lines(here, ["HT"], "en")


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_every_country_of_the_programme_has_something_to_say(
    content: Knowledge, language: str
) -> None:
    asked = content.phrase(language, "danger_no_country").full
    countries = content.programme_countries()

    said = {code: contacts.lines(content, [code], language).full for code in countries}

    assert [code for code, text in said.items() if text == asked] == []
