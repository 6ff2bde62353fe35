"""A number, a button or a label does what was offered; anything else offers it again."""

from __future__ import annotations

from typing import Any

import pytest

from actions.choice import ChoiceAction
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, greeted

OFFERED = ["h2.what", "fraud.scam", "meta.human"]
NINE = [*["h2.what"] * 8, "fraud.scam"]


def picked(**more: Any) -> Done:
    """What comes of a choice."""
    return run(ChoiceAction(), "", "choice", confidence=1.0, **more)


def number(chosen: int, offered: list[str] | None = None, **more: Any) -> Done:
    """What comes of a number, with the choices that were offered before."""
    return picked(entities={"number": chosen}, choices=offered, **more)


def button(payload: str, **more: Any) -> Done:
    """What comes of a button."""
    return picked(entities={"payload": payload}, **more)


@pytest.mark.parametrize(
    ("chosen", "offered", "topic"),
    [
        (1, OFFERED, "h2.what"),
        (2, OFFERED, "fraud.scam"),
        (3, OFFERED, "meta.human"),
        (0, OFFERED, "meta.human"),
        (9, OFFERED, "meta.menu"),
        (9, NINE, "fraud.scam"),
        (0, NINE, "meta.human"),
        (0, None, "meta.human"),
        (9, None, "meta.menu"),
        (1, None, "meta.menu"),
        (5, None, "meta.menu"),
    ],
)
def test_what_a_number_stands_for(chosen: int, offered: list[str] | None, topic: str) -> None:
    assert number(chosen, offered).reply.topic == topic


@pytest.mark.parametrize(
    ("payload", "topic", "outcome"),
    [
        ("h2.what", "h2.what", "answered"),
        ("meta.greet", "meta.greet", "answered"),
        ("meta.menu", "meta.menu", "answered"),
        ("meta.human", "meta.human", "handover"),
        ("meta.stop", "meta.stop", "stopped"),
        ("documents.passport", "documents.passport", "asked"),
        ("language:ht", "meta.language", "answered"),
    ],
)
def test_what_a_button_does(payload: str, topic: str, outcome: str) -> None:
    reply = button(payload).reply

    assert (reply.topic, reply.outcome) == (topic, outcome)


def test_a_button_goes_before_a_number() -> None:
    both = {"payload": "h2.what", "number": 2}

    assert picked(entities=both, choices=OFFERED).reply.topic == "h2.what"


def test_a_group_shows_its_topics() -> None:
    assert button("group:h2").payloads[0] == "h2.what"


def test_a_button_that_erases_needs_no_question() -> None:
    assert button("meta.delete_data").reply.effect == "erase"


def test_a_language_is_that_of_all_that_follows() -> None:
    done = button("language:ht", lang="", heard=("fr", 1.0))

    assert (done.reply.language, done.remembered["language"]) == ("ht", "ht")


@pytest.mark.parametrize(
    "before",
    [{"asked": "documents.passport", "topic": "h2.what"}, {"topic": "documents.passport"}],
)
def test_a_country_completes_the_question(before: dict[str, str]) -> None:
    done = button("country:HT", **before)

    assert (done.reply.topic, done.reply.country) == ("documents.passport", "HT")


def test_a_country_that_was_picked_is_remembered() -> None:
    assert button("country:HT", asked="documents.passport").remembered["country"] == "HT"


def test_a_country_goes_before_the_one_named_earlier() -> None:
    assert button("country:HT", asked="documents.passport", country="GT").reply.country == "HT"


def test_a_country_for_no_question_shows_the_menu() -> None:
    assert button("country:HT").reply.topic == "meta.menu"


@pytest.mark.parametrize(
    "payload",
    ["country:ZZ", "language:zz", "group:zz", "documents.invented", "nonsense", "", ":", "a:b:c"],
)
def test_a_button_for_what_is_unknown_shows_the_menu(payload: str) -> None:
    assert button(payload).reply.topic == "meta.menu"


