"""Faults of the tables: countries, contacts, hubs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.checks import phones
from bot.checks.fault import Fault, review_due
from bot.checks.lengths import no_such_letters
from bot.contacts import URGENT
from bot.knowledge import Knowledge
from bot.schema import Contact, Hub
from bot.text import gsm_form, not_gsm


def faults(knowledge: Knowledge, today: date) -> Iterator[Fault]:
    """Every fault of the tables."""
    yield from _countries(knowledge)
    for row, contact in enumerate(knowledge.contacts, 1):
        where = f"row {row} ({contact.country} {contact.kind}): "
        yield from _row(knowledge, "knowledge/contacts.yml", where, contact, today)
        yield from _kind(knowledge, where, contact)
    for hub in knowledge.hubs:
        yield from _row(knowledge, "knowledge/hubs.yml", f"{hub.id}: ", hub, today)
    for hub_id, count in Counter(hub.id for hub in knowledge.hubs).items():
        if count > 1:
            yield Fault.error(
                "knowledge/hubs.yml", f"{hub_id}: stands here {count} times; give each its own id"
            )


def _countries(knowledge: Knowledge) -> Iterator[Fault]:
    if not knowledge.contacts:
        return  # the file cannot be read, and that is said already
    urgent = {x.country for x in knowledge.contacts if x.phone and x.kind in URGENT}
    for code, country in knowledge.countries.items():
        if country.programme and code not in urgent:
            yield Fault.warning(
                "knowledge/contacts.yml", f"{code}: no emergency number has a source; find one"
            )


def _row(
    knowledge: Knowledge, path: str, where: str, row: Contact | Hub, today: date
) -> Iterator[Fault]:
    yield from review_due(path, where, row.review_by, today)
    if row.country not in knowledge.countries:
        yield Fault.error(
            path, f"{where}`{row.country}` is no country of countries.yml; use its code"
        )
    shown = " ".join((row.name, *((row.city, row.where) if isinstance(row, Hub) else ())))
    if letters := not_gsm(gsm_form(shown)):
        yield Fault.error(path, where + no_such_letters(letters))
    if row.phone and (wrong := phones.fault(row.phone, row.country)):
        yield Fault.error(path, where + wrong)


def _kind(knowledge: Knowledge, where: str, contact: Contact) -> Iterator[Fault]:
    for code, language in knowledge.languages.items():
        words = language.phrases.get("contact", {})
        if isinstance(words, dict) and contact.kind not in words and not language.settings.partial:
            path = f"knowledge/languages/{code}/phrases.yml"
            yield Fault.error(path, f"contact: has no word for `{contact.kind}`; add it")
