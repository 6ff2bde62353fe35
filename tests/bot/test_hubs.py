"""Hubs are found by town or country, however they are spelt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import hubs, text
from bot.hubs import Found, Search
from bot.knowledge import Knowledge
from bot.schema import Hub

CAP = (19.76, -72.2)  # Cap-Haïtien
PORT = (18.54, -72.34)  # Port-au-Prince


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
    assert hubs.country_of(content, Search(said)) == expected


def test_every_hub_is_found_by_each_of_its_names(content: Knowledge) -> None:
    names = [(hub.id, name) for hub in content.hubs for name in (hub.city, *hub.aliases)]

    assert [x for x in names if x[0] not in hubs.matching(content, x[1])] == []


def test_the_place_is_more_than_the_country(content: Knowledge) -> None:
    here = table(content, hub("Arcahaie"), hub("Cabaret"))

    assert [x.city for x in hubs.find(here, Search("cabaret", "HT")).hubs] == ["Cabaret"]


def test_the_place_holds_also_in_another_country(content: Knowledge) -> None:
    here = table(content, hub("Arcahaie"), hub("Dajabon", country="DO"))

    assert [x.city for x in hubs.find(here, Search("dajabon", "HT")).hubs] == ["Dajabon"]


def test_without_a_place_the_country_counts(content: Knowledge) -> None:
    here = table(content, hub("Arcahaie"), hub("Dajabon", country="DO"))

    assert [x.city for x in hubs.find(here, Search("somewhere", "DO")).hubs] == ["Dajabon"]


def test_without_place_and_country_there_is_none(content: Knowledge) -> None:
    assert hubs.find(content, Search()).hubs == ()


def test_hubs_come_before_centres_and_the_surest_first(content: Knowledge) -> None:
    here = table(
        content,
        hub("Sure centre", kind="centre"),
        hub("Doubtful hub", confidence="low"),
        hub("Likely hub", confidence="medium"),
        hub("Sure hub"),
    )

    cities = [x.city for x in hubs.find(here, Search("", "HT")).hubs]

    assert cities == ["Sure hub", "Likely hub", "Doubtful hub", "Sure centre"]


def test_a_search_reads_the_place_once(
    content: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = []

    def counting(place: str) -> str:
        read.append(place)
        return text.normalise(place)

    monkeypatch.setattr(hubs, "normalise", counting)
    hubs.matching(content, "nowhere")

    assert read == ["nowhere"]


def near(content: Knowledge, search: Search, *rows: Hub) -> Found:
    """What is found among these hubs."""
    return hubs.find(table(content, *rows), search)


def at(city: str, point: tuple[float, float], **changes: str) -> Hub:
    """A hub that lies at a point."""
    return hub(city, lat=str(point[0]), lon=str(point[1]), **changes)


def test_from_a_point_the_nearest_comes_first_with_its_distance(content: Knowledge) -> None:
    found = near(content, Search(point=(19.7, -72.2)), at("South", PORT), at("North", CAP))

    assert ([x.city for x in found.hubs], [round(x or 0) for x in found.distances]) == (
        ["North", "South"],
        [7, 130],
    )


def test_a_point_has_the_country_it_lies_in(content: Knowledge) -> None:
    found = near(content, Search(point=(19.56, -71.73)), at("North", CAP))

    assert found.country == "HT"


def test_nobody_is_sent_over_a_border(content: Knowledge) -> None:
    over_there = at("Dajabon", (19.55, -71.71), country="DO")

    found = near(content, Search(point=(19.55, -71.73)), over_there, at("North", CAP))

    assert [x.city for x in found.hubs] == ["North"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        pytest.param("mwen nan Okap", "Cap-Haïtien", id="a Creole name"),
        pytest.param("estoy en cabo haitiano", "Cap-Haïtien", id="a Spanish name"),
        pytest.param("gonayiv", "Gonaïves", id="another town"),
        pytest.param("petionvile", "Pétionville", id="misspelt"),
    ],
)
def test_a_town_without_a_hub_shows_the_nearest(content: Knowledge, said: str, place: str) -> None:
    found = near(content, Search(said), at("North", CAP), at("South", PORT))

    assert (found.place, len(found.hubs), None in found.distances) == (place, 2, False)


@pytest.mark.parametrize(("point", "far"), [(CAP, False), (PORT, True)])
def test_what_is_over_a_hundred_kilometres_away_is_far(
    content: Knowledge, point: tuple[float, float], far: bool
) -> None:
    assert near(content, Search("okap"), at("Somewhere", point)).far is far


def test_a_hub_without_a_point_lies_in_its_town(content: Knowledge) -> None:
    found = near(content, Search(point=CAP), hub("Port-au-Prince"))

    assert found.distances[0] == pytest.approx(136, abs=3)


@pytest.mark.parametrize(
    "said",
    [
        "donde esta el centro de informacion mas cercano",
        "kote sant enfomasyon ki pi pre a",
        "telefono de la oficina de orientacion al migrante",
        "where is the nearest hub",
        "le bureau d'information le plus proche svp",
    ],
)
def test_everyday_words_are_no_place(content: Knowledge, said: str) -> None:
    assert hubs.names_place(content, said) is False


def test_a_pin_is_that_of_the_hub_itself(content: Knowledge) -> None:
    known = next(hub for hub in content.hubs if hub.lat is not None)
    pin = hubs.pin(content, Search(country=known.country, point=(known.lat, known.lon)))

    assert pin is not None
    assert (pin.latitude, pin.longitude, pin.label) == (known.lat, known.lon, known.name)


def test_the_middle_of_a_town_is_no_pin(content: Knowledge) -> None:
    town = next(hub for hub in content.hubs if hub.lat is None)

    assert hubs.pin(content, Search(town.city, town.country)) is None