@pytest.mark.parametrize("payload", ["country:ZZ", "documents.invented", "nonsense", ""])
def test_after_other_choices_it_shows_those_again(payload: str) -> None:
    assert button(payload, choices=OFFERED).payloads == OFFERED


@pytest.mark.parametrize("chosen", [4, 8, 10, 99])
def test_a_wrong_number_shows_the_choices_again(content: Knowledge, chosen: int) -> None:
    done = number(chosen, OFFERED)

    said = content.phrase("en", "wrong_number").full
    assert (done.payloads, done.text, done.reply.outcome) == (OFFERED, said, "asked")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_choices_shown_again_have_their_words(content: Knowledge, language: str) -> None:
    offered = ["h2.what", "group:h2", "country:HT", "language:ht", "group:h2:7", "meta.human"]

    done = number(7, offered, lang=language)

    topics = [content.label(language, name) for name in ("h2.what", "h2")]
    names = [content.country_name(language, "HT"), content.languages["ht"].settings.name]
    phrases = [content.phrase(language, key).full for key in ("more_topics", "person")]
    assert [choice.label for choice in done.reply.choices] == [*topics, *names, *phrases]


def test_a_wrong_number_keeps_open_what_was_asked() -> None:
    offered = ["country:HT", "country:GT"]
    remembered = number(7, offered, asked="documents.passport").remembered

    assert (remembered["asked"], remembered["choices"]) == ("documents.passport", offered)


@pytest.mark.parametrize("gone", ["documents.gone", "group:gone", "country:ZZ", "language:zz"])
def test_a_choice_of_before_that_is_no_longer_there_does_no_harm(gone: str) -> None:
    assert "h2.what" in number(7, ["h2.what", gone]).payloads


def other(others: list[str] | None, **more: Any) -> Done:
    """What comes of "the other one"."""
    return picked(entities={"other": True}, others=others, **more)


def test_what_was_offered_beside_the_choice_is_remembered() -> None:
    assert number(1, [*OFFERED, "group:h2", "h2.cost"]).remembered["others"] == [
        "fraud.scam",
        "meta.human",
        "h2.cost",
    ]


def test_the_other_one_is_what_was_offered_beside_the_choice() -> None:
    assert other(["fraud.scam", "h2.cost"], choices=["h2.apply"]).reply.topic == "fraud.scam"


def test_the_other_one_again_is_the_one_after_it() -> None:
    assert other(["fraud.scam", "h2.cost"]).remembered["others"] == ["h2.cost"]


@pytest.mark.parametrize("others", [[], None])
def test_where_there_is_no_other_one_the_choices_come_again(others: list[str] | None) -> None:
    assert other(others, choices=OFFERED).payloads == OFFERED


def test_without_choices_there_is_no_other_one_but_the_menu() -> None:
    assert other([]).reply.topic == "meta.menu"


@pytest.mark.parametrize("gone", ["documents.gone", "group:gone"])
def test_another_one_that_is_no_longer_there_is_not_remembered(gone: str) -> None:
    assert number(1, ["h2.what", gone]).remembered["others"] == []


@pytest.mark.model
def test_a_number_answers_the_last_choice(talk: Talk) -> None:
    greeted(talk).say("menu")

    assert talk.say("3").choices[0].payload.startswith("h2.")


@pytest.mark.model
def test_a_button_answers_like_its_number(talk: Talk) -> None:
    talk.say("menu")

    assert talk.say(choice="group:h2").choices[0].payload.startswith("h2.")


@pytest.mark.model
def test_the_label_of_a_choice_answers_like_its_number(talk: Talk, content: Knowledge) -> None:
    talk.say("menu")

    assert talk.say(content.label("es", "h2")).choices[0].payload.startswith("h2.")


@pytest.mark.model
@pytest.mark.parametrize("wrong", ["17", "99", "la 77"])
def test_a_wrong_number_gets_the_choices_again(talk: Talk, wrong: str) -> None:
    offered = greeted(talk).say("menu")

    assert talk.say(wrong).choices == offered.choices
