"""Faults of an answer as it is sent: too long, or with letters that SMS does not have."""

from __future__ import annotations

from collections.abc import Iterator

from bot import answers
from bot.checks.fault import Fault
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import ANY
from bot.text import gsm_form, not_gsm, septets


def faults(knowledge: Knowledge, topic: str, name: str, code: str) -> Iterator[Fault]:
    """The faults of one text in one language, for every country it may be sent for."""
    path = f"knowledge/languages/{code}/answers/{topic.replace('.', '/', 1)}.yml"
    for country in _countries(knowledge, topic, name):
        paragraph = answers.paragraph(knowledge, answers.Question(topic, code, country))
        shown = f"`{name}`" if country in ("", name) else f"`{name}` for {country}"
        if paragraph:
            yield from (Fault.error(path, f"{shown}: {text}") for text in _faults(paragraph))


def _faults(paragraph: Paragraph) -> Iterator[str]:
    short = gsm_form(paragraph.short)
    if letters := not_gsm(short):
        yield no_such_letters(letters)
    if (length := septets(short)) > answers.SHORT_SEPTETS:
        yield _too_long("short", length, answers.SHORT_SEPTETS)
    if (length := len(paragraph.full)) > answers.FULL_LETTERS:
        yield _too_long("full", length, answers.FULL_LETTERS)


def no_such_letters(letters: list[str]) -> str:
    """What to say of letters that SMS does not have."""
    return f"short text has {' '.join(letters)}, which SMS does not have; write plain letters"


def _too_long(text: str, length: int, most: int) -> str:
    return (
        f"{text} text is {length} letters with what is added, at most {most}; cut {length - most}"
    )


def _countries(knowledge: Knowledge, topic: str, name: str) -> list[str]:
    """Every country for an answer that is filled from a table, else the one of the variant."""
    if name != ANY:
        return [name]
    languages = knowledge.languages.values()
    texts = [x.texts[topic][name] for x in languages if name in x.texts.get(topic, {})]
    if not any(answers.uses(text, table) for text in texts for table in answers.FROM_TABLES):
        return [""]
    own = knowledge.answers[topic].variants
    return ["", *(code for code in knowledge.countries if code not in own)]
