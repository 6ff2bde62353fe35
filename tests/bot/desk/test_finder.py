"""Answers that an operator looks for, and ready-made replies."""

from __future__ import annotations

import pytest

from bot.desk import finder
from bot.knowledge import Knowledge
from bot.text import encoding, gsm_form, segments


@pytest.mark.parametrize(
    ("words", "language", "topic"),
    [
        ("pasaporte", "es", "documents.passport"),
        ("paspo", "ht", "documents.passport"),
        ("passport", "en", "documents.passport"),
        ("PASSEPORT", "fr", "documents.passport"),
        ("what it costs", "en", "h2.cost"),
        ("documents.passport", "en", "documents.passport"),
    ],
)
def test_a_topic_is_found_by_words(
    content: Knowledge, words: str, language: str, topic: str
) -> None:
    assert finder.topics(content, words, [language])[0] == topic


def test_words_of_a_text_are_found_too(content: Knowledge) -> None:
    assert "h2.apply" in finder.topics(content, "I-797", ["en"])


def test_one_may_search_in_ones_own_language(content: Knowledge) -> None:
    assert "documents.passport" in finder.topics(content, "passport", ["en", "ht"])


@pytest.mark.parametrize("words", ["", "  ", "?!", "qwxzjk"])
def test_nothing_is_found_by_no_words(content: Knowledge, words: str) -> None:
    assert finder.topics(content, words, ["en"]) == []


def test_only_some_are_shown(content: Knowledge) -> None:
    assert len(finder.topics(content, "visa", ["en"])) <= finder.MOST


def test_what_the_program_says_of_itself_is_no_answer(content: Knowledge) -> None:
    assert not [x for x in finder.topics(content, "menu", ["en"]) if x.startswith("meta.")]


def test_an_answer_is_in_the_language_and_for_the_country_of_the_person(
    content: Knowledge,
) -> None:
    found = finder.answer(content, "documents.passport", "ht", "HT", "whatsapp")

    assert "Ayiti" in found.text
    assert found.sources


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_an_sms_does_not_end_with_the_word_that_alo_waits_for(
    content: Knowledge, language: str
) -> None:
    found = finder.answer(content, "documents.passport", language, "HT", "sms")

    assert not found.text.endswith(content.languages[language].settings.more)
    assert segments(gsm_form(found.text)) <= 2


def test_where_there_is_no_answer_there_is_no_text(content: Knowledge) -> None:
    found = finder.answer(content, "documents.passport", "en", "", "whatsapp")

    assert found.text == ""


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_ready_made_replies_are_short_and_cheap(content: Knowledge, language: str) -> None:
    texts = [gsm_form(x.text) for x in finder.canned(content, language, language, "HT")]

    assert 12 <= len(texts) <= 15
    assert {encoding(text) for text in texts} == {"GSM-7"}
    assert max(map(segments, texts)) == 1


def test_labels_are_the_operators_and_texts_the_persons(content: Knowledge) -> None:
    replies = {found.key: found for found in finder.canned(content, "en", "ht", "HT")}

    assert replies["country"].label == "Which country?"
    assert replies["country"].text == "Nan ki peyi ou ye kounye a?"


def test_the_line_is_that_of_the_country(content: Knowledge) -> None:
    replies = {found.key: found.text for found in finder.canned(content, "en", "en", "HT")}

    assert "8840" in replies["line"]


def test_without_a_line_none_is_offered(content: Knowledge) -> None:
    assert "line" not in {found.key for found in finder.canned(content, "en", "en", "")}


def test_a_language_without_its_own_has_those_of_its_fallback(content: Knowledge) -> None:
    own, borrowed = (finder.canned(content, "en", code, "HT") for code in ("es", "pt"))

    assert [found.text for found in borrowed] == [found.text for found in own]
