"""Faults of the answers: facts, sources, texts, lengths, letters, what comes next."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from datetime import date

from bot import answers
from bot.checks import lengths, phones
from bot.checks.fault import Fault, review_due
from bot.knowledge import Knowledge
from bot.schema import ANY, Text, Variant

CONFIRM_LETTERS = 60

_NUMBER = re.compile(r"(?<![-\d])\+?\d[\d.,\s-]*\d")
_YEAR = re.compile(r"(19|20)\d\d")
_URL = re.compile(r"(?i:https?://|www\.)|\b[a-z0-9-]{2,}\.[a-z]{2,}\b")


def faults(
    knowledge: Knowledge, today: date, broken: set[str] | frozenset[str] = frozenset()
) -> Iterator[Fault]:
    """Every fault of the answers and of their texts.

    In the `broken` languages no answer can be put together, so its length is not looked at.
    """
    for topic, answer in knowledge.answers.items():
        path = data_path(topic)
        if topic not in knowledge.topics:
            yield Fault.error(
                path, "no such topic in topics.yml; rename the file or add the topic"
            )
        yield from _next(knowledge, topic, path)
        yield from _kinds(knowledge, topic, path)
        for name in answer.variants:
            yield from _variant(knowledge, topic, name, today)
            yield from _texts(knowledge, topic, name, broken)
    yield from _strays(knowledge)
    unread = knowledge.unread
    missing = [
        topic
        for topic in knowledge.topics
        if topic not in knowledge.answers and data_path(topic) not in unread
    ]
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


def _kinds(knowledge: Knowledge, topic: str, path: str) -> Iterator[Fault]:
    known = {contact.kind for contact in knowledge.contacts}
    for kind in knowledge.answers[topic].contacts:
        if known and kind not in known:
            yield Fault.error(path, f"contacts: no row of contacts.yml is a `{kind}`; mend it")


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
    yield from _facts(path, name, variant)


def _facts(path: str, name: str, variant: Variant) -> Iterator[Fault]:
    for key, fact in variant.facts.items():
        where = f"variants.{name}.facts.{key}: "
        if fact.source not in variant.sources:
            yield Fault.error(path, f"{where}source `{fact.source}` is not listed under sources")
        if fact.phone and (wrong := phones.fault(fact.phone, fact.country)):
            yield Fault.error(path, where + wrong)


def _texts(
    knowledge: Knowledge, topic: str, name: str, broken: set[str] | frozenset[str]
) -> Iterator[Fault]:
    variant = knowledge.answers[topic].variants[name]
    used: set[str] = set()
    confirmed = list(_confirm_faults(topic, name, variant))
    yield from confirmed
    for code, language in knowledge.languages.items():
        path, text = text_path(code, topic), language.texts.get(topic, {}).get(name)
        if text is None:
            if not language.settings.partial:
                yield Fault.error(path, f"`{name}` is missing; write its short and full text")
            continue
        wrong = list(_unknown(path, f"`{name}`", (text.short, *text.full.values()), variant))
        yield from wrong
        yield from _literals(path, name, text)
        used |= set(_fields(text))
        if not wrong and code not in broken and not confirmed:
            yield from lengths.faults(knowledge, topic, name, code)
    yield from _unused(topic, name, variant, used)


def _confirm_faults(topic: str, name: str, variant: Variant | None) -> Iterator[Fault]:
    """`confirm` is read in every language: it too may use only facts that are verified."""
    if variant:
        where = f"variants.{name}.confirm"
        yield from _unknown(data_path(topic), where, [variant.confirm], variant)
        if len(variant.confirm) > CONFIRM_LETTERS:
            text = f"longer than {CONFIRM_LETTERS} letters; name the body only"
            yield Fault.error(data_path(topic), f"{where}: {text}")


def _unknown(
    path: str, where: str, parts: Iterable[str], variant: Variant | None
) -> Iterator[Fault]:
    """Placeholders that stand for nothing that may be stated."""
    known = variant.facts if variant else {}
    for key in dict.fromkeys(key for part in parts for key in _placeholders_of(part)):
        if key in known and known[key].unverified:
            text = f"{where} states {{{key}}}, which is unverified; say whom to ask instead"
            yield Fault.error(path, text)
        elif key not in known and key not in answers.FROM_TABLES:
            text = f"{where} uses {{{key}}}, but there is no such fact; add it or mend the name"
            yield Fault.error(path, text)


def _fields(text: Text) -> list[str]:
    """The placeholders of a text."""
    return [key for part in (text.short, *text.full.values()) for key in _placeholders_of(part)]


def _placeholders_of(part: str) -> Iterator[str]:
    """The placeholders as they are written, `{fee:>5}` as "fee:>5"; a stray brace by a name."""
    try:
        for _, field, form, conversion in string.Formatter().parse(part):
            if field is not None:
                extra = f":{form}" if form else f"!{conversion}" if conversion else ""
                yield field + extra
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
    """Texts without facts. Where the file of the facts cannot be read, that is fault enough."""
    for code, language in knowledge.languages.items():
        for topic, texts in language.texts.items():
            answer = knowledge.answers.get(topic)
            if data_path(topic) in knowledge.unread:
                continue
            for name in texts.keys() - (answer.variants.keys() if answer else set()):
                text = f"`{name}` has no entry in {data_path(topic)}; add it there or delete it"
                yield Fault.error(text_path(code, topic), text)
