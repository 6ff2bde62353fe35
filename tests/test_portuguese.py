"""Portuguese is partial: answered in Portuguese where it is whole, elsewhere openly in Spanish."""

from __future__ import annotations

import pytest

from bot.answers import Question, paragraph
from bot.knowledge import Knowledge
from tests.conftest import Talk
from tests.talks import greeted, text

WHOLE = ("meta.", "pathways.", "protection.")


def test_what_helps_in_danger_and_the_ways_to_migrate_are_whole(content: Knowledge) -> None:
    lacking = [
        (topic, variant)
        for topic, answer in content.answers.items()
        if topic.startswith(WHOLE)
        for variant in answer.variants
        if content.text(topic, variant, "pt") != (_text(content, topic, variant), "pt")
    ]

    assert lacking == []


def _text(content: Knowledge, topic: str, variant: str) -> object:
    return content.languages["pt"].texts.get(topic, {}).get(variant)


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("meu marido me bate, preciso de ajuda", "protection.violence"),
        ("preciso de um abrigo para dormir hoje", "protection.shelter"),
        ("como pedir asilo no mexico", "pathways.asylum"),
        ("quais sao os caminhos legais para migrar", "pathways.overview"),
    ],
)
def test_there_it_is_answered_in_portuguese(
    talk: Talk, content: Knowledge, said: str, topic: str
) -> None:
    reply = greeted(talk).say(said)

    expected = paragraph(content, Question(topic, "pt", reply.country, words=said))
    assert (reply.topic, reply.language) == (topic, "pt")
    assert (expected in reply.paragraphs, "Español" in text(reply)) == (True, False)


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("como tirar o passaporte em honduras", "documents.passport"),
        ("o que e o visto h2", "h2.what"),
    ],
)
def test_elsewhere_it_gets_the_spanish_text_and_is_told_so(
    talk: Talk, content: Knowledge, said: str, topic: str
) -> None:
    reply = greeted(talk).say(said)

    notice = content.phrase("pt", "other_language", name="Español").full
    spanish = paragraph(content, Question(topic, "es", reply.country))
    assert spanish is not None
    parts = [notice, *spanish.full.split("\n\n")[:-1]]
    assert (reply.topic, reply.language) == (topic, "pt")
    assert [part for part in parts if part not in text(reply)] == []
