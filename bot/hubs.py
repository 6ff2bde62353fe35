"""Finds Information Hubs by town or country, forgiving spelling, and writes them as lines."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot import facts
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Hub
from bot.text import normalise

SHOWN = 3
IN_SMS = 2
ALIKE = 86  # rapidfuzz ratio (0-100) above which two spellings are one place
SHORTEST = 4  # letters; shorter names must match exactly


def find(knowledge: Knowledge, place: str, country: str) -> list[Hub]:
    """The hubs of a place, else of the country; hubs before other centres, surest first."""
    named = matching(knowledge, place)
    here = [hub for hub in knowledge.hubs if hub.id in named]
    chosen = here or [hub for hub in knowledge.hubs if hub.country == country]
    sureness = ("high", "medium", "low")
    return sorted(chosen, key=lambda h: (h.kind != "hub", sureness.index(h.confidence)))


def matching(knowledge: Knowledge, place: str) -> set[str]:
    """The ids of the hubs whose town or other name occurs in the words."""
    words = normalise(place).split()
    pieces = {" ".join(words[i : i + n]) for n in range(1, 5) for i in range(len(words) - n + 1)}
    named = knowledge.hub_places
    alike = (_alike(piece, list(named)) for piece in pieces)
    return {hub_id for names in alike for name in names for hub_id in named[name]}


def _alike(piece: str, names: list[str]) -> list[str]:
    """The names that the piece spells, more or less; short ones exactly."""
    if len(piece) < SHORTEST:
        return [piece] if piece in names else []
    found = process.extract(piece, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
    return [name for name, _, _ in found if len(name) >= SHORTEST]


def lines(knowledge: Knowledge, place: str, country: str, language: str) -> Paragraph:
    """Up to three hubs as they are read; without any, words that say so or ask for the place."""
    found = find(knowledge, place, country)
    if not found:
        key = "hub_none" if country else "hub_ask_place"
        forms = knowledge.phrase(language, key, country=knowledge.country_name(language, country))
        return Paragraph(full=forms.full, short=forms.short)
    return Paragraph(
        full="\n\n".join(_lines(knowledge, hub, language) for hub in found[:SHOWN]),
        short="; ".join(_brief(hub) for hub in found[:IN_SMS]),
    )


def country_of(knowledge: Knowledge, place: str) -> str:
    """The country of the hubs whose name occurs in the words, if they are all in one."""
    ids = matching(knowledge, place)
    countries = {hub.country for hub in knowledge.hubs if hub.id in ids}
    return countries.pop() if len(countries) == 1 else ""


def _lines(knowledge: Knowledge, hub: Hub, language: str) -> str:
    lines = [f"{hub.city}: {hub.name}"]
    lines.append(hub.where or knowledge.phrase(language, "hub_no_address").full)
    if hub.phone:
        lines.append(hub.phone)
    if hub.hours:
        lines.append(
            knowledge.phrase(language, "hub_hours", hours=_hours(knowledge, hub, language)).full
        )
    return "\n".join([*lines, *_doubt(knowledge, hub, language)])


def _doubt(knowledge: Knowledge, hub: Hub, language: str) -> list[str]:
    """How old the row is, unless it is sure and recent."""
    if hub.closed:
        return [knowledge.phrase(language, "hub_closed_maybe").full]
    if hub.confidence == "high" and not facts.is_old(hub.date, hub.verified):
        return []
    if hub.date == "undated":
        return [knowledge.phrase(language, "hub_undated").full]
    month = facts.date(hub.date[:7], knowledge.languages[language])
    return [knowledge.phrase(language, "hub_old", month=month).full]


def _brief(hub: Hub) -> str:
    return f"{hub.city}: {hub.where or hub.name}"


def _hours(knowledge: Knowledge, hub: Hub, language: str) -> str:
    shown = hub.hours
    for day, name in knowledge.words(language, "days").items():
        shown = shown.replace(day, name)
    return shown
