"""Finds Information Hubs by town, border post, point or country, however they are spelt."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot import places
from bot.knowledge import Knowledge
from bot.model import Place
from bot.places import Point
from bot.schema import Hub
from bot.text import normalise

NEAREST = "hubs.nearest"  # also what a place without words asks for
TOPICS = (NEAREST, "hubs.services", "hubs.hours")
SHOWING = (NEAREST, "hubs.hours")  # topics whose answers name hubs
ALIKE = 86  # rapidfuzz ratio (0-100) above which two spellings are one place
SHORTEST = 4  # letters; shorter names must match exactly
NEAR = 100.0  # km; what is farther away is said to be far


@dataclass(frozen=True)
class Search:
    """Where somebody is: in words, at a point, or only in a country.

    `number` is the country of their number: of two towns with one name that one is likelier.
    """

    words: str = ""
    country: str = ""
    number: str = ""
    point: Point | None = None


@dataclass(frozen=True)
class Found:
    """The hubs, best first, and how far each is from the `place` (km), if that is known.

    `place` is what the program took the words for: empty where they name a hub's own town.
    """

    hubs: tuple[Hub, ...]
    distances: tuple[float | None, ...]
    country: str
    place: str = ""

    @property
    def far(self) -> bool:
        """Whether there is a place and no hub near it."""
        nearest = self.distances[0] if self.distances else None
        return nearest is not None and nearest > NEAR


def find(knowledge: Knowledge, search: Search) -> Found:
    """The hubs for a search: at the place named, else near it, else in the country."""
    if search.point:
        return _near(knowledge, search.point, "", country_of(knowledge, search))
    named = matching(knowledge, search.words)
    if named:
        rows = [hub for hub in knowledge.hubs if hub.id in named]
        preferred = [hub for hub in rows if hub.country == search.country] or rows
        return _listed(preferred, preferred[0].country)
    spot = _spot(knowledge, search)
    if spot:
        return _near(knowledge, spot.point, spot.name, spot.country)
    here = [hub for hub in knowledge.hubs if hub.country == search.country]
    return _listed(here, search.country)


def _spot(knowledge: Knowledge, search: Search) -> places.Spot | None:
    if not search.words.strip():
        return None
    return knowledge.gazetteer.named(search.words, _countries(search))


def _countries(search: Search) -> list[str]:
    """The countries that somebody is likely in."""
    return [code for code in (search.country, search.number) if code]


def _listed(rows: list[Hub], country: str) -> Found:
    ordered = sorted(rows, key=_surest)
    return Found(tuple(ordered), (None,) * len(ordered), country)


def _surest(hub: Hub) -> tuple[bool, int]:
    return hub.kind != "hub", ("high", "medium", "low").index(hub.confidence)


def _near(knowledge: Knowledge, point: Point, name: str, country: str) -> Found:
    """The hubs of the point's country by distance: a border is not to be crossed for advice."""
    measured = [
        (round(places.kilometres(point, where), 1), hub)
        for hub in knowledge.hubs
        if hub.country == country and (where := location(knowledge, hub))
    ]
    measured.sort(key=lambda pair: (pair[0], _surest(pair[1])))
    distances = tuple(distance for distance, _ in measured)
    return Found(tuple(hub for _, hub in measured), distances, country, name)


def location(knowledge: Knowledge, hub: Hub) -> Point | None:
    """Where a hub lies: its own point, else that of its town."""
    if hub.lat is not None and hub.lon is not None:
        return hub.lat, hub.lon
    spot = knowledge.gazetteer.named(hub.city, [hub.country])
    return spot.point if spot and spot.country == hub.country else None


def pin(knowledge: Knowledge, search: Search) -> Place | None:
    """The place of the best hub, for a map; None where only its town is known, or it is far.

    The middle of a town must not look like the door of an office.
    """
    found = find(knowledge, search)
    best = found.hubs[0] if found.hubs else None
    if best is None or found.far or best.lat is None or best.lon is None:
        return None
    return Place.on_earth(best.lat, best.lon, best.name)


def shown(knowledge: Knowledge, search: Search) -> str:
    """The id of the hub that an answer names first, or nothing."""
    found = find(knowledge, search)
    return found.hubs[0].id if found.hubs else ""


def matching(knowledge: Knowledge, words: str) -> set[str]:
    """The ids of the hubs whose town or other name occurs in the words."""
    said = normalise(words).split()
    pieces = {" ".join(said[i : i + n]) for n in range(1, 5) for i in range(len(said) - n + 1)}
    named = knowledge.hub_places
    alike = (_alike(piece, list(named)) for piece in pieces)
    return {hub_id for names in alike for name in names for hub_id in named[name]}


def _alike(piece: str, names: list[str]) -> list[str]:
    """The names that the piece spells, more or less; short ones exactly."""
    if len(piece) < SHORTEST:
        return [piece] if piece in names else []
    found = process.extract(piece, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    return [name for name, _, _ in found if len(name) >= SHORTEST]


def names_place(knowledge: Knowledge, words: str) -> bool:
    """Whether the words name a hub's town or any other place that we know."""
    return bool(matching(knowledge, words)) or _spot(knowledge, Search(words)) is not None


def country_of(knowledge: Knowledge, search: Search) -> str:
    """The country of the place that is named, if it can be only one; of a point one we know."""
    if search.point:
        code = places.country_at(search.point)
        return code if code in knowledge.countries else ""
    ids = matching(knowledge, search.words)
    countries = {hub.country for hub in knowledge.hubs if hub.id in ids}
    if not ids:
        spot = _spot(knowledge, search)
        countries = {spot.country} if spot else set()
    return countries.pop() if len(countries) == 1 else ""
