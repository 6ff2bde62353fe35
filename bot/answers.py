"""Puts an answer together: the words of a language, the facts, the country, the dates."""

from __future__ import annotations

from dataclasses import dataclass

from bot import contacts, facts, hubs
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph
from bot.schema import ANY, Text, Variant

FROM_TABLES = {"contacts", "hubs"}  # placeholders that the program fills


@dataclass(frozen=True)
class Question:
    """What is asked: a topic, in a language, for a country, of which one part may matter most.

    `place` is the town or border post for a question about hubs, as the person wrote it. `number`
    is the country of the person's number: in danger its contacts are named as well.
    """

    topic: str
    language: str
    country: str = ""
    aspect: str = ""
    place: str = ""
    number: str = ""


def paragraph(knowledge: Knowledge, question: Question) -> Paragraph | None:
    """The answer as it is read, or None where there is no variant for the country."""
    variant = knowledge.variant_for(question.topic, question.country)
    if variant is None:
        return None
    found = knowledge.text(question.topic, variant, question.language)
    if found is None:
        return None
    text, written_in = found
    data = knowledge.answers[question.topic].variants[variant]
    values = _values(knowledge, question, text, data, written_in)
    named = question.country if variant != ANY else ""
    if values.keys() & FROM_TABLES:
        data = None  # each row of a table carries its own date
    return Paragraph(
        full=_full(knowledge, question, text, data, values, named),
        short=_short(knowledge, question, text, data, values, named),
    )


def _values(
    knowledge: Knowledge, question: Question, text: Text, data: Variant | None, language: str
) -> dict[str, Paragraph]:
    """What the placeholders of the text stand for, in long and short form."""
    values = {}
    if data:
        written = facts.written(data, knowledge.languages[language])
        values = {name: Paragraph(full=value, short=value) for name, value in written.items()}
    if uses(text, "contacts"):
        countries = list(dict.fromkeys([question.country, question.number]))
        values["contacts"] = contacts.lines(knowledge, countries, question.language)
    if uses(text, "hubs"):
        place, country = question.place, question.country
        values["hubs"] = hubs.lines(knowledge, place, country, question.language)
    return values


def uses(text: Text, placeholder: str) -> bool:
    """Whether the text has the placeholder."""
    return any(f"{{{placeholder}}}" in part for part in (text.short, *text.full.values()))


def _full(
    knowledge: Knowledge,
    question: Question,
    text: Text,
    data: Variant | None,
    values: dict[str, Paragraph],
    country: str,
) -> str:
    parts = _ordered(text.full, question.aspect)
    filled = [part.format(**{k: v.full for k, v in values.items()}) for part in parts]
    return "\n\n".join(
        [
            *_heading(knowledge, question, country),
            *filled,
            *_foot(knowledge, question, data, values),
        ]
    )


def _ordered(parts: dict[str, str], aspect: str) -> list[str]:
    """The texts of the parts, the one that was asked for first."""
    names = sorted(parts, key=lambda name: name != aspect)
    return [parts[name].strip() for name in names]


def _heading(knowledge: Knowledge, question: Question, country: str) -> list[str]:
    if not country:
        return []
    name = knowledge.country_name(question.language, country)
    return [knowledge.phrase(question.language, "for_country", country=name).full]


def _foot(
    knowledge: Knowledge, question: Question, data: Variant | None, values: dict[str, Paragraph]
) -> list[str]:
    if data is None:
        return []
    language = knowledge.languages[question.language]
    month = facts.date(facts.as_of(data), language)
    confirm = data.confirm.format(**{k: v.full for k, v in values.items()})
    lines = [
        knowledge.phrase(question.language, "as_of", month=month, confirm=confirm, more="").full
    ]
    if data.confidence == "low":
        lines.append(knowledge.phrase(question.language, "may_have_changed").full)
    return ["\n".join(lines)]


def _short(
    knowledge: Knowledge,
    question: Question,
    text: Text,
    data: Variant | None,
    values: dict[str, Paragraph],
    country: str,
) -> str:
    short = {name: value.short for name, value in values.items()}
    head = ""
    if country:
        name = knowledge.country_name(question.language, country)
        head = knowledge.phrase(question.language, "for_country", country=name).short + " "
    body = head + text.short.strip().format(**short)
    if data is None:
        return body
    tail = knowledge.phrase(
        question.language,
        "as_of",
        month=facts.short_month(facts.as_of(data)),
        confirm=data.confirm.format(**short),
        more=knowledge.languages[question.language].settings.more,
    ).short
    return f"{body} {tail}"


def sources(knowledge: Knowledge, topic: str, country: str) -> tuple[dict[str, str], ...]:
    """Address and date of each source of the answer."""
    variant = knowledge.variant_for(topic, country)
    data = knowledge.answers[topic].variants[variant] if variant else None
    if data is None:
        return ()
    return tuple({"url": source.url, "date": source.date} for source in data.sources.values())


def next_choices(knowledge: Knowledge, topic: str, language: str) -> tuple[Choice, ...]:
    """The topics that people ask after this one; only those that have an answer."""
    follow = knowledge.answers[topic].next if topic in knowledge.answers else []
    return tuple(
        Choice(knowledge.label(language, other), other)
        for other in follow
        if other in knowledge.answers
    )


def countries_of(knowledge: Knowledge, topic: str) -> list[str]:
    """The countries for which the answer has facts of their own, in the order of the programme."""
    variants = knowledge.answers[topic].variants if topic in knowledge.answers else {}
    return [code for code in knowledge.countries if code in variants]
