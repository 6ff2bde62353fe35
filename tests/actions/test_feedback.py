"""What a person says about an answer."""

from __future__ import annotations

import pytest

from actions.choice import ChoiceAction
from tests.actions.conftest import run


def choose(payload: str, **slots: object):  # type: ignore[no-untyped-def]
    """A tap on a button, after an answer on passports."""
    known = {"topic": "documents.passport", "entities": {"payload": payload}, **slots}
    return run(ChoiceAction(), intent="choice", confidence=1.0, **known)


def test_thanks_and_what_people_ask_next() -> None:
    done = choose("helped:yes")

    assert (done.reply.effect, done.reply.topic) == ("helpful", "meta.feedback_good")
    assert (bool(done.payloads), done.reply.optional) == (True, True)


def test_where_it_did_not_help_there_is_a_way_on() -> None:
    done = choose("helped:no")

    assert (done.reply.effect, done.payloads[-2:]) == ("unhelpful", ["meta.menu", "meta.human"])
    assert len(done.payloads) > 2


def test_a_number_is_a_vote() -> None:
    done = run(
        ChoiceAction(), "2", "choice", entities={"number": 2}, choices=["helped:yes", "helped:no"]
    )

    assert done.reply.effect == "unhelpful"


def test_a_number_that_is_no_choice_leads_to_the_menu() -> None:
    """The question is not asked again."""
    done = run(
        ChoiceAction(), "7", "choice", entities={"number": 7}, choices=["helped:yes", "helped:no"]
    )

    assert done.reply.topic == "meta.menu"


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_a_question_may_be_kept(language: str) -> None:
    done = choose("keep:yes", lang=language)

    assert (done.reply.effect, "30" in done.text) == ("keep", True)
