"""Charts are pictures that need nothing else and run nothing."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from bot.charts import months, region
from bot.charts.months import Bar
from bot.charts.region import Circle
from bot.knowledge import Knowledge

HAITI = Circle((-72.6, 18.9), "Haïti 31 000", 31_000, "left")
NASSAU = Circle((-77.3, 25.1), "Bahamas", 5)
BARS = [Bar("Jul 26", 1200, earlier=False), Bar("Aug 26", None, earlier=False)]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(name: str) -> bytes:
    """A chart of each kind."""
    charts = {
        "months": lambda: months.draw(BARS, str),
        "map": lambda: region.draw([NASSAU, HAITI]),
        "small map": lambda: region.small([NASSAU, HAITI]),
    }
    return charts[name]()


@pytest.mark.parametrize("name", ["months", "map", "small map"])
def test_a_chart_is_a_picture_that_runs_and_loads_nothing(name: str) -> None:
    root = ElementTree.fromstring(drawn(name))

    tags = {element.tag for element in root.iter()}
    links = {v for e in root.iter() for k, v in e.attrib.items() if k.endswith("href")}
    assert root.tag == f"{SVG}svg"
    assert tags & {f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"} == set()
    assert {link[0] for link in links} == {"#"}


@pytest.mark.parametrize("name", ["months", "map"])
def test_the_same_figures_are_the_same_picture(name: str) -> None:
    assert drawn(name) == drawn(name)


def test_a_chart_of_nothing_is_a_chart() -> None:
    assert region.draw([])
    assert months.draw([], str)


def test_every_programme_country_is_on_the_map(content: Knowledge) -> None:
    places = {code: content.countries[code].at for code in content.programme_countries()}

    assert [code for code, at in places.items() if not at or not region.shows(at)] == []
