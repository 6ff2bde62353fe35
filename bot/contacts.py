"""The lines with emergency and help numbers of a country, from the contacts table."""

from __future__ import annotations

from bot import facts
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Contact

URGENT = ("emergency", "police", "ambulance", "women", "trafficking", "child")
IN_SMS = 3  # numbers that fit beside the words of a short text


def of(knowledge: Knowledge, country: str, kinds: tuple[str, ...] = URGENT) -> list[Contact]:
    """The contacts of a country, the kinds in the order asked for."""
    found = [contact for contact in knowledge.contacts if contact.country == country]
    return sorted((x for x in found if x.kind in kinds), key=lambda x: kinds.index(x.kind))


def answered(knowledge: Knowledge, country: str) -> list[Contact]:
    """The information lines of a country on which people answer."""
    return [line for line in of(knowledge, country, ("line",)) if line.phone]


def lines(
    knowledge: Knowledge,
    countries: list[str],
    language: str,
    kinds: tuple[str, ...] = URGENT,
    most: int = 99,
) -> Paragraph:
    """The numbers of one or more countries; without any, the words that ask for a country.

    A country that has none of the kinds shows its urgent ones; each shows at most so many.
    """
    found = {code: of(knowledge, code, kinds) or of(knowledge, code) for code in countries}
    blocks = [
        block(knowledge, code, rows[:most], language) for code, rows in found.items() if rows
    ]
    if not blocks:
        forms = knowledge.phrase(language, "danger_no_country")
        return Paragraph(full=forms.full, short=forms.short)
    return Paragraph(
        full="\n\n".join(block.full for block in blocks),
        short=". ".join(block.short for block in blocks),
    )


def first(knowledge: Knowledge, language: str, countries: list[str]) -> Paragraph:
    """What comes before anything else in danger: the numbers to call in these countries."""
    head = knowledge.phrase(language, "danger_first")
    numbers = lines(knowledge, list(dict.fromkeys(countries)), language)
    return Paragraph(full=f"{head.full}\n{numbers.full}", short=f"{head.short} {numbers.short}")


def block(knowledge: Knowledge, country: str, found: list[Contact], language: str) -> Paragraph:
    """The numbers of one country under its name: who is elsewhere must see that."""
    name = knowledge.country_name(language, country)
    callable_first = sorted(found, key=lambda contact: not contact.phone)
    return Paragraph(
        full="\n".join([f"{name}:", *(_line(knowledge, x, language) for x in found)]),
        short=f"{name}: "
        + ", ".join(_brief(knowledge, x, language) for x in callable_first[:IN_SMS]),
    )


def number(contact: Contact) -> str:
    """The telephone, with the year of its source where that is old."""
    if facts.is_old(contact.date, contact.verified):
        return f"{contact.phone} ({contact.date[:4]})"
    return contact.phone


def _line(knowledge: Knowledge, contact: Contact, language: str) -> str:
    kind = knowledge.words(language, "contact")[contact.kind]
    if not contact.phone:
        return "- " + knowledge.phrase(language, "contact_ask", kind=kind, name=contact.name).full
    return f"- {kind}: {number(contact)}"


def _brief(knowledge: Knowledge, contact: Contact, language: str) -> str:
    kind = knowledge.words(language, "contact")[contact.kind]
    return f"{kind} {number(contact)}" if contact.phone else f"{kind}: {contact.name}"
