"""The language changes to the one that is named; where none is, it is asked for in all."""

from __future__ import annotations

from typing import Any

import pytest

from actions.language import LanguageAction
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, greeted, payloads


@pytest.fixture(scope="module")
def every(content: Knowledge) -> list[str]:
    """Every language, also those that are not whole, as a choice."""
    return [f"language:{code}" for code in content.languages]


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
        pytest.param("no hablo español, kreyol por favor", "es", "ht", id="not the one refused"),
        pytest.param("I don't speak English, French", "en", "fr", id="refused in English"),
        pytest.param("je parle créole pas espagnol", "fr", "ht", id="before the one refused"),
        pytest.param("mwen pa pale panyol mwen pale kreyol", "ht", "ht", id="behind it"),
        pytest.param("mwen pa pale panyol", "ht", "ht", id="only one refused: its own"),
    ],
)
def test_the_language_that_the_words_name(said: str, heard: str, language: str) -> None:
    assert changed(said, heard=(heard, 1.0)).reply.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_name_it_is_asked_for_in_every_language(
    content: Knowledge, language: str
) -> None:
    done = changed("?", lang=language)

    questions = [content.phrase(code, "language_ask").full for code in content.languages]
    assert (done.reply.outcome, done.text) == ("asked", "\n".join(questions))


def test_every_language_can_be_picked_by_its_own_name(
    content: Knowledge, every: list[str]
) -> None:
    done = changed("?")

    names = [tongue.settings.name for tongue in content.languages.values()]
    assert ([x.label for x in done.reply.choices], done.payloads) == (names, every)


@pytest.mark.parametrize("said", ["no hablo español", "no entiendo español"])
def test_who_refuses_the_language_of_their_words_is_asked_for_another(
    every: list[str], said: str
) -> None:
    done = changed(said, heard=("es", 1.0))

    assert (done.reply.outcome, done.payloads) == ("asked", every)


@pytest.mark.parametrize("named", ["", "ht"])
def test_what_was_asked_before_stays_open(named: str) -> None:
    remembered = changed("?", named, asked="documents.passport").remembered

    assert remembered["asked"] == "documents.passport"


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("english", "en"),
        ("en español por favor", "es"),
        ("kreyol", "ht"),
        ("français", "fr"),
        ("português", "pt"),
    ],
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
def test_a_change_of_language_can_be_asked_for(talk: Talk, every: list[str], words: str) -> None:
    assert payloads(greeted(talk).say(words)) == every


@pytest.mark.model
def test_after_it_the_question_for_the_country_can_be_answered(talk: Talk) -> None:
    talk.say("quiero sacar mi pasaporte")
    talk.say("kreyol")

    reply = talk.say("Gwatemala")

    assert (reply.topic, reply.country, reply.language) == ("documents.passport", "GT", "ht")
