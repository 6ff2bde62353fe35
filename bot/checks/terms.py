"""Words that a language's `terms.yml` says not to use, and the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.checks.answers import text_path
from bot.checks.fault import Fault, review_due
from bot.checks.lengths import no_such_letters
from bot.knowledge import Knowledge, Language
from bot.text import gsm_form, not_gsm

MEANING_LETTERS = 240  # of a glossary entry: with what is added it fits two SMS


def faults(knowledge: Knowledge, today: date) -> Iterator[Fault]:
    """Every word that stands for another one, and every fault of the glossary."""
    for language in knowledge.languages.values():
        yield from _words(language)
        yield from _meanings(knowledge, language)
    for term, row in knowledge.glossary.items():
        yield from review_due("knowledge/glossary.yml", f"{term}: ", row.review_by, today)


def _words(language: Language) -> Iterator[Fault]:
    unwanted = {word: term.use for term in language.terms for word in term.never}
    if not unwanted:
        return
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, unwanted))})\b", re.IGNORECASE)
    lower = {word.lower(): use for word, use in unwanted.items()}
    for path, where, words in _texts(language):
        for found in dict.fromkeys(match.lower() for match in pattern.findall(words)):
            yield Fault.error(path, f"{where}: says `{found}`; write `{lower[found]}` (terms.yml)")


def _texts(language: Language) -> Iterator[tuple[str, str, str]]:
    """File, place in it, and words of everything that is written out in a language."""
    for topic, variants in language.texts.items():
        for name, text in variants.items():
            words = "\n".join((text.short, *text.full.values()))
            yield text_path(language.code, topic), f"`{name}`", re.sub(r"\{\w+\}", "", words)
    for term, entry in language.glossary.items():
        yield f"knowledge/languages/{language.code}/glossary.yml", term, entry.text


def _meanings(knowledge: Knowledge, language: Language) -> Iterator[Fault]:
    path = f"knowledge/languages/{language.code}/glossary.yml"
    missing = [term for term in knowledge.glossary if term not in language.glossary]
    if missing and not language.settings.partial:
        yield Fault.error(path, f"{', '.join(missing)}: is missing; translate it")
    for term, entry in language.glossary.items():
        if term not in knowledge.glossary:
            yield Fault.error(path, f"{term}: has no source in knowledge/glossary.yml; add it")
        if len(entry.text) > MEANING_LETTERS:
            text = f"{len(entry.text)} letters, at most {MEANING_LETTERS}; shorten it"
            yield Fault.error(path, f"{term}: {text}")
        if letters := not_gsm(gsm_form(entry.term + entry.text)):
            yield Fault.error(path, f"{term}: {no_such_letters(letters)}")
