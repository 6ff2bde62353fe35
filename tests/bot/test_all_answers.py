"""Every answer of the real content can be put together: each language, country and part."""

from __future__ import annotations

import pytest

from bot import answers
from bot.answers import Question
from bot.knowledge import Knowledge

PARTS = ("", "cost", "where")


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr", "pt"])
def test_every_answer_can_be_read(content: Knowledge, language: str) -> None:
    empty = [
        (topic, country, part)
        for topic in content.answers
        for country in ("", *content.countries)
        for part in PARTS
        if content.variant_for(topic, country)
        and not _said(content, Question(topic, language, country, part))
    ]

    assert empty == []


def _said(content: Knowledge, question: Question) -> bool:
    paragraph = answers.paragraph(content, question)
    return paragraph is not None and bool(paragraph.full and paragraph.short)


def test_every_topic_of_the_catalogue_has_an_answer(content: Knowledge) -> None:
    assert [topic for topic in content.topics if topic not in content.answers] == []


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_whole_languages_fall_back_nowhere(content: Knowledge, language: str) -> None:
    elsewhere = [
        (topic, variant)
        for topic, answer in content.answers.items()
        for variant in answer.variants
        if (content.text(topic, variant, language) or ("", ""))[1] != language
    ]

    assert elsewhere == []
