"""Faults of the answers: facts, sources, texts, lengths, letters, what comes next."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import date

from bot import answers, facts
from bot.checks import lengths, phones
from bot.checks.fault import Fault, review_due
from bot.knowledge import Knowledge
from bot.schema import ANY, Text, Variant

CONFIRM_LETTERS = 60

_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d.,\s-]*\d(?![\w-])|(?<![\w-])\d(?![\w-])")
_YEAR = re.compile(r"(19|20)\d\d")
_URL = re.compile(r"https?://|www\.|\b[a-z0-9-]+\.(?:gob|gov|org|com|net|int|info)\b", re.I)


def faults(knowledge: Knowledge, today: date) -> Iterator[Fault]:
    """Every fault of the answers and of their texts."""
    for topic, answer in knowledge.answers.items():
        path = data_path(topic)
        if topic not in knowledge.topics:
            yield Fault.error(
                path, "no such topic in topics.yml; rename the file or add the topic"
            )
        yield from _next(knowledge, topic, path)
        for name, variant in answer.variants.items():
            yield from _variant(knowledge, topic, name, today)
            yield from _texts(knowledge, topic, name, variant)
    yield from _strays(knowledge)
    missing = [topic for topic in knowledge.topics if topic not in knowledge.answers]
    if missing:
        text = f"{len(missing)} topics have no answer yet: {', '.join(missing)}"
        yield Fault.warning("knowledge/answers", text)


def data_path(topic: str) -> str:
    """The file with the facts of an answer."""
    return f"knowledge/answers/{topic.replace('.', '/', 1)}.yml"


def text_path(language: str, topic: str) -> str:
    """The file with the words of an answer in one language."""
    return f"knowledge/languages/{language}/answers/{topic.replace('.', '/', 1)}.yml"


def _next(knowledge: Knowledge, topic: str, path: str) -> Iterator[Fault]:
    for other in knowledge.answers[topic].next:
        if other not in knowledge.topics:
            yield Fault.error(path, f"next: `{other}` is no topic; choose one from topics.yml")
        elif other == topic:
            yield Fault.error(path, "next: names the answer itself; choose another topic")


def _variant(knowledge: Knowledge, topic: str, name: str, today: date) -> Iterator[Fault]:
    path, variant = data_path(topic), knowledge.answers[topic].variants[name]
    if name != ANY and name not in knowledge.countries:
        yield Fault.error(path, f"variants: `{name}` is no country of countries.yml; use its code")
    if variant is None:
        if not topic.startswith("meta."):
            text = f"variants.{name}: needs verified, review_by, confidence, confirm and sources"
            yield Fault.error(path, text)
        return
    yield from review_due(path, f"variants.{name}: ", variant.review_by, today)
    if not variant.sources:
        yield Fault.error(path, f"variants.{name}: has no source; name at least one")
    if len(_confirm(variant, knowledge)) > CONFIRM_LETTERS:
        text = f"confirm: longer than {CONFIRM_LETTERS} letters; name the body only"
        yield Fault.error(path, f"variants.{name}.{text}")
    yield from _facts(path, name, variant)


def _facts(path: str, name: str, variant: Variant) -> Iterator[Fault]:
    for key, fact in variant.facts.items():
        where = f"variants.{name}.facts.{key}: "
        if fact.source not in variant.sources:
            yield Fault.error(path, f"{where}source `{fact.source}` is not listed under sources")
        if fact.phone and (wrong := phones.fault(fact.phone, fact.country)):
            yield Fault.error(path, where + wrong)


def _texts(
    knowledge: Knowledge, topic: str, name: str, variant: Variant | None
) -> Iterator[Fault]:
    used: set[str] = set()
    for code, language in knowledge.languages.items():
        path, text = text_path(code, topic), language.texts.get(topic, {}).get(name)
        if text is None:
            if not language.settings.partial:
                yield Fault.error(path, f"`{name}` is missing; write its short and full text")
            continue
        wrong = list(_placeholders(path, name, text, variant))
        yield from wrong
        yield from _literals(path, name, text)
        used |= set(_fields(text))
        if not wrong:
            yield from lengths.faults(knowledge, topic, name, code)
    yield from _unused(topic, name, variant, used)


def _placeholders(path: str, name: str, text: Text, variant: Variant | None) -> Iterator[Fault]:
    known = variant.facts if variant else {}
    for key in dict.fromkeys(_fields(text)):
        if key in known and known[key].unverified:
            text_ = f"`{name}` states {{{key}}}, which is unverified; say whom to ask instead"
            yield Fault.error(path, text_)
        elif key not in known and key not in answers.FROM_TABLES:
            yield Fault.error(
                path,
                f"`{name}` uses {{{key}}}, but there is no such fact; add it or mend the name",
            )


def _fields(text: Text) -> Iterator[str]:
    """The placeholders of a text; a stray brace counts as one, named by what stands in it."""
    for part in (text.short, *text.full.values()):
        try:
            yield from (
                field for _, field, _, _ in string.Formatter().parse(part) if field is not None
            )
        except ValueError:
            yield "a brace without its partner"


def _literals(path: str, name: str, text: Text) -> Iterator[Fault]:
    """Numbers and web addresses that stand in the words instead of in the facts."""
    for part in (text.short, *text.full.values()):
        bare = re.sub(r"\{[^}]*\}", "", part)
        for found in _NUMBER.findall(bare):
            digits = re.sub(r"\D", "", found)
            if len(digits) > 2 and not _YEAR.fullmatch(digits):
                yield Fault.error(
                    path,
                    f"`{name}`: the number {found.strip()} stands in the words; make it a fact",
                )
        if match := _URL.search(bare):
            yield Fault.error(
                path, f"`{name}`: the address {match[0]} stands in the words; make it a fact"
            )


def _unused(topic: str, name: str, variant: Variant | None, used: set[str]) -> Iterator[Fault]:
    if variant is None:
        return
    for key, fact in variant.facts.items():
        if not fact.unverified and key not in used and f"{{{key}}}" not in variant.confirm:
            yield Fault.warning(
                data_path(topic), f"variants.{name}.facts.{key}: no text uses it; use or delete it"
            )


def _strays(knowledge: Knowledge) -> Iterator[Fault]:
    """Texts without facts."""
    for code, language in knowledge.languages.items():
        for topic, texts in language.texts.items():
            answer = knowledge.answers.get(topic)
            for name in texts.keys() - (answer.variants.keys() if answer else set()):
                text = f"`{name}` has no entry in {data_path(topic)}; add it there or delete it"
                yield Fault.error(text_path(code, topic), text)


def _confirm(variant: Variant, knowledge: Knowledge) -> str:
    """`confirm` filled in; a wrong placeholder there is shown as it stands."""
    language = next(iter(knowledge.languages.values()))
    values = facts.written(variant, language)
    try:
        return variant.confirm.format(**values)
    except (KeyError, ValueError, IndexError):
        return variant.confirm
