"""Hubs are found by town or country, however they are spelt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import hubs, text
from bot.hubs import IN_SMS, SHOWN
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Hub


def hub(city: str, **changes: str | list[str]) -> Hub:
    """A hub in Haiti, surely there."""
    row = {
        "id": f"ht-{city.lower()}",
        "country": "HT",
        "kind": "hub",
        "city": city,
        "name": f"Hub {city}",
        "where": f"Street of {city}",
        "source": "https://example.org",
        "date": "2026-01",
        "verified": "2026-11",
        "review_by": "2027-02",
        "confidence": "high",
    }
    return Hub(**{**row, **changes})


def table(content: Knowledge, *rows: Hub) -> Knowledge:
    """The content with these hubs only."""
    return replace(content, hubs=list(rows))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("Belmopan", "BZ", id="as it is written"),
        pytest.param("belmopam", "BZ", id="a wrong letter"),
        pytest.param("bel mopan", "BZ", id="in two words"),
        pytest.param("Tapachla", "MX", id="a letter less"),
        pytest.param("tapachoula", "MX", id="as it is heard in French"),
        pytest.param("quetzaltenago", "GT", id="a long name with a letter less"),
        pytest.param("choluteka", "HN", id="k for c"),
        pytest.param("Ahuachapan", "SV", id="without an accent"),
        pytest.param("TECÚN UMÁN", "GT", id="capitals"),
        pytest.param("estoy en la ciudad de Tijuana, México", "MX", id="among other words"),
        pytest.param("kote pou m ale nan wanament tanpri", "HT", id="among Creole words"),
        pytest.param("Wanament", "HT", id="Creole of Ouanaminthe"),
        pytest.param("wanamint", "HT", id="another Creole spelling"),
        pytest.param("ouanaminte", "HT", id="French misspelt"),
        pytest.param("bèladè", "HT", id="Creole of Belladère"),
        pytest.param("belade", "HT", id="the same without accents"),
        pytest.param("malpas", "HT", id="Creole of Malpasse"),
        pytest.param("fonparizyen", "HT", id="Creole of Fonds-Parisien"),
        pytest.param("ansapit", "HT", id="Creole of Anse-à-Pitres"),
        pytest.param("sendomeng", "DO", id="Creole of Santo Domingo"),
        pytest.param("juana mendez", "HT", id="the Dominican name of Ouanaminthe"),
        pytest.param("xela", "GT", id="nickname of Quetzaltenango"),
        pytest.param("tegus", "HN", id="nickname of Tegucigalpa"),
        pytest.param("tj", "MX", id="a name of two letters"),
        pytest.param("cdmx", "MX", id="an abbreviation"),
        pytest.param("el guasaule", "HN", id="a border post"),
        pytest.param("peñas blancas", "CR", id="a border post with an accent"),
        pytest.param("nowhere at all", "", id="no place"),
        pytest.param("", "", id="nothing"),
        pytest.param("?!", "", id="no words"),
        pytest.param("muchas gracias", "", id="a courtesy that is a town of Honduras"),
        pytest.param("se demora mucho", "", id="a word that has the letters of a town"),
        pytest.param("dj", "", id="a short name must be exact"),
        pytest.param("paso canoas", "", id="a town in two countries"),
    ],
)
def test_a_place_has_a_country(content: Knowledge, said: str, expected: str) -> None:
    assert hubs.country_of(content, said) == expected


def test_every_hub_is_found_by_each_of_its_names(content: Knowledge) -> None:
    names = [(hub.id, name) for hub in content.hubs for name in (hub.city, *hub.aliases)]

    assert [x for x in names if x[0] not in hubs.matching(content, x[1])] == []


def test_the_place_is_more_than_the_country(content: Knowledge) -> None:
    here = table(content, hub("Arcahaie"), hub("Cabaret"))

    assert [x.city for x in hubs.find(here, "cabaret", "HT")] == ["Cabaret"]


def test_the_place_holds_also_in_another_country(content: Knowledge) -> None:
    here = table(content, hub("Arcahaie"), hub("Dajabon", country="DO"))

    assert [x.city for x in hubs.find(here, "dajabon", "HT")] == ["Dajabon"]


def test_without_a_place_the_country_counts(content: Knowledge) -> None:
    here = table(content, hub("Arcahaie"), hub("Dajabon", country="DO"))

    assert [x.city for x in hubs.find(here, "somewhere", "DO")] == ["Dajabon"]


def test_without_place_and_country_there_is_none(content: Knowledge) -> None:
    assert hubs.find(content, "", "") == []


def test_hubs_come_before_centres_and_the_surest_first(content: Knowledge) -> None:
    here = table(
        content,
        hub("Sure centre", kind="centre"),
        hub("Doubtful hub", confidence="low"),
        hub("Likely hub", confidence="medium"),
        hub("Sure hub"),
    )

    cities = [x.city for x in hubs.find(here, "", "HT")]

    assert cities == ["Sure hub", "Likely hub", "Doubtful hub", "Sure centre"]


def test_a_search_reads_the_place_once(
    content: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def counting(place: str) -> str:
        read.append(place)
        return text.normalise(place)

    monkeypatch.setattr(hubs, "normalise", counting)
    hubs.find(content, "nowhere", "MX")

    assert read == ["nowhere"]


def test_a_hub_is_written_with_its_address_phone_and_hours(content: Knowledge) -> None:
    one = hub("Arcahaie", phone="+509 3700-1234", hours="Mon-Fri 8-16")

    assert hubs.lines(table(content, one), "", "HT", "en") == Paragraph(
        full="Arcahaie: Hub Arcahaie\nStreet of Arcahaie\n+509 3700-1234\nHours: Mon-Fri 8-16",
        short="Arcahaie: Street of Arcahaie",
    )


def test_a_hub_without_an_address_says_so(content: Knowledge) -> None:
    one = hub("Arcahaie", where="")

    assert hubs.lines(table(content, one), "", "HT", "en") == Paragraph(
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

    written = hubs.lines(table(content, one), "", "HT", language).full

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
    written = hubs.lines(table(content, hub("Arcahaie", **changes)), "", "HT", "en").full

    assert written.splitlines()[-1] == content.phrase("en", key, **values).full


def test_what_is_sure_and_recent_has_no_doubt(content: Knowledge) -> None:
    written = hubs.lines(table(content, hub("Arcahaie")), "", "HT", "en").full

    assert written == "Arcahaie: Hub Arcahaie\nStreet of Arcahaie"


@pytest.mark.parametrize(("form", "most"), [("full", SHOWN), ("short", IN_SMS)])
def test_only_the_first_hubs_are_written(content: Knowledge, form: str, most: int) -> None:
    here = table(content, *(hub(f"Town{number}") for number in range(SHOWN + 2)))

    assert getattr(hubs.lines(here, "", "HT", "en"), form).count("Street of Town") == most


@pytest.mark.parametrize(
    ("country", "key"), [("HT", "hub_none"), ("ZZ", "hub_none"), ("", "hub_ask_place")]
)
def test_without_a_hub_it_says_so_or_asks_for_the_place(
    content: Knowledge, country: str, key: str
) -> None:
    said = content.phrase("ht", key, country=content.country_name("ht", country))

    assert hubs.lines(table(content), "", country, "ht") == Paragraph(said.full, said.short)
