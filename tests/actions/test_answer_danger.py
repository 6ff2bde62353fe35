"""In danger the numbers to call come first, then the answer; a person is offered, no menu."""

from __future__ import annotations

from typing import Any

import pytest

from actions.answer import OTHERS
from bot import answers, contacts
from bot.answers import Question
from bot.knowledge import Knowledge
from tests.actions.conftest import Done
from tests.actions.test_answer import EMERGENCY, INVENTED, TOPIC, VIOLENCE, answered, numbers
from tests.conftest import Talk
from tests.talks import LANGUAGES, text


def in_danger(intent: str = VIOLENCE, **more: Any) -> Done:
    """What comes of words of danger."""
    return answered(intent, confidence=1.0, entities={"danger": intent}, **more)


@pytest.mark.parametrize("intent", [VIOLENCE, EMERGENCY, "h2.abuse"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_shows_the_numbers_of_the_country_before_and_of_the_number(
    content: Knowledge, language: str, intent: str
) -> None:
    done = in_danger(intent, lang=language, country="HN", region="HT")

    assert numbers(content, language, "HN", "HT") in done.reply.paragraphs[0].full


@pytest.mark.parametrize("intent", [VIOLENCE, EMERGENCY, "h2.abuse"])
def test_danger_shows_them_in_sms_as_well(content: Knowledge, intent: str) -> None:
    done = in_danger(intent, country="HN", region="HT")

    expected = contacts.lines(content, ["HN", "HT"], "en").short
    assert expected in done.reply.paragraphs[0].short


@pytest.mark.parametrize("intent", [VIOLENCE, EMERGENCY, "h2.abuse"])
def test_danger_shows_them_once(content: Knowledge, intent: str) -> None:
    assert in_danger(intent, country="HN").text.count(numbers(content, "en", "HN")) == 1


def test_danger_takes_the_country_of_the_number(content: Knowledge) -> None:
    assert numbers(content, "en", "HT") in in_danger(region="HT").reply.paragraphs[0].full


def test_danger_asks_for_no_country_where_the_number_has_one() -> None:
    reply = in_danger(TOPIC, region="HN").reply

    assert (reply.outcome, reply.country) == ("answered", "HN")


@pytest.mark.parametrize("region", ["", "FR"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_nowhere_in_particular_asks_for_the_country(
    content: Knowledge, language: str, region: str
) -> None:
    done = in_danger(lang=language, region=region)

    question = content.phrase(language, "danger_no_country").full
    assert question in done.reply.paragraphs[0].full


def test_danger_is_followed_by_the_answer_where_there_is_one(content: Knowledge) -> None:
    paragraphs = in_danger("h2.abuse", country="GT").reply.paragraphs

    expected = answers.paragraph(content, Question("h2.abuse", "en", "GT"))
    assert paragraphs[1] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_without_an_answer_gets_the_one_on_danger(
    content: Knowledge, language: str
) -> None:
    done = in_danger(VIOLENCE, lang=language, country="GT")

    expected = answers.paragraph(content, Question(EMERGENCY, language, "GT"))
    assert done.reply.paragraphs == (expected,)


def test_danger_keeps_its_topic() -> None:
    assert in_danger(VIOLENCE, country="GT").reply.topic == VIOLENCE


def test_danger_offers_a_person_and_what_else_it_may_be() -> None:
    ranking = {VIOLENCE: 1.0, "meta.greet": 0.01, "h2.abuse": 0.009, INVENTED: 0.008}
    ranking |= {EMERGENCY: 0.007, "h2.what": 0.006, "h2.cost": 0.005}

    payloads = in_danger(VIOLENCE, country="GT", ranking=ranking).payloads

    assert payloads == ["meta.human", "h2.abuse", EMERGENCY][: 1 + OTHERS]


@pytest.mark.model
@pytest.mark.parametrize(
    ("danger", "region", "number"),
    [
        ("mi marido me pega y tengo miedo", "HN", "911"),
        ("yo vle touye m", "HT", "122"),
        ("they kidnapped us please", "BZ", "911"),
        ("on m'a enlevé au secours", "HT", "122"),
        ("me quiero morir", "CR", "911"),
        ("nos secuestraron", "GT", "110"),
    ],
)
def test_danger_gets_the_numbers_of_the_country_before_anything_else(
    engine: Any, danger: str, region: str, number: str
) -> None:
    reply = Talk(engine, region).say(danger)

    first = reply.paragraphs[0]
    assert reply.topic.startswith("protection.")
    assert (number in first.full, number in first.short) == (True, True)


@pytest.mark.model
def test_danger_offers_a_person_first(engine: Any) -> None:
    assert Talk(engine, "HN").say("mi marido me pega").choices[0].payload == "meta.human"


@pytest.mark.model
@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_in_an_unknown_country_asks_for_the_country(
    talk: Talk, content: Knowledge, language: str
) -> None:
    phrase = content.languages[language].danger[EMERGENCY][0]

    reply = talk.say(phrase, language=language)

    assert content.phrase(language, "danger_no_country").full in text(reply)
