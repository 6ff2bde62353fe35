"""Writes hubs as people read them: where, how far, when open, and how sure that is."""

from __future__ import annotations

from bot import contacts, facts, hubs
from bot.hubs import Found, Search
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Hub

SHOWN = 3
IN_SMS = 2
SERVING = ("line", "migration", "ombudsman")  # who serves a place that has no hub near


def lines(knowledge: Knowledge, search: Search, language: str, most: int = SHOWN) -> Paragraph:
    """Up to three hubs as they are read; without any, words that say so or ask for the place."""
    found = hubs.find(knowledge, search)
    if not found.hubs:
        return _none(knowledge, found, language, most)
    rows = list(zip(found.hubs, found.distances, strict=True))
    head = _head(knowledge, found, language)
    full = [
        _full(knowledge, hub, distance, language) for hub, distance in rows[: min(SHOWN, most)]
    ]
    short = "; ".join(_brief(hub, distance) for hub, distance in rows[: min(IN_SMS, most)])
    tail = [_serving(knowledge, found.country, language, most)] if found.far else []
    return Paragraph(
        full="\n\n".join(part for part in (head.full, *full, *(x.full for x in tail)) if part),
        short=" ".join(part for part in (head.short, short) if part),
    )


def _head(knowledge: Knowledge, found: Found, language: str) -> Paragraph:
    """Which place the words were taken for, and that nothing is near where that is so."""
    if found.distances[0] is None:
        return Paragraph("", "")
    name = knowledge.country_name(language, found.country)
    place = f"{found.place} ({name})" if found.place else name
    key = "hub_far" if found.far else "hub_near"
    forms = knowledge.phrase(language, key, place=place)
    return Paragraph(forms.full, forms.short)


def _none(knowledge: Knowledge, found: Found, language: str, most: int) -> Paragraph:
    """No hub in the country: who serves it instead. No country: the question for the place."""
    if not found.country:
        forms = knowledge.phrase(language, "hub_ask_place")
        return Paragraph(forms.full, forms.short)
    name = knowledge.country_name(language, found.country)
    forms = knowledge.phrase(language, "hub_none", country=name)
    serving = _serving(knowledge, found.country, language, most)
    return Paragraph(
        full="\n\n".join(part for part in (forms.full, serving.full) if part),
        short=" ".join(part for part in (forms.short, serving.short) if part),
    )


def _serving(knowledge: Knowledge, country: str, language: str, most: int) -> Paragraph:
    """The lines and offices that serve a country, at most so many."""
    rows = contacts.of(knowledge, country, SERVING)[:most]
    if not rows:
        return Paragraph("", "")
    return contacts.block(knowledge, country, rows, language)


def _full(knowledge: Knowledge, hub: Hub, distance: float | None, language: str) -> str:
    lines = [f"{hub.city}{_away(distance)}: {hub.name}"]
    lines.append(hub.where or knowledge.phrase(language, "hub_no_address").full)
    if hub.phone:
        lines.append(hub.phone)
    if hub.hours:
        hours = _hours(knowledge, hub, language)
        lines.append(knowledge.phrase(language, "hub_hours", hours=hours).full)
    return "\n".join([*lines, *_doubt(knowledge, hub, language)])


def _away(distance: float | None) -> str:
    """` (12 km)`; as the crow flies, so no fractions."""
    return "" if distance is None else f" ({max(1, round(distance))} km)"


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


def _brief(hub: Hub, distance: float | None) -> str:
    return f"{hub.city}{_away(distance)}: {hub.where or hub.name}"


def _hours(knowledge: Knowledge, hub: Hub, language: str) -> str:
    shown = hub.hours
    for day, name in knowledge.words(language, "days").items():
        shown = shown.replace(day, name)
    return shown
