"""Puts an answer together: the words of a language, the facts, the country, the dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import contacts, facts, glossary, hub_lines
from bot.hubs import Search
from bot.knowledge import Knowledge, Language
from bot.model import Choice, Paragraph
from bot.schema import ANY, Forms, Text, Variant
from bot.text import gsm_form, segments, septets

FULL_LETTERS = 900
SHORT_SEGMENTS = 2
SHORT_SEPTETS = 306  # two SMS of 153
ALL = 99
ROWS = (ALL, 6, 5, 4, 3, 2)  # rows of a table in the long form, as many as fit
SMS_ROWS = (3, 2, 1)
HELPS = "protection."  # topics whose numbers nothing goes before
FROM_TABLES = {"contacts", "hubs", "glossary"}  # placeholders that the program fills


@dataclass(frozen=True)
class Question:
    """What is asked: a topic, in a language, for a country, of which one part may matter most.

    `words` are the person's own: in them a town or a migration word is looked for. `point` is
    where they are (latitude, longitude), if they said. `number` is the country of the person's
    number: in danger its contacts are named as well.
    """

    topic: str
    language: str
    country: str = ""
    aspect: str = ""
    words: str = ""
    number: str = ""
    point: tuple[float, float] | None = None


def paragraph(knowledge: Knowledge, question: Question) -> Paragraph | None:
    """The answer as it is read, or None where there is no variant for the country."""
    variant = knowledge.variant_for(question.topic, question.country)
    found = variant and knowledge.text(question.topic, variant, question.language)
    if not variant or not found:
        return None
    text, written_in = found
    data = knowledge.answers[question.topic].variants[variant]
    country = question.country if variant != ANY else ""

    def answer(rows: int, *, aged: bool) -> _Answer:
        values = _values(knowledge, question, text, data, written_in, rows)
        return _Answer(knowledge, question, text, data, values, country, written_in, aged)

    if not any(uses(text, table) for table in FROM_TABLES):
        whole = answer(ALL, aged=True)
        return Paragraph(full=whole.full(), short=whole.short())
    # In danger nothing stands beside the numbers, each of which says how old it is.
    ages = (False,) if _urgent(knowledge, question.topic, text) else (True, False)
    two_countries = question.number not in ("", question.country)
    most = FULL_LETTERS * (2 if two_countries else 1)
    fulls = (answer(rows, aged=aged).full() for rows in ROWS for aged in ages)
    shorts = (answer(rows, aged=aged).short() for rows in SMS_ROWS for aged in ages)
    return Paragraph(
        full=_fitting(fulls, lambda full: len(full) <= most),
        short=_fitting(shorts, lambda short: septets(gsm_form(short)) <= SHORT_SEPTETS),
    )


def _urgent(knowledge: Knowledge, topic: str, text: Text) -> bool:
    """Whether the answer shows the urgent numbers and none of another kind."""
    return uses(text, "contacts") and not knowledge.answers[topic].contacts


def _fitting(forms: Iterator[str], fits: Callable[[str], bool]) -> str:
    """The first form that fits, the fullest first; the last and leanest where none does."""
    form = ""
    for form in forms:
        if fits(form):
            break
    return form


def _values(
    knowledge: Knowledge,
    question: Question,
    text: Text,
    data: Variant | None,
    language: str,
    rows: int,
) -> dict[str, Paragraph]:
    """What the placeholders of the text stand for, in long and short form.

    A table brings at most so many `rows`.
    """
    values = {}
    if data:
        written = facts.written(data, knowledge.languages[language])
        values = {name: Paragraph(full=value, short=value) for name, value in written.items()}
    if uses(text, "contacts"):
        countries = list(dict.fromkeys([question.country, question.number]))
        kinds = tuple(knowledge.answers[question.topic].contacts) or contacts.URGENT
        values["contacts"] = contacts.lines(knowledge, countries, question.language, kinds, rows)
    if uses(text, "hubs"):
        search = Search(question.words, question.country, question.number, question.point)
        values["hubs"] = hub_lines.lines(knowledge, search, question.language, rows)
    if uses(text, "glossary"):
        values["glossary"] = glossary.lines(knowledge, question.words, question.language)
    return values


def uses(text: Text, placeholder: str) -> bool:
    """Whether the text has the placeholder."""
    return any(f"{{{placeholder}}}" in part for part in (text.short, *text.full.values()))


@dataclass(frozen=True)
class _Answer:
    """An answer that is being put together. `country` is named in front, if it is for one.

    `aged` is whether it says how old it is and whom to ask.
    """

    knowledge: Knowledge
    question: Question
    text: Text
    data: Variant | None
    values: dict[str, Paragraph]
    country: str
    written_in: str
    aged: bool

    def full(self) -> str:
        """The long form: the part that was asked for first, and how old it is."""
        first = self._first()
        names = [*first, *(name for name in self.text.full if name not in first)]
        values = {name: value.full for name, value in self.values.items()}
        parts = [self.text.full[name].strip().format(**values) for name in names]
        return "\n\n".join([*(line.full for line in self._head()), *parts, *self._foot()])

    def _first(self) -> list[str]:
        """The part that was asked for, if there is one; before it the numbers of who helps."""
        asked = [name for name in self.text.full if name == self.question.aspect]
        if not asked or not self.question.topic.startswith(HELPS):
            return asked
        numbers = [name for name, part in self.text.full.items() if "{contacts}" in part]
        return list(dict.fromkeys([*numbers, *asked]))

    def _head(self) -> list[Forms]:
        """In which language it is, where that is another than the one asked for; the country."""
        lines = []
        if self.written_in != self.question.language:
            name = self.knowledge.languages[self.written_in].settings.name
            lines.append(self._phrase("other_language", name=name))
        if self.country:
            lines.append(self._phrase("for_country", country=self._country_name))
        return lines

    def short(self) -> str:
        """The form for SMS; of a part that was asked for only that and the warning, if it fits."""
        part, warning = self.text.full.get(self.question.aspect), self.text.full.get("warning", "")
        if not part or len(self._first()) > 1:
            return self._short(self.text.short)
        forms = (self._short(f"{part.strip()}\n{warning}"), self._short(part))
        fitting = (form for form in forms if segments(gsm_form(form)) <= SHORT_SEGMENTS)
        return next(fitting, self._short(self.text.short))

    def _short(self, text: str) -> str:
        values = {name: value.short for name, value in self.values.items()}
        head = [line.short for line in self._head()]
        return " ".join([*head, text.strip().format(**values), self._tail()]).rstrip()

    def _foot(self) -> list[str]:
        if self.data is None or not self.aged:
            return []
        month = facts.date(facts.as_of(self.data), self._language)
        lines = [self._age(self.data, month).full]
        if self.data.confidence == "low":
            lines.append(self._phrase("may_have_changed").full)
        return ["\n".join(lines)]

    def _tail(self) -> str:
        if self.data is None or not self.aged:
            return ""
        return self._age(self.data, facts.short_month(facts.as_of(self.data))).short

    def _age(self, data: Variant, month: str) -> Forms:
        """Of when it is and whom to ask; in SMS also the word that brings the rest."""
        values = {name: value.full for name, value in self.values.items()}
        return self._phrase(
            "undated" if facts.is_undated(data) else "as_of",
            month=month,
            confirm=data.confirm.format(**values),
            more=self._language.settings.more,
        )

    @property
    def _language(self) -> Language:
        return self.knowledge.languages[self.question.language]

    @property
    def _country_name(self) -> str:
        return self.knowledge.country_name(self.question.language, self.country)

    def _phrase(self, key: str, **values: object) -> Forms:
        return self.knowledge.phrase(self.question.language, key, **values)


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
