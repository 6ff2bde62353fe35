"""The word at the end of an SMS brings the whole of the last answer."""

from __future__ import annotations

from typing import Any

import pytest

from actions.more import MoreAction
from bot import answers
from bot.answers import Question
from bot.knowledge import Knowledge
from bot.model import Paragraph
from channels.sms import Sms
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, PASSPORT, greeted

TOPIC = "documents.passport"


def more(**at: Any) -> Done:
    """What comes of the word."""
    return run(MoreAction(), "more", "meta.more", confidence=1.0, **at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_answer_is_said_in_full(content: Knowledge, language: str) -> None:
    done = more(lang=language, topic=TOPIC, country="HT")

    whole = answers.paragraph(content, Question(TOPIC, language, "HT"))
    assert done.reply.paragraphs == (Paragraph(full=whole.full),)


def test_it_is_said_in_full_in_sms() -> None:
    done = more(topic=TOPIC, country="HT")

    assert [part.for_sms() for part in done.reply.paragraphs] == [done.text]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ({"country": "GT", "region": "HN"}, "GT"),
        ({"region": "HN"}, "HN"),
    ],
)
def test_it_is_the_answer_for_the_same_country(at: dict[str, str], expected: str) -> None:
    reply = more(topic=TOPIC, **at).reply

    assert (reply.topic, reply.country) == (TOPIC, expected)


@pytest.mark.parametrize(
    "at",
    [
        pytest.param({}, id="nothing was answered"),
        pytest.param({"topic": TOPIC, "country": "CU"}, id="there was no answer for the country"),
        pytest.param({"topic": TOPIC}, id="the country is not yet known"),
        pytest.param({"topic": "documents.gone"}, id="the answer is gone"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_is_no_more_it_says_so(
    content: Knowledge, language: str, at: dict[str, str]
) -> None:
    done = more(lang=language, **at)

    nothing = content.phrase(language, "more_none").full
    assert (done.text, done.reply.topic) == (nothing, "meta.more")


def test_topic_and_country_stay() -> None:
    assert {"topic", "country"} & set(more(topic=TOPIC, country="HT").remembered) == set()


def simpler(**at: Any) -> Done:
    """What comes of "I do not understand"."""
    said, entities = "I do not understand", {"simpler": True}
    return run(MoreAction(), said, "meta.more", confidence=1.0, entities=entities, **at)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_simpler_words_it_is_the_short_form_and_not_the_same_text(
    content: Knowledge, language: str
) -> None:
    done = simpler(lang=language, topic=TOPIC, country="HT")

    whole = answers.paragraph(content, Question(TOPIC, language, "HT"))
    head = content.phrase(language, "simpler").full
    assert (done.text, whole.full in done.text) == (f"{head}\n{whole.short}", False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_simpler_words_no_answer_is_longer(content: Knowledge, language: str) -> None:
    long = {
        (topic, country): (len(done.text), len(whole.full))
        for topic, answer in content.answers.items()
        for country in answer.variants
        if topic.startswith(("documents.", "h2.", "protection."))
        and (whole := answers.paragraph(content, Question(topic, language, country)))
        and (done := simpler(lang=language, topic=topic, country=country))
    }

    assert {key: sizes for key, sizes in long.items() if sizes[0] >= sizes[1]} == {}


def test_in_simpler_words_a_person_is_offered_and_nothing_else() -> None:
    reply = simpler(topic=TOPIC, country="HT").reply

    assert (reply.topic, [x.payload for x in reply.choices], reply.optional) == (
        TOPIC,
        ["meta.human"],
        False,
    )


@pytest.mark.parametrize(
    ("at", "expected"), [({"country": "GT", "region": "HN"}, "GT"), ({"region": "HN"}, "HN")]
)
def test_in_simpler_words_it_is_for_the_same_country(at: dict[str, str], expected: str) -> None:
    assert simpler(topic=TOPIC, **at).reply.country == expected


@pytest.mark.parametrize("at", [{}, {"topic": TOPIC, "country": "CU"}, {"topic": TOPIC}])
@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_was_answered_it_is_asked_what_is_not_clear(
    content: Knowledge, language: str, at: dict[str, str]
) -> None:
    assert simpler(lang=language, **at).text == content.phrase(language, "simpler_none").full


@pytest.mark.model
@pytest.mark.parametrize("word", ["MAS", "PLIS", "MORE", "PLUS"])
def test_the_word_at_the_end_of_an_sms_brings_the_rest(engine: Any, word: str) -> None:
    talk = Talk(engine, channel="sms")
    first = Sms().render(talk.say(PASSPORT["es"]))

    rest = Sms().render(talk.say(word))

    assert sum(len(m.text) for m in rest) > sum(len(m.text) for m in first)


@pytest.mark.model
@pytest.mark.parametrize(
    "words",
    ["más información", "plis enfòmasyon", "tell me more", "more info", "plus d'informations"],
)
def test_it_can_be_asked_for_in_more_words(talk: Talk, words: str) -> None:
    greeted(talk).say(PASSPORT["es"])

    assert talk.say(words).topic == TOPIC
