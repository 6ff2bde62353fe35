"""The real hubs are found by pins, and by names of towns in any spelling."""

from __future__ import annotations

import pytest

from bot import hub_lines, hubs
from bot.hubs import Search
from bot.knowledge import Knowledge

PINS = [
    pytest.param((19.552, -71.728), "", "HT", "Ouanaminthe", id="the market of Ouanaminthe"),
    pytest.param((19.757, -72.204), "", "HT", "Ouanaminthe", id="Cap-Haïtien"),
    pytest.param((18.860, -71.770), "", "HT", "Belladère", id="the road to Belladère"),
    pytest.param((18.045, -71.757), "", "HT", "Anse-à-Pitres", id="Anse-à-Pitres"),
    pytest.param((14.906, -92.263), "", "MX", "Tapachula", id="the park of Tapachula"),
    pytest.param((14.677, -92.140), "MX", "GT", "Tecún Umán (Ayutla)", id="Tecún Umán"),
    pytest.param((14.679, -92.148), "GT", "MX", "Tapachula", id="the other bank of the river"),
    pytest.param((17.064, -89.152), "", "GT", "Melchor de Mencos (Petén)", id="Melchor"),
    pytest.param((17.159, -89.070), "", "BZ", "San Ignacio", id="San Ignacio"),
    pytest.param((8.533, -82.838), "CR", "PA", "Paso Canoas (Panamá)", id="Paso Canoas"),
    pytest.param((8.535, -82.840), "PA", "CR", "Paso Canoas (Costa Rica)", id="Costa Rica"),
    pytest.param((8.390, -77.830), "HT", "PA", "Metetí (Darién)", id="Lajas Blancas"),
    pytest.param((12.620, -87.130), "", "NI", "Chinandega", id="Chinandega"),
    pytest.param((13.920, -89.850), "", "SV", "Ahuachapán", id="Ahuachapán"),
    pytest.param((15.505, -88.020), "", "HN", "San Pedro Sula", id="San Pedro Sula"),
    pytest.param((32.530, -117.020), "US", "MX", "Tijuana", id="Tijuana"),
]
CREOLE = {
    "wanament": ("HT", "Ouanaminthe"),
    "m nan wanamint": ("HT", "Ouanaminthe"),
    "beladè": ("HT", "Belladère"),
    "malpas": ("HT", "Malpasse"),
    "ansapit": ("HT", "Anse-à-Pitres"),
    "Okap": ("HT", "Cap-Haïtien"),
    "gonayiv": ("HT", "Gonaïves"),
    "petyonvil": ("HT", "Pétion-Ville"),
    "leyogàn": ("HT", "Léogâne"),
    "fòlibète": ("HT", "Fort-Liberté"),
    "sendomeng": ("DO", "Santo Domingo"),
    "elyas pinya": ("DO", "Elías Piña"),
    "tapatchoula": ("MX", "Tapachula"),
    "panama siti": ("PA", "Ciudad de Panamá"),
    "gwatemala vil": ("GT", "Ciudad de Guatemala"),
}
SPANISH = {
    "juana mendez": ("HT", "Ouanaminthe"),
    "puerto principe": ("HT", "Port-au-Prince"),
    "estoy en tegus": ("HN", "Tegucigalpa"),
    "tegusigalpa": ("HN", "Tegucigalpa"),
    "sanpedro sula": ("HN", "San Pedro Sula"),
    "tapachulla": ("MX", "Tapachula"),
    "tihuana": ("MX", "Tijuana"),
    "siudad juarez": ("MX", "Ciudad Juárez"),
    "saltiyo": ("MX", "Saltillo"),
    "huehuetenago": ("GT", "Huehuetenango"),
    "eskipulas": ("GT", "Esquipulas"),
    "xela": ("GT", "Quetzaltenango"),
    "aguachapan": ("SV", "Ahuachapán"),
    "chinandegga": ("NI", "Chinandega"),
    "peñas blancas": ("CR", "La Cruz (Guanacaste)"),
}
ENGLISH = {
    "Belmopam": ("BZ", "Belmopan"),
    "belmopan city": ("BZ", "Belmopan"),
    "San Ignasio town": ("BZ", "San Ignacio"),
    "benke": ("BZ", "Benque Viejo del Carmen"),
    "Belize City": ("BZ", "Belize City"),
    "corozall": ("BZ", "Corozal"),
    "Guatemala City": ("GT", "Ciudad de Guatemala"),
    "i am in mexico city": ("MX", "Ciudad de México"),
    "monterey": ("MX", "Monterrey"),
    "Panama City": ("PA", "Ciudad de Panamá"),
    "tapa chula": ("MX", "Tapachula"),
}
FRENCH = {
    "Ouanaminte": ("HT", "Ouanaminthe"),
    "je suis à Ouanamenth": ("HT", "Ouanaminthe"),
    "belladere": ("HT", "Belladère"),
    "Fonds Parisien": ("HT", "Malpasse"),
    "Anse à Pitre": ("HT", "Anse-à-Pitres"),
    "Cap Haitien": ("HT", "Cap-Haïtien"),
    "petionvile": ("HT", "Pétionville"),
    "port au prince": ("HT", "Port-au-Prince"),
    "jérémie": ("HT", "Jérémie"),
    "tapachoula": ("MX", "Tapachula"),
    "San José au Costa Rica": ("CR", "San José"),
}
SPELLINGS = {"ht": CREOLE, "es": SPANISH, "en": ENGLISH, "fr": FRENCH}
NAMES = [
    pytest.param(said, *expected, id=f"{language}: {said}")
    for language, spelt in SPELLINGS.items()
    for said, expected in spelt.items()
]


