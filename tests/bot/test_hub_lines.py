"""Hubs are written with their address, distance, hours and age."""

from __future__ import annotations

import pytest

from bot import answers, contacts, hub_lines
from bot.hub_lines import IN_SMS, SHOWN
from bot.hubs import Search
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.text import gsm_form, septets
from tests.bot.test_hubs import CAP, PORT, at, hub, table

HAITI = Search(country="HT")


def test_a_hub_is_written_with_its_address_phone_and_hours(content: Knowledge) -> None:
    one = hub("Arcahaie", phone="+509 3700-1234", hours="Mon-Fri 8-16")

    assert hub_lines.lines(table(content, one), HAITI, "en") == Paragraph(
        full="Arcahaie: Hub Arcahaie\nStreet of Arcahaie\n+509 3700-1234\nHours: Mon-Fri 8-16",
        short="Arcahaie: Street of Arcahaie",
    )


def test_a_hub_without_an_address_says_so(content: Knowledge) -> None:
    one = hub("Arcahaie", where="")

    assert hub_lines.lines(table(content, one), HAITI, "en") == Paragraph(
        full="Arcahaie: Hub Arcahaie\naddress not known: ask at the town hall",
        short="Arcahaie: Hub Arcahaie",
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("es", "Horario: lun-vie 8-16"),
        ("ht", "Lè yo louvri: len-van 8-16"),
        ("en", "Hours: Mon-Fri 8-16"),
        ("fr", "Horaires: lun-ven 8-16"),
    ],
)
def test_the_days_are_in_the_language(content: Knowledge, language: str, expected: str) -> None:
    one = hub("Arcahaie", hours="Mon-Fri 8-16")

    written = hub_lines.lines(table(content, one), HAITI, language).full

    assert written.splitlines()[-1] == expected


@pytest.mark.parametrize(
    ("changes", "key", "values"),
    [
        ({"confidence": "medium"}, "hub_old", {"month": "January 2026"}),
        ({"date": "2023-05-02"}, "hub_old", {"month": "May 2023"}),
        ({"date": "2020"}, "hub_old", {"month": "2020"}),
        ({"date": "undated", "confidence": "low"}, "hub_undated", {}),
        ({"closed": "2025"}, "hub_closed_maybe", {}),
    ],
)
def test_a_doubt_is_the_last_line(
    content: Knowledge, changes: dict[str, str], key: str, values: dict[str, str]
) -> None:
    written = hub_lines.lines(table(content, hub("Arcahaie", **changes)), HAITI, "en").full

    assert written.splitlines()[-1] == content.phrase("en", key, **values).full


def test_what_is_sure_and_recent_has_no_doubt(content: Knowledge) -> None:
    written = hub_lines.lines(table(content, hub("Arcahaie")), HAITI, "en").full

    assert written == "Arcahaie: Hub Arcahaie\nStreet of Arcahaie"


@pytest.mark.parametrize(("form", "most"), [("full", SHOWN), ("short", IN_SMS)])
def test_only_the_first_hubs_are_written(content: Knowledge, form: str, most: int) -> None:
    here = table(content, *(hub(f"Town{number}") for number in range(SHOWN + 2)))

    assert getattr(hub_lines.lines(here, HAITI, "en"), form).count("Street of Town") == most


@pytest.mark.parametrize(
    ("country", "key"), [("HT", "hub_none"), ("ZZ", "hub_none"), ("", "hub_ask_place")]
)
def test_without_a_hub_it_says_so_or_asks_for_the_place(
    content: Knowledge, country: str, key: str
) -> None:
    said = content.phrase("ht", key, country=content.country_name("ht", country))

    written = hub_lines.lines(table(content), Search(country=country), "ht")

    assert (written.full.split("\n\n")[0], written.short.startswith(said.short)) == (
        said.full,
        True,
    )


def test_the_distance_stands_behind_the_town(content: Knowledge) -> None:
    here = table(content, at("Limonade", (19.67, -72.12)))

    said = hub_lines.lines(here, Search(point=CAP), "en")

    assert said == Paragraph(
        full="Nearest to Haiti:\n\nLimonade (13 km): Hub Limonade\nStreet of Limonade",
        short="Nearest to Haiti: Limonade (13 km): Street of Limonade",
    )


def test_where_none_is_near_the_office_that_serves_the_place_is_named(content: Knowledge) -> None:
    said = hub_lines.lines(table(content, at("Arcahaie", PORT)), Search("okap"), "en").full

    serving = contacts.block(content, "HT", contacts.of(content, "HT", hub_lines.SERVING), "en")
    assert (said.split("\n\n")[0], said.split("\n\n")[-1]) == (
        content.phrase("en", "hub_far", place="Cap-Haïtien (Haiti)").full,
        serving.full,
    )


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_offices_are_named_than_fit(content: Knowledge, most: int) -> None:
    said = hub_lines.lines(table(content), Search(country="HT"), "es", most).full

    assert len(contacts.of(content, "HT", hub_lines.SERVING)) > most
    assert said.split("\n\n")[-1].count("\n") == most


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
@pytest.mark.parametrize("topic", ["hubs.nearest", "hubs.hours"])
def test_where_there_is_no_hub_the_answer_fits_two_sms(
    content: Knowledge, topic: str, language: str
) -> None:
    empty = table(content)
    asked = [answers.Question(topic, language, code) for code in content.programme_countries()]
    said = [answers.paragraph(empty, question) for question in asked]

    lengths = {x.country: septets(gsm_form(y.short)) for x, y in zip(asked, said, strict=True)}
    assert {code: length for code, length in lengths.items() if length > 306} == {}
