"""The language changes to the one that is named; where none is, it is asked for in all."""

from __future__ import annotations

from typing import Any

import pytest

from actions.language import LanguageAction
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, greeted, payloads

ALL = [f"language:{code}" for code in LANGUAGES]


def changed(said: str = "", named: str = "", **more: Any) -> Done:
    """What comes of a message about the language."""
    entities = {"named_language": named} if named else {}
    return run(LanguageAction(), said, "meta.language", entities=entities, **more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_change_is_said_in_the_new_language(content: Knowledge, language: str) -> None:
    done = changed(named=language)

    said = content.phrase(language, "language_changed").full
    assert (done.text, done.reply.language) == (said, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_new_language_is_remembered(language: str) -> None:
    assert changed(named=language).remembered["language"] == language


@pytest.mark.parametrize(
    ("said", "heard", "language"),
    [
        pytest.param("please write in Creole", "en", "ht", id="the one it names"),
        pytest.param("I speak no Spanish, Creole please", "en", "ht", id="the last of two"),
        pytest.param("mwen pa pale panyol, kreyol souple", "ht", "ht", id="its own of two"),
        pytest.param("kreyol souple, pa panyol", "ht", "ht", id="its own, though it is first"),
        pytest.param("no entiendo, français", "es", "fr", id="among words of another"),
    ],
)
def test_the_language_that_the_words_name(said: str, heard: str, language: str) -> None:
    assert changed(said, heard=(heard, 1.0)).reply.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_name_it_is_asked_for_in_every_language(
    content: Knowledge, language: str
) -> None:
    done = changed("?", lang=language)

    questions = [content.phrase(code, "language_ask").full for code in LANGUAGES]
    assert (done.reply.outcome, done.text) == ("asked", "\n".join(questions))


def test_every_language_can_be_picked_by_its_own_name(content: Knowledge) -> None:
    done = changed("?")

    names = [content.languages[code].settings.name for code in LANGUAGES]
    assert ([x.label for x in done.reply.choices], done.payloads) == (names, ALL)


@pytest.mark.parametrize("named", ["", "ht"])
def test_what_was_asked_before_stays_open(named: str) -> None:
    remembered = changed("?", named, asked="documents.passport").remembered

    assert remembered["asked"] == "documents.passport"


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "language"),
    [("english", "en"), ("en español por favor", "es"), ("kreyol", "ht"), ("français", "fr")],
)
def test_a_language_can_be_asked_for(talk: Talk, asked: str, language: str) -> None:
    reply = greeted(talk).say(asked)

    assert (reply.topic, reply.language) == ("meta.language", language)


@pytest.mark.model
@pytest.mark.parametrize(
    "words",
    [
        "idioma",
        "cambiar idioma",
        "language",
        "change language",
        "chanje lang",
        "changer de langue",
    ],
)
def test_a_change_of_language_can_be_asked_for(talk: Talk, words: str) -> None:
    assert payloads(greeted(talk).say(words)) == ALL


@pytest.mark.model
def test_after_it_the_question_for_the_country_can_be_answered(talk: Talk) -> None:
    talk.say("quiero sacar mi pasaporte")
    talk.say("kreyol")

    reply = talk.say("Gwatemala")

    assert (reply.topic, reply.country, reply.language) == ("documents.passport", "GT", "ht")
