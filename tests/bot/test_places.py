"""Places are found by their names, however they are spelt, and points have a country."""

from __future__ import annotations

import pytest

from bot import places
from bot.places import Gazetteer, Spot
from bot.schema import NamedPlace

BIG = Spot("San Marcos", "GT", (14.96, -91.79), 25_000)
SMALL = Spot("San Marcos", "HN", (14.4, -88.95), 9_000)
POST = Spot("Malpasse", "HT", (18.6, -71.9), 0)


def gazetteer(*ordinary: str, vocabulary: tuple[str, ...] = ()) -> Gazetteer:
    """Two towns of one name, and a border post of ours."""
    towns = [("San Marcos", BIG), ("San Marcos", SMALL)]
    return Gazetteer([("Malpas", POST)], towns, frozenset(ordinary), frozenset(vocabulary))


@pytest.mark.parametrize(
    ("words", "countries", "expected"),
    [
        pytest.param("san marcos", [], BIG, id="the larger of two"),
        pytest.param("san marcos", ["HN"], SMALL, id="the one in the country"),
        pytest.param("san marcos", ["BZ"], BIG, id="no country helps"),
        pytest.param("vivo en SAN MARCOS ahora", [], BIG, id="among words"),
        pytest.param("san marcoz", [], BIG, id="misspelt"),
        pytest.param("malpas", [], POST, id="ours, by another name"),
        pytest.param("malpas o san marcos", [], POST, id="ours first"),
        pytest.param("somewhere", [], None, id="nowhere"),
        pytest.param("", [], None, id="nothing"),
    ],
)
def test_a_place_is_named(words: str, countries: list[str], expected: Spot | None) -> None:
    assert gazetteer().named(words, countries) == expected


def test_ordinary_words_are_no_place() -> None:
    assert gazetteer("san marcos").named("san marcos", []) is None


def test_a_word_of_the_vocabulary_is_no_place_misspelt() -> None:
    assert gazetteer(vocabulary=("san", "marcoz")).named("san marcoz", []) is None


def test_in_a_long_message_names_must_be_exact() -> None:
    story = "yo salí de mi casa con mi hermano y mi tío hace dos semanas y ahora en "

    named = [gazetteer().named(story + name, []) for name in ("san marcoz", "san marcos")]

    assert named == [None, BIG]


def test_a_place_near_another_has_its_point() -> None:
    row = {"country": "HT", "kind": "town"}
    rows = [
        NamedPlace(name="A", lat="18", lon="-72", **row),
        NamedPlace(name="B", near="A", aliases=["bee"], **row),
        NamedPlace(name="C", **row),
    ]

    found = [(name, spot.point) for name, spot in places.own(rows)]

    assert found == [("A", (18, -72)), ("B", (18, -72)), ("bee", (18, -72))]


@pytest.mark.parametrize(
    ("point", "country"),
    [
        ((19.45, -72.69), "HT"),
        ((19.55, -71.70), "DO"),
        ((14.62, -90.53), "GT"),
        ((17.16, -89.07), "BZ"),
        ((12.05, -61.75), "GD"),
    ],
)
def test_a_point_lies_in_a_country(point: tuple[float, float], country: str) -> None:
    assert places.country_at(point) == country


@pytest.mark.parametrize(
    ("point", "country"),
    [
        pytest.param((27.506, -99.507), "US", id="Laredo"),
        pytest.param((27.4763, -99.5164), "MX", id="Nuevo Laredo"),
        pytest.param((31.7587, -106.4869), "US", id="El Paso"),
        pytest.param((31.737, -106.487), "MX", id="Ciudad Juárez"),
        pytest.param((32.552, -117.043), "US", id="San Ysidro"),
        pytest.param((32.533, -117.02), "MX", id="Tijuana"),
        pytest.param((19.549, -71.724), "HT", id="Ouanaminthe"),
        pytest.param((19.549, -71.708), "DO", id="Dajabón"),
        pytest.param((17.075, -89.139), "BZ", id="Benque"),
        pytest.param((17.0627, -89.1512), "GT", id="Melchor"),
        pytest.param((14.6779, -92.1405), "GT", id="Tecún Umán"),
        pytest.param((14.679, -92.150), "MX", id="Ciudad Hidalgo"),
        pytest.param((5.499, -54.055), "SR", id="Albina"),
        pytest.param((5.503, -54.029), "GF", id="Saint-Laurent"),
    ],
)
def test_at_a_border_a_point_lies_on_its_own_side(
    point: tuple[float, float], country: str
) -> None:
    assert places.country_at(point) == country


@pytest.mark.parametrize("point", [(0.0, 0.0), (90.0, 180.0), (15.0, -60.0)])
def test_at_sea_there_is_no_country(point: tuple[float, float]) -> None:
    assert places.country_at(point) == ""


def test_kilometres() -> None:
    assert places.kilometres((18.54, -72.34), (19.76, -72.2)) == pytest.approx(136, abs=2)
