"""A person is reached on the lines of the country; where it is not known, it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from actions.person import PersonAction
from bot import contacts
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, greeted, text

FOREIGN = "FR"  # a number from a country that the content does not know
WITH_LINE, WITHOUT_LINE = "HT", "GT"


def person(**at: Any) -> Done:
    """What comes of asking for a person."""
    return run(PersonAction(), "person", "meta.human", confidence=1.0, **at)


def last(done: Done) -> str:
    """The last paragraph."""
    return done.reply.paragraphs[-1].full


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_of_the_country_is_named(content: Knowledge, language: str) -> None:
    line = contacts.of(content, WITH_LINE, ("line",))[0]
    done = person(lang=language, country=WITH_LINE)

    values = {"phone": contacts.number(line), "name": line.name}
    assert last(done) == content.phrase(language, "human_line", **values).full


@pytest.mark.parametrize(
    ("at", "country"),
    [
        ({"entities": {"country": "HT"}, "country": "BZ"}, "HT"),
        ({"country": "HT", "region": "BZ"}, "HT"),
        ({"region": "HT"}, "HT"),
    ],
)
def test_the_country_named_goes_before_that_of_the_number(
    at: dict[str, Any], country: str
) -> None:
    done = person(**at)

    assert (done.reply.country, "8840" in last(done)) == (country, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_without_a_line_is_said_to_be_without(content: Knowledge, language: str) -> None:
    done = person(lang=language, country=WITHOUT_LINE)

    name = content.country_name(language, WITHOUT_LINE)
    assert last(done) == content.phrase(language, "human_none", country=name).full


@pytest.mark.parametrize("region", ["", FOREIGN])
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_an_unknown_country_it_is_asked_which_it_is(
    content: Knowledge, language: str, region: str
) -> None:
    done = person(lang=language, region=region)

    question = content.phrase(language, "danger_no_country").full
    assert (last(done), done.remembered["asked"]) == (question, "meta.human")


def test_it_is_a_handover(content: Knowledge) -> None:
    reply = person(country=WITH_LINE).reply

    assert (reply.topic, reply.outcome) == ("meta.human", "handover")


@pytest.mark.parametrize(("before", "expected"), [("HT", "HT"), (None, None)])
def test_only_a_country_that_was_named_is_remembered(
    before: str | None, expected: str | None
) -> None:
    assert person(country=before, region="BZ").remembered["country"] == expected


def test_where_the_country_is_known_nothing_is_asked() -> None:
    assert person(country=WITH_LINE, asked="documents.passport").remembered["asked"] is None


@pytest.mark.model
@pytest.mark.parametrize("word", ["PERSONA", "MOUN", "PERSON", "PERSONNE", "0"])
def test_a_person_can_be_asked_for_with_one_word(talk: Talk, word: str) -> None:
    assert greeted(talk).say(word).outcome == "handover"


@pytest.mark.model
def test_a_person_is_reached_on_the_line_of_the_number(engine: Any) -> None:
    assert "8840" in text(Talk(engine, "HT").say("MOUN"))


@pytest.mark.model
@pytest.mark.parametrize("between", ["", "gracias", "thanks", "kreyol"])
def test_the_country_that_was_asked_for_brings_its_lines(talk: Talk, between: str) -> None:
    greeted(talk).say("PERSONA")
    if between:
        talk.say(between)

    assert "8840" in text(talk.say("Haití"))


@pytest.mark.model
def test_it_brings_as_well_that_there_is_no_line(talk: Talk, content: Knowledge) -> None:
    greeted(talk).say("PERSONA")

    none = content.phrase("es", "human_none", country="Guatemala").full
    assert none in text(talk.say("Guatemala"))