@pytest.mark.parametrize(("point", "number", "country", "city"), PINS)
def test_a_pin_shows_the_nearest_hub_of_its_country(
    content: Knowledge, point: tuple[float, float], number: str, country: str, city: str
) -> None:
    found = hubs.find(content, Search(point=point, number=number))

    assert (found.country, found.hubs[0].city, found.far) == (country, city, False)


OVER_THE_BORDER = [(27.506, -99.507), (31.7587, -106.4869), (32.552, -117.043), (25.901, -97.497)]


@pytest.mark.parametrize(
    "point", OVER_THE_BORDER, ids=["Laredo", "El Paso", "San Ysidro", "Brownsville"]
)
@pytest.mark.parametrize("number", ["", "US", "MX"])
def test_nobody_in_the_usa_is_sent_to_mexico(
    content: Knowledge, point: tuple[float, float], number: str
) -> None:
    search = Search(point=point, number=number, country="MX")

    assert {hub.country for hub in hubs.find(content, search).hubs} <= {"US"}
    assert hubs.country_of(content, search) == "US"


@pytest.mark.parametrize("point", [(48.85, 2.35), (5.503, -54.029), (0.0, 0.0)])
@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_a_pin_in_a_country_that_we_do_not_know_asks_for_the_place(
    content: Knowledge, language: str, point: tuple[float, float]
) -> None:
    asked = content.phrase(language, "hub_ask_place").full

    assert hub_lines.lines(content, Search(point=point), language).full == asked


@pytest.mark.parametrize(("said", "country", "place"), NAMES)
def test_a_town_is_found_as_people_spell_it(
    content: Knowledge, said: str, country: str, place: str
) -> None:
    found = hubs.find(content, Search(said))

    town = found.place or found.hubs[0].city
    assert (found.country, _plain(town)) == (country, _plain(place))


def _plain(name: str) -> str:
    """A name without what tells it from another of the same name: "Tecún Umán (Ayutla)"."""
    return name.split(" (")[0].replace("-", "").casefold()


def test_every_hub_is_found_by_a_pin_at_its_own_door(content: Knowledge) -> None:
    where = {hub.id: (hub, hubs.location(content, hub)) for hub in content.hubs}
    lost = [
        hub_id
        for hub_id, (hub, point) in where.items()
        if point
        and hub_id
        not in [x.id for x in hubs.find(content, Search(point=point, number=hub.country)).hubs]
    ]

    assert lost == []
