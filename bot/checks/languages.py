"""Faults of the languages: a missing phrase, label, name or command, or one that does not fit."""

from __future__ import annotations

import string
from collections.abc import Iterator

from bot.checks.fault import Fault
from bot.checks.lengths import no_such_letters
from bot.knowledge import Knowledge, Language
from bot.schema import Forms, Phrase
from bot.text import gsm_form, normalise, not_gsm
from bot.words import COMMANDS

YES_OR_NO = {"yes", "no"}
LABEL_LETTERS = 20  # a WhatsApp quick reply shows no more


def faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every fault of the languages."""
    for language in knowledge.languages.values():
        base = f"knowledge/languages/{language.code}"
        yield from _settings(knowledge, language, f"{base}/language.yml")
        yield from _phrases(knowledge, language, f"{base}/phrases.yml")
        yield from _labels(knowledge, language, f"{base}/topics.yml")
        yield from _countries(knowledge, language, f"{base}/countries.yml")
        yield from _same_keys(knowledge, language, "aspects", f"{base}/aspects.yml")
        yield from _same_keys(knowledge, language, "danger", f"{base}/danger.yml")
        yield from _same_keys(knowledge, language, "things", f"{base}/things.yml")
        yield from _known_topics(knowledge, language, base)
    yield from _commands(knowledge)
    yield from _aspects(knowledge)


def _settings(knowledge: Knowledge, language: Language, path: str) -> Iterator[Fault]:
    fallback = f"knowledge/languages/{language.settings.fallback}"
    unread = any(path.startswith(fallback) for path in knowledge.unread)
    if language.settings.fallback not in knowledge.languages and not unread:
        text = f"fallback: `{language.settings.fallback}` is no language here; name another folder"
        yield Fault.error(path, text)


def _phrases(knowledge: Knowledge, language: Language, path: str) -> Iterator[Fault]:
    for key, phrase in _first(knowledge).phrases.items():
        mine = language.phrases.get(key)
        if mine is None:
            if not language.settings.partial:
                yield Fault.error(path, f"{key}: is missing; translate it")
        elif _shape(mine) != _shape(phrase):
            wanted = ", ".join(sorted(_shape(phrase))) or "none"
            yield Fault.error(
                path,
                f"{key}: has other placeholders or keys than the first language; use {wanted}",
            )
    for key, phrase in language.phrases.items():
        if letters := not_gsm(gsm_form(_bare(_in_sms(phrase)))):
            yield Fault.error(path, f"{key}: {no_such_letters(letters)}")


def _shape(phrase: Phrase) -> set[str]:
    """What must be the same in every language: placeholders of a text, keys of a table."""
    if isinstance(phrase, dict):
        return set(phrase)
    if isinstance(phrase, Forms):
        return fields(phrase.full) | fields(phrase.short)
    return fields(phrase)


def _in_sms(phrase: Phrase) -> str:
    """All that an SMS may show of a phrase."""
    if isinstance(phrase, Forms):
        return phrase.short
    return " ".join(phrase.values()) if isinstance(phrase, dict) else phrase


def fields(text: str) -> set[str]:
    """The names of the gaps of a text, as `{name}`."""
    try:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    except ValueError:
        return {"a brace without its partner"}


def _bare(text: str) -> str:
    return text.replace("{", "").replace("}", "")


def _labels(knowledge: Knowledge, language: Language, path: str) -> Iterator[Fault]:
    labels = language.labels.topics
    groups = [g for g in knowledge.groups() if g != "meta"]
    missing = [t for t in knowledge.topics if t not in labels]
    missing += [g for g in groups if g not in language.labels.groups]
    if missing and not language.settings.partial:
        yield Fault.error(path, f"no label for {', '.join(missing)}; add it")
    seen: dict[str, str] = {}
    for topic, label in (labels | language.labels.groups).items():
        if len(label) > LABEL_LETTERS:
            text = f"label has {len(label)} letters, a button shows {LABEL_LETTERS}; shorten it"
            yield Fault.error(path, f"{topic}: {text}")
        if letters := not_gsm(gsm_form(label)):
            yield Fault.error(path, f"{topic}: {no_such_letters(letters)}")
    for topic, label in labels.items():
        if topic not in knowledge.topics:
            yield Fault.error(path, f"{topic}: is no topic of topics.yml; delete it")
        if seen.setdefault(label, topic) != topic:
            yield Fault.error(
                path, f"{topic}: has the same label as {seen[label]}; make them differ"
            )


def _countries(knowledge: Knowledge, language: Language, path: str) -> Iterator[Fault]:
    missing = [code for code in knowledge.countries if code not in language.countries]
    if missing and not language.settings.partial:
        yield Fault.error(path, f"no name for {', '.join(missing)}; add it")
    owner: dict[str, str] = {}
    for code, names in language.countries.items():
        for alias in map(normalise, [names.name, *names.aliases]):
            if owner.setdefault(alias, code) != code:
                yield Fault.error(
                    path, f"{code}: `{alias}` also means {owner[alias]}; keep it in one place"
                )


def _same_keys(knowledge: Knowledge, language: Language, part: str, path: str) -> Iterator[Fault]:
    missing = set(getattr(_first(knowledge), part)) - set(getattr(language, part))
    if missing and not language.settings.partial:
        yield Fault.error(path, f"{', '.join(sorted(missing))}: is missing; add it")


def _known_topics(knowledge: Knowledge, language: Language, base: str) -> Iterator[Fault]:
    for name, table in (("commands", language.commands), ("danger", language.danger)):
        for topic in table:
            if topic not in knowledge.topics and topic not in {*YES_OR_NO, *COMMANDS}:
                yield Fault.error(
                    f"{base}/{name}.yml", f"{topic}: is no topic of topics.yml; choose one"
                )


def _commands(knowledge: Knowledge) -> Iterator[Fault]:
    """The same word may not be two commands, in whichever languages."""
    owner: dict[str, str] = {}
    for language in knowledge.languages.values():
        path = f"knowledge/languages/{language.code}/commands.yml"
        for topic, messages in language.commands.items():
            for message in map(normalise, messages):
                if owner.setdefault(message, topic) != topic:
                    yield Fault.error(
                        path,
                        f"{topic}: `{message}` is also {owner[message]}; keep it in one place",
                    )


def _aspects(knowledge: Knowledge) -> Iterator[Fault]:
    """The topics that parts of an answer lead to."""
    for group, topics in knowledge.aspects.items():
        for aspect, topic in topics.items():
            if topic not in knowledge.topics:
                text = f"{group}.{aspect}: `{topic}` is no topic of topics.yml; choose one"
                yield Fault.error("knowledge/aspects.yml", text)


def _first(knowledge: Knowledge) -> Language:
    return next(iter(knowledge.languages.values()))
