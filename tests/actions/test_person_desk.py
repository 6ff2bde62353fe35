"""Where people can take over, one is called: asked for, after two failures, or in danger."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from actions.answer import AnswerAction
from actions.choice import ChoiceAction
from actions.fallback import FallbackAction
from actions.person import PersonAction
from bot.engine import Heard
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.talks import LANGUAGES

LIKELY = {"h2.what": 0.2, "fraud.scam": 0.15}
DANGER = {"danger": "protection.violence"}
OPEN_OR_CLOSED = pytest.mark.parametrize("desk", ["open", "closed"])


def asked(**at: Any) -> Done:
    """What comes of asking for a person in words."""
    return run(PersonAction(), "person", "meta.human", confidence=1.0, **at)


def missed(**at: Any) -> Done:
    """What comes of a message that was not understood."""
    return run(FallbackAction(), "mm", "nlu_fallback", ranking=LIKELY, **at)


def called(done: Done) -> tuple[str, str, str]:
    """Whether a person is called, and why."""
    return done.reply.effect, done.reply.why, done.reply.outcome


@OPEN_OR_CLOSED
def test_who_asks_for_a_person_gets_one(desk: str) -> None:
    assert called(asked(desk=desk, region="HT")) == ("person", "asked", "handover")


@OPEN_OR_CLOSED
def test_it_is_not_asked_from_which_country(desk: str) -> None:
    done = asked(desk=desk)

    assert (done.reply.paragraphs, done.remembered["asked"]) == ((), None)


@OPEN_OR_CLOSED
def test_a_button_calls_a_person(desk: str) -> None:
    picked = {"payload": "meta.human"}
    done = run(ChoiceAction(), "", "choice", entities=picked, desk=desk)

    assert called(done) == ("person", "asked", "handover")


@OPEN_OR_CLOSED
def test_a_zero_calls_a_person(desk: str) -> None:
    done = run(ChoiceAction(), "0", "choice", entities={"number": 0}, desk=desk)

    assert called(done) == ("person", "asked", "handover")


def test_where_nobody_can_take_over_nobody_is_called() -> None:
    assert called(asked(region="HT")) == ("", "", "handover")


def test_after_the_first_miss_it_is_asked_what_was_meant() -> None:
    assert missed(desk="open").reply.outcome == "clarified"


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_second_a_person_is_called(content: Knowledge, language: str) -> None:
    done = missed(desk="open", misses=1, lang=language)

    assert (called(done), done.text) == (
        ("person", "failed", "handover"), content.phrase(language, "person_failed").full
    )  # fmt: skip


@pytest.mark.parametrize("desk", ["", "closed"])
def test_with_nobody_there_the_menu_comes_as_ever(desk: str) -> None:
    done = missed(desk=desk, misses=1)

    assert (done.reply.outcome, done.reply.effect) == ("fallback", "")


@pytest.mark.parametrize("intent", ["meta.out_of_scope", "meta.feedback_bad"])
def test_an_answer_that_is_none_or_did_not_help_counts(intent: str) -> None:
    first = run(AnswerAction(), "no", intent, desk="open")
    second = run(AnswerAction(), "no", intent, desk="open", misses=first.remembered["misses"])

    assert called(second) == ("person", "failed", "handover")


@OPEN_OR_CLOSED
@pytest.mark.parametrize("topic", ["protection.violence", "protection.emergency", "h2.abuse"])
def test_danger_calls_a_person_behind_the_numbers(desk: str, topic: str) -> None:
    done = run(
        AnswerAction(), "he beats me", topic, confidence=1.0, entities=DANGER, desk=desk,
        region="HT",
    )  # fmt: skip

    assert (called(done), "122" in done.reply.paragraphs[0].full, done.payloads) == (
        ("person", "danger", "handover"), True, []
    )  # fmt: skip


@OPEN_OR_CLOSED
def test_danger_from_nowhere_in_particular_calls_one_at_once(
    content: Knowledge, desk: str
) -> None:
    done = run(
        AnswerAction(), "x", "protection.shelter", confidence=1.0, entities=DANGER, desk=desk
    )

    where = content.phrase("en", "danger_no_country").full
    assert (called(done), where in done.text) == (("person", "danger", "handover"), True)


def test_words_of_fear_in_another_question_only_offer_one() -> None:
    done = run(
        AnswerAction(), "x", "documents.passport", entities=DANGER, desk="open", region="HT"
    )

    assert (done.reply.effect, done.payloads[0]) == ("", "meta.human")


def test_asked_for_in_danger_the_numbers_come_first() -> None:
    done = asked(entities=DANGER, desk="open", region="HT")

    assert (called(done)[1], "122" in done.text) == ("danger", True)


def test_asked_for_after_danger_it_is_urgent() -> None:
    assert called(asked(desk="open", topic="protection.violence"))[1] == "danger"


def test_danger_not_understood_twice_calls_a_person() -> None:
    done = missed(desk="open", misses=1, entities=DANGER, region="HT")

    assert (called(done)[1], "122" in done.text) == ("danger", True)


WORDS = ["quiero hablar con una persona", "mwen vle pale ak yon moun", "je veux une personne"]


@pytest.mark.model
@pytest.mark.parametrize("said", WORDS)
def test_words_of_any_language_call_a_person(engine: Any, said: str) -> None:
    heard = Heard(said, region="HT", desk="open")
    reply, _ = asyncio.run(engine.respond("a test", heard, None))

    assert (reply.effect, reply.why) == ("person", "asked")
