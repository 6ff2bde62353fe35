"""The decisions of a conversation: which language, which topic, whether a country is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import dialogue
from bot.dialogue import LIKELY, SURE, VERY_SURE, WORDS_ENOUGH, Heard
from bot.knowledge import Knowledge

MANY, FEW = WORDS_ENOUGH, WORDS_ENOUGH - 1
A_BIT = 0.001


@pytest.mark.parametrize(
    ("confidence", "words", "expected"),
    [
        (SURE, MANY, True),
        (SURE - A_BIT, MANY, False),
        (VERY_SURE, FEW, True),
        (VERY_SURE - A_BIT, FEW, False),
        (VERY_SURE - A_BIT, MANY, True),
    ],
)
def test_few_words_must_be_surer(confidence: float, words: int, expected: bool) -> None:
    assert Heard("fr", confidence, words).sure is expected


@pytest.mark.parametrize(
    ("heard", "remembered", "region", "expected"),
    [
        pytest.param(Heard("fr", 1.0, MANY), "es", "HT", "fr", id="its own where it is sure"),
        pytest.param(Heard("fr", SURE, MANY), "", "", "fr", id="its own where it is just sure"),
        pytest.param(Heard("fr", LIKELY, FEW), "es", "HT", "es", id="else the one before"),
        pytest.param(Heard("fr", VERY_SURE - A_BIT, FEW), "ht", "", "ht", id="one word: before"),
        pytest.param(Heard("fr", LIKELY, FEW), "", "HT", "fr", id="else its own if likely"),
        pytest.param(Heard("fr", LIKELY - A_BIT, FEW), "", "HT", "ht", id="else the country's"),
        pytest.param(Heard("en", SURE, FEW), "", "HT", "ht", id="a word, not of the country"),
        pytest.param(Heard("en", LIKELY, MANY), "", "HT", "en", id="many words, not of it"),
        pytest.param(Heard("en", VERY_SURE, FEW), "", "HT", "en", id="a word that is surely so"),
        pytest.param(Heard("fr", 1.0, 0), "es", "", "es", id="a number: before"),
        pytest.param(Heard("fr", 1.0, 0), "", "HT", "ht", id="a number: the country's"),
        pytest.param(Heard("en", LIKELY, FEW), "", "ZZ", "en", id="a word, from anywhere"),
        pytest.param(Heard("", 0.0, 0), "", "BZ", "en", id="a button, from Belize"),
        pytest.param(Heard("", 0.0, 0), "fr", "BZ", "fr", id="a button, later"),
        pytest.param(Heard("zz", 1.0, MANY), "", "HT", "ht", id="a language that we do not speak"),
        pytest.param(Heard("zz", 1.0, MANY), "en", "HT", "en", id="that language, later"),
        pytest.param(Heard("fr", LIKELY, FEW), "zz", "HT", "fr", id="one we no longer speak"),
        pytest.param(Heard("", 0.0, 0), "", "", "es", id="nothing is known"),
        pytest.param(Heard("", 0.0, 0), "", "ZZ", "es", id="a country that nobody knows"),
    ],
)
def test_the_language_to_answer_in(
    content: Knowledge, heard: Heard, remembered: str, region: str, expected: str
) -> None:
    assert dialogue.language_of(content, heard, remembered, region) == expected


@pytest.mark.parametrize(
    ("language", "region", "expected"),
    [
        ("es", "HT", ["es", "ht"]),
        ("ht", "HT", ["ht", "fr"]),
        ("en", "MX", ["en", "es"]),
        ("es", "MX", ["es"]),
        ("fr", "", ["fr"]),
        ("fr", "ZZ", ["fr"]),
    ],
)
def test_the_first_words_are_in_one_or_two_languages(
    content: Knowledge, language: str, region: str, expected: list[str]
) -> None:
    assert dialogue.greeting_languages(content, language, region) == expected


def test_the_first_words_are_in_languages_that_we_speak(content: Knowledge) -> None:
    creole_missing = {code: x for code, x in content.languages.items() if code != "ht"}

    codes = dialogue.greeting_languages(replace(content, languages=creole_missing), "es", "HT")

    assert codes == ["es", "fr"]


@pytest.mark.parametrize(
    ("topic", "aspect", "expected"),
    [
        pytest.param("h2.what", "cost", "h2.cost", id="another topic of the group"),
        pytest.param("documents.passport", "cost", "documents.passport", id="a part of its own"),
        pytest.param("documents.passport", "time", "documents.passport", id="its own comes first"),
        pytest.param("documents.passport", "dance", "documents.passport", id="no such aspect"),
        pytest.param("fraud.scam", "cost", "fraud.scam", id="a group without such topics"),
        pytest.param("h2.invented", "cost", "h2.cost", id="a topic without words"),
    ],
)
def test_a_part_may_be_a_topic_of_its_own(
    content: Knowledge, topic: str, aspect: str, expected: str
) -> None:
    assert dialogue.topic_of_aspect(content, topic, aspect) == expected


def test_a_topic_that_has_no_answer_does_not_take_a_part(content: Knowledge) -> None:
    unanswered = {topic: x for topic, x in content.answers.items() if topic != "h2.cost"}

    topic = dialogue.topic_of_aspect(replace(content, answers=unanswered), "h2.what", "cost")

    assert topic == "h2.what"


@pytest.mark.parametrize(
    ("topic", "country", "expected"),
    [
        ("documents.passport", "", True),
        ("documents.passport", "HT", False),
        ("documents.passport", "ZZ", False),
        ("hubs.nearest", "", False),
        ("documents.invented", "", False),
    ],
)
def test_a_country_is_asked_for_where_the_answer_depends_on_it(
    content: Knowledge, topic: str, country: str, expected: bool
) -> None:
    assert dialogue.needs_country(content, topic, country) is expected
