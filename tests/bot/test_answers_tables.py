"""Answers that a table fills: rows as many as fit, their age, and who helps first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import answers, contacts, glossary, hub_lines
from bot.answers import Question
from bot.hubs import Search
from bot.knowledge import Knowledge
from bot.model import Paragraph
from tests.bot.test_answers import FOOT, HAITI, TAIL, TOPIC, told

SHELTER = {
    "short": "Ask: {contacts}",
    "full": {"what": "You are safe.", "help": "Ask: {contacts}", "where": "Else at a church."},
}


def filled(content: Knowledge, table: str, *kinds: str, topic: str = TOPIC) -> Knowledge:
    """An answer that is nothing but a table."""
    words = {"short": f"{{{table}}}", "full": {"what": f"{{{table}}}"}}
    return told(content, {"any": words}, {"any": HAITI}, topic, kinds=kinds)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("hubs", lambda k: hub_lines.lines(k, Search("Belmopan", "HT"), "en")),
        ("glossary", lambda k: glossary.lines(k, "Belmopan", "en")),
    ],
)
def test_a_table_fills_the_text_and_the_answer_says_how_old_it_is(
    content: Knowledge, table: str, expected: Any
) -> None:
    question = Question(TOPIC, "en", "HT", words="Belmopan")

    said = answers.paragraph(filled(content, table), question)

    rows = expected(content)
    assert said == Paragraph(f"{rows.full}\n\n{FOOT}", f"{rows.short} {TAIL}")


def test_in_danger_nothing_stands_beside_the_numbers(content: Knowledge) -> None:
    said = answers.paragraph(filled(content, "contacts"), Question(TOPIC, "en", "HT"))

    assert said == contacts.lines(content, ["HT"], "en")


def test_other_numbers_say_how_old_they_are(content: Knowledge) -> None:
    said = answers.paragraph(filled(content, "contacts", "line"), Question(TOPIC, "en", "HT"))

    rows = contacts.lines(content, ["HT"], "en", ("line",))
    assert said == Paragraph(f"{rows.full}\n\n{FOOT}", f"{rows.short} {TAIL}")


def lines(content: Knowledge, count: int, letters: int) -> Knowledge:
    """The content with so many lines of Haiti, whose names have so many letters."""
    row = next(x for x in content.contacts if x.kind == "line" and x.country == "HT")
    rows = [row.copy(update={"name": "x" * letters, "phone": ""}) for _ in range(count)]
    return replace(content, contacts=rows)


@pytest.mark.parametrize(
    ("count", "letters", "shown", "aged"),
    [
        pytest.param(3, 20, 3, True, id="all fit"),
        pytest.param(10, 100, 6, True, id="six fit"),
        pytest.param(10, 350, 2, True, id="two fit"),
        pytest.param(10, 400, 2, False, id="two fit, but not their age"),
        pytest.param(10, 900, 2, False, id="none fits: the leanest form"),
    ],
)
def test_as_many_rows_are_shown_as_fit(
    content: Knowledge, count: int, letters: int, shown: int, *, aged: bool
) -> None:
    here = lines(filled(content, "contacts", "line"), count, letters)

    full = answers.paragraph(here, Question(TOPIC, "en", "HT")).full

    assert (full.count("x" * letters), full.endswith(FOOT)) == (shown, aged)


@pytest.mark.parametrize(
    ("letters", "shown", "aged"),
    [
        (20, 3, True),
        (80, 3, False),
        (100, 2, True),
        (130, 2, False),
        (180, 1, True),
        (250, 1, False),
    ],
)
def test_in_an_sms_as_well(content: Knowledge, letters: int, shown: int, *, aged: bool) -> None:
    here = lines(filled(content, "contacts", "line"), 10, letters)

    short = answers.paragraph(here, Question(TOPIC, "en", "HT")).short

    assert (short.count("x" * letters), short.endswith(TAIL)) == (shown, aged)


@pytest.mark.parametrize(
    ("topic", "aspect", "expected"),
    [
        pytest.param("protection.shelter", "where", ["Ask", "Else", "You"], id="before it"),
        pytest.param("protection.shelter", "help", ["Ask", "You", "Else"], id="they are it"),
        pytest.param("protection.shelter", "", ["You", "Ask", "Else"], id="no part"),
        pytest.param("protection.shelter", "cost", ["You", "Ask", "Else"], id="no such part"),
        pytest.param(TOPIC, "where", ["Else", "You", "Ask"], id="of another group"),
    ],
)
def test_the_numbers_of_who_helps_come_before_the_part_that_was_asked_for(
    content: Knowledge, topic: str, aspect: str, expected: list[str]
) -> None:
    here = told(content, {"any": SHELTER}, {"any": HAITI}, topic)

    full = answers.paragraph(here, Question(topic, "en", "HT", aspect)).full

    assert sorted(expected, key=full.index) == expected


@pytest.mark.parametrize("aspect", ["where", "help", ""])
def test_an_sms_on_who_helps_has_their_numbers(content: Knowledge, aspect: str) -> None:
    here = told(content, {"any": SHELTER}, {"any": HAITI}, "protection.shelter")

    short = answers.paragraph(here, Question("protection.shelter", "en", "HT", aspect)).short

    assert contacts.lines(content, ["HT"], "en").short in short


def test_in_danger_the_country_of_the_number_is_named_as_well(content: Knowledge) -> None:
    question = Question(TOPIC, "en", "DO", number="HT")

    said = answers.paragraph(filled(content, "contacts"), question)

    assert said == contacts.lines(content, ["DO", "HT"], "en")
