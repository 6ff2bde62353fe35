"""What `alo check` finds in the answers as they are sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import answers, knowledge
from tests.bot.conftest import (
    LANGUAGES,
    PASSPORT,
    Copy,
    Like,
    ending,
    error,
    words_of,
)

ENGLISH = words_of(PASSPORT)
NEAREST = "answers/hubs/nearest.yml"
SHORT, COST = ("HT", "short"), ("HT", "full", "cost")


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        pytest.param(SHORT, ending("very " * 60), "`HT`: short text is ", id="short too long"),
        pytest.param(COST, ending("very " * 180), "`HT`: full text is ", id="full too long"),
        pytest.param(
            SHORT, lambda old: "😀" + old[2:], "`HT`: short text has 😀, which SMS", id="an emoji"
        ),
        pytest.param(
            SHORT, lambda old: "ł" + old[1:], "`HT`: short text has ł, which SMS", id="a letter"
        ),
    ],
)
def test_a_text_that_does_not_fit_is_found(
    copied: Copy, keys: tuple[str, ...], value: Callable[[str], str], said: str
) -> None:
    copied.put(ENGLISH, keys, value)

    assert copied.found() == [error(ENGLISH, said)]


@pytest.mark.parametrize(("more", "expected"), [(0, []), (1, [error(ENGLISH, "cut 1")])])
def test_a_short_text_may_have_306_septets_with_what_is_added(
    copied: Copy, more: int, expected: list[Like]
) -> None:
    copied.put(ENGLISH, SHORT, "")
    content = knowledge.read(copied.knowledge)
    added = answers.paragraph(content, answers.Question("documents.passport", "en", "HT"))
    copied.put(ENGLISH, SHORT, "x" * (306 - len(added.short) + more))

    assert copied.found() == expected


def test_letters_of_two_septets_count_twice(copied: Copy) -> None:
    copied.put(ENGLISH, SHORT, "€" * 145)

    assert copied.found() == [error(ENGLISH, "short text is ")]


def test_letters_that_have_a_base_in_gsm_7_are_no_fault(copied: Copy) -> None:
    copied.put(ENGLISH, SHORT, "áêïœç “a” … é")

    assert copied.found() == []


def test_a_letter_in_a_table_is_found_in_every_language(copied: Copy) -> None:
    copied.put("hubs.yml", (0, "where"), "Ж")  # of Belize

    found = copied.found()

    files = [words_of(NEAREST, code) for code in sorted(LANGUAGES)]
    in_texts = [error(file, "`any` for BZ: short text has Ж") for file in files]
    assert found == [error("hubs.yml", "bz-belmopan: short text has Ж"), *in_texts]


def test_a_letter_is_found_also_in_a_row_that_only_its_town_brings(copied: Copy) -> None:
    copied.put("hubs.yml", (-1, "where"), "Ж")  # the fifth of Haiti; an SMS shows two

    assert {fault.level for fault in copied.found()} == {"error"}


def test_a_text_that_a_table_fills_is_measured_for_each_country(copied: Copy) -> None:
    copied.put("hubs.yml", (0, "where"), "x" * 300)  # of Belize: one row alone is too long

    found = copied.found()

    files = [words_of(NEAREST, code) for code in sorted(LANGUAGES)]
    assert found == [error(file, "`any` for BZ: short text is ") for file in files]
