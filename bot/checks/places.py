"""Faults of the places, and hubs that lie nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from bot import hubs
from bot.checks.fault import Fault
from bot.knowledge import Knowledge

PATH = "knowledge/places.yml"


def faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every place without a country or a point, and every hub that cannot be found by a pin."""
    with_point = {place.name for place in knowledge.named_places if place.lat is not None}
    for place in knowledge.named_places:
        if place.country not in knowledge.countries:
            text = f"`{place.country}` is no country of countries.yml; use its code"
            yield Fault.error(PATH, f"{place.name}: {text}")
        if (place.lat is None) != (place.lon is None):
            yield Fault.error(PATH, f"{place.name}: has only one of lat and lon; add the other")
        if place.lat is None and place.near not in with_point:
            text = "has no lat and lon; add them, or `near:` a place of this file that has them"
            yield Fault.error(PATH, f"{place.name}: {text}")
    for hub in knowledge.hubs:
        if hubs.location(knowledge, hub) is None:
            text = f"{hub.id}: nobody knows where {hub.city} lies; add it to places.yml"
            yield Fault.warning("knowledge/hubs.yml", text)
