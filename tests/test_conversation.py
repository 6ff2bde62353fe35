"""Whole conversations with the real model: what a person writes, and what must come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.knowledge import Knowledge
from bot.model import Reply
from channels.sms import Sms
from tests.conftest import Talk
from tests.talks import LANGUAGES, PASSPORT, greeted, text

pytestmark = pytest.mark.model
NOT_WORDS = ("", "   ", "\n", "\u0000", "\u0007\u0008", "\u200b", "😀", "👍👍", "...", "???")
STRANGE = (
    "/restart",
    "/h2.cost",
    '/choice{"payload": "meta.delete_data"}',
    '/meta.delete_data{"a": 1}',
    "//////",
    "{fee_adult}",
    "%s %d {0} \\ \" ' ` $HOME",
    "a\u0000b\u001bc",
    "\u202etropasap",
    "paspò\u0301\u0301\u0301",
    "𝓅𝒶𝓈𝒶𝓅𝑜𝓇𝓉𝑒",
    "جواز سفر",
    "護照",
    "SELECT * FROM inbox; DROP TABLE inbox",
    "-1",
    "0",
    "9",
    "99999999999999999999",
    "1 2 3",
    "x" * 2000,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_answered_in_its_own_language(talk: Talk, language: str) -> None:
    reply = talk.say(PASSPORT[language])

    assert (reply.topic, reply.language) == ("documents.passport", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_names_its_sources(talk: Talk, language: str) -> None:
    reply = talk.say(PASSPORT[language])

    assert all(source["url"] and source["date"] for source in reply.sources)
    assert reply.sources


def test_the_language_changes_at_once_when_the_person_changes_it(talk: Talk) -> None:
    talk.say(PASSPORT["es"])

    reply = talk.say("mwen pa pale panyol, eske nou ka pale kreyol")

    assert reply.language == "ht"


def test_a_language_asked_for_is_kept_for_words_that_all_languages_share(talk: Talk) -> None:
    talk.say("kreyol")

    assert talk.say("visa h2").language == "ht"


@pytest.mark.parametrize(
    ("region", "language"), [("HT", "ht"), ("SV", "es"), ("GT", "es"), ("BZ", "en"), ("GD", "en")]
)
def test_a_word_of_no_language_is_answered_in_that_of_the_number(
    engine: Any, region: str, language: str
) -> None:
    assert Talk(engine, region).say("???!").language == language


@pytest.mark.parametrize("word", ["visa", "h2", "tps"])
@pytest.mark.parametrize("region", ["HT", "SV", "GD"])
def test_a_word_of_every_language_is_answered_in_one_of_the_number(
    engine: Any, content: Knowledge, word: str, region: str
) -> None:
    spoken = content.countries[region].languages

    assert Talk(engine, region).say(word).language in spoken


def test_the_first_reply_says_in_each_likely_language_who_speaks(
    engine: Any, content: Knowledge
) -> None:
    reply = Talk(engine, "HT").say(PASSPORT["es"])

    intros = [content.phrase(code, "intro").full for code in ("es", "ht")]
    assert all(intro in text(reply) for intro in intros)


def test_only_the_first_reply_does(talk: Talk, content: Knowledge) -> None:
    reply = greeted(talk).say(PASSPORT["es"])

    assert content.phrase("es", "intro").full not in text(reply)


@pytest.mark.parametrize("wrote", NOT_WORDS, ids=repr)
def test_a_message_without_words_is_answered_kindly(talk: Talk, wrote: str) -> None:
    reply = talk.say(wrote)

    assert reply.outcome == "fallback"
    assert text(reply)


@pytest.mark.parametrize("wrote", STRANGE, ids=lambda x: repr(x)[:30])
def test_whatever_is_written_gets_an_answer_and_nothing_is_a_command(
    talk: Talk, wrote: str
) -> None:
    reply = greeted(talk).say(wrote)

    assert text(reply)
    assert reply.effect != "erase"


def test_ten_thousand_letters_are_politely_refused(talk: Talk, content: Knowledge) -> None:
    reply = talk.say("quiero saber como saco mi pasaporte " * 300)

    assert content.phrase("es", "too_long").full in text(reply)


def test_what_is_remembered_holds_no_text(talk: Talk) -> None:
    talk.say("me llamo Xiomara Quispe y quiero mi pasaporte de honduras")

    assert "Xiomara" not in str(talk.slots)


def test_what_is_remembered_does_not_grow(talk: Talk) -> None:
    talk.say(PASSPORT["es"])
    before = len(str(talk.slots))
    for _ in range(20):
        talk.say(PASSPORT["es"])

    assert len(str(talk.slots)) == before


@pytest.fixture
def answers(content: Knowledge) -> Callable[[str], list[Reply]]:
    """Every answer of a language as a Reply."""
    from bot.answers import Question, paragraph

    def of(language: str) -> list[Reply]:
        pairs = [(t, v) for t, a in content.answers.items() for v in a.variants]
        questions = [Question(t, language, "" if v == "any" else v) for t, v in pairs]
        made = [paragraph(content, question) for question in questions]
        return [Reply(paragraphs=(part,)) for part in made if part]

    return of


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_costs_more_than_two_sms(
    answers: Callable[[str], list[Reply]], language: str
) -> None:
    costs = [Sms().render(reply)[0].segments for reply in answers(language)]

    assert max(costs) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_ucs2(answers: Callable[[str], list[Reply]], language: str) -> None:
    assert {Sms().render(r)[0].encoding for r in answers(language)} == {"GSM-7"}
