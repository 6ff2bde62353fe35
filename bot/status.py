"""How the content stands, per language and per country, for those who answer for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from jinja2 import Environment, FileSystemLoader, Template, select_autoescape

from bot import checks, knowledge, reading
from bot.checks.fault import Fault
from bot.knowledge import Knowledge, Language
from bot.schema import ANY, Variant
from bot.settings import ROOT

TOO_LONG = "letters with what is added"
REVIEW = "review was due"


@dataclass(frozen=True)
class OfLanguage:
    """A language: how much of the catalogue it has, and how easy its median answer reads."""

    name: str
    topics: int
    texts: int
    missing: int
    too_long: int
    ease: float | None


@dataclass(frozen=True)
class OfCountry:
    """A country: its own answers by confidence, contacts, hubs, and what is to be reviewed."""

    name: str
    answers: int
    high: int
    medium: int
    low: int
    contacts: int
    hubs: int
    stale: int


@dataclass(frozen=True)
class Report:
    """The whole of it. `words` are those of the page."""

    day: date
    topics: int
    languages: list[OfLanguage]
    countries: list[OfCountry]
    confidence: dict[str, int]
    facts: int
    sources: int
    unverified: list[str]
    stale: list[str]
    errors: list[str]
    words: dict[str, str]


def of(folder: Path, examples: Path, today: date, language: str = "en") -> Report:
    """The report on a content folder, in the words of a language."""
    content = knowledge.read(folder)
    faults = checks.run(folder, examples, today)
    variants = list(_variants(content))
    return Report(
        day=today,
        topics=len(content.topics),
        languages=[_language(content, x, faults) for x in content.languages.values()],
        countries=[_country(content, code, faults, language) for code in _codes(content)],
        confidence=dict(Counter(variant.confidence for _, _, variant in variants)),
        facts=sum(len(variant.facts) for _, _, variant in variants),
        sources=len({s.url for _, _, v in variants for s in v.sources.values()}),
        unverified=[
            f"{topic} {name}: {key}"
            for topic, name, variant in variants
            for key, fact in variant.facts.items()
            if fact.unverified
        ],
        stale=[str(fault) for fault in faults if REVIEW in fault.message],
        errors=[str(fault) for fault in faults if fault.level == "error"],
        words=content.page_words(language)["status"],
    )


def _codes(content: Knowledge) -> list[str]:
    """The programme's countries, and at the end what holds for all."""
    return [*content.programme_countries(), ANY]


def _variants(content: Knowledge) -> Iterator[tuple[str, str, Variant]]:
    """Topic, country and facts of every answer that has sources."""
    for topic, answer in content.answers.items():
        for name, variant in answer.variants.items():
            if variant:
                yield topic, name, variant


def _language(content: Knowledge, language: Language, faults: list[Fault]) -> OfLanguage:
    written = [(t, v) for t, texts in language.texts.items() for v in texts]
    wanted = [(t, v) for t, answer in content.answers.items() for v in answer.variants]
    own = [f for f in faults if f.path.startswith(f"knowledge/languages/{language.code}/")]
    texts = (text for of_topic in language.texts.values() for text in of_topic.values())
    eases = [reading.ease("\n".join(text.full.values()), language.code) for text in texts]
    known = [value for value in eases if value is not None]
    return OfLanguage(
        name=language.settings.name,
        topics=len({topic for topic, _ in written} & content.topics.keys()),
        texts=len(written),
        missing=len(set(wanted) - set(written)),
        too_long=sum(TOO_LONG in fault.message for fault in own),
        ease=round(median(known)) if known else None,
    )


def _country(content: Knowledge, code: str, faults: list[Fault], language: str) -> OfCountry:
    own = [variant for _, name, variant in _variants(content) if name == code]
    sure = Counter(variant.confidence for variant in own)
    return OfCountry(
        name=content.country_name(language, code) if code != ANY else "",
        answers=len(own),
        high=sure["high"],
        medium=sure["medium"],
        low=sure["low"],
        contacts=sum(contact.country == code for contact in content.contacts),
        hubs=sum(hub.country == code for hub in content.hubs),
        stale=sum(f"variants.{code}: {REVIEW}" in fault.message for fault in faults),
    )


def as_text(report: Report) -> str:
    """The report for a terminal."""
    return _template("status.txt").render(report=report, words=report.words)


def as_html(report: Report) -> str:
    """The report as one page that needs nothing else."""
    return _template("status.html").render(report=report, words=report.words, easy=reading.EASY)


def _template(name: str) -> Template:
    made = Environment(
        loader=FileSystemLoader(ROOT / "bot" / "pages" / "templates"),
        autoescape=select_autoescape(),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template(name)
