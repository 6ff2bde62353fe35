"""A message that only completes the one before: "and in Honduras?", "how much?"."""

from __future__ import annotations

from typing import Any

import pytest

from actions.followup import FollowupAction
from bot import answers
from bot.answers import Question
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import PASSPORT, text

TOPIC = "documents.passport"


def followed(completing: dict[str, str], **more: Any) -> Done:
    """What comes of a country, of a part, or of both."""
    return run(FollowupAction(), "", "followup", confidence=1.0, entities=completing, **more)


@pytest.mark.parametrize(
    ("completing", "before", "topic", "country"),
    [
        pytest.param({"country": "GT"}, {"asked": TOPIC}, TOPIC, "GT", id="what was asked"),
        pytest.param(
            {"country": "GT"}, {"asked": TOPIC, "topic": "h2.apply"}, TOPIC, "GT",
            id="what was asked, not what was answered",
        ),
        pytest.param(
            {"country": "GT"}, {"topic": TOPIC, "country": "HN"}, TOPIC, "GT",
            id="another country",
        ),
        pytest.param(
            {"aspect": "cost"}, {"topic": TOPIC, "country": "HN"}, TOPIC, "HN", id="a part"
        ),
        pytest.param({"aspect": "cost"}, {"topic": "h2.what"}, "h2.cost", "", id="another topic"),
        pytest.param(
            {"aspect": "cost", "country": "SV"}, {"topic": TOPIC, "country": "HN"}, TOPIC, "SV",
            id="a part in another country",
        ),
        pytest.param(
            {"aspect": "cost"}, {"asked": TOPIC, "region": "SV"}, TOPIC, "SV",
            id="no country though it was asked for: that of the number",
        ),
    ],
)  # fmt: skip
def test_what_it_completes(
    completing: dict[str, str], before: dict[str, str], topic: str, country: str
) -> None:
    reply = followed(completing, **before).reply

    assert (reply.topic, reply.country, reply.outcome) == (topic, country, "answered")


def test_the_part_that_was_asked_for_is_the_first(content: Knowledge) -> None:
    done = followed({"country": "HN", "aspect": "cost"}, topic=TOPIC)

    expected = answers.paragraph(content, Question(TOPIC, "en", "HN", "cost"))
    assert done.reply.paragraphs == (expected,)


def test_a_part_without_a_country_asks_for_the_country_again() -> None:
    reply = followed({"aspect": "cost"}, asked=TOPIC).reply

    assert (reply.topic, reply.outcome) == (TOPIC, "asked")


def test_the_country_for_a_person_brings_its_lines() -> None:
    done = followed({"country": "HT"}, asked="meta.human")

    assert (done.reply.topic, "8840" in done.text) == ("meta.human", True)


@pytest.mark.parametrize("topic", [None, "meta.greet"])
def test_where_there_is_nothing_to_complete_the_menu_comes(topic: str | None) -> None:
    assert followed({"country": "GT"}, topic=topic).reply.topic == "meta.menu"


def test_the_country_is_remembered_nevertheless() -> None:
    assert followed({"country": "GT"}).remembered["country"] == "GT"


@pytest.mark.model
@pytest.mark.parametrize(
    ("first", "then", "topic", "country"),
    [
        (PASSPORT["es"], "y cuanto cuesta?", TOPIC, "HN"),
        (PASSPORT["es"], "¿y en Guatemala?", TOPIC, "GT"),
        (PASSPORT["en"], "and in Honduras?", TOPIC, "HN"),
        (PASSPORT["en"], "how much?", TOPIC, "GT"),
        (PASSPORT["ht"], "konbyen", TOPIC, "HT"),
        (PASSPORT["ht"], "e pou kat idantifikasyon?", "documents.national_id", "HT"),
        ("kijan pou m jwenn batiste m an ayiti", "e pou paspò?", TOPIC, "HT"),
        (PASSPORT["fr"], "et combien ca coute ?", TOPIC, "HT"),
        ("que es la visa h2a", "y cuanto cuesta?", "h2.cost", ""),
        ("quiero sacar mi pasaporte", "de El Salvador", TOPIC, "SV"),
        ("persona", "Guatemala", "meta.human", "GT"),
    ],
)
def test_a_follow_up_keeps_topic_and_country(
    talk: Talk, first: str, then: str, topic: str, country: str
) -> None:
    talk.say(first)

    reply = talk.say(then)

    assert (reply.topic, reply.country) == (topic, country)


@pytest.mark.model
def test_the_part_that_was_asked_for_comes_first(talk: Talk) -> None:
    talk.say(PASSPORT["es"])

    assert "US$35" in text(talk.say("y cuanto cuesta?"))[:40]


CLEAR = {"hubs.nearest": 0.01, "hubs.hours": 0.0001}  # as settling leaves it


@pytest.mark.parametrize(
    ("said", "ranking", "topic"),
    [
        pytest.param("kibo biwo nou okap", CLEAR, "hubs.nearest", id="a question by itself"),
        pytest.param("kibo okap", CLEAR, "meta.menu", id="too little said"),
        pytest.param("kibo biwo nou okap", {**CLEAR, "hubs.hours": 0.002}, "meta.menu",
                     id="unclear"),
        pytest.param("kibo biwo nou okap", {"meta.bot": 0.01, **CLEAR, "hubs.nearest": 0.0001},
                     "meta.menu", id="no question"),
        pytest.param("kibo biwo nou okap", {}, "meta.menu", id="nothing likely"),
    ],
)  # fmt: skip
def test_words_that_could_complete_a_question_may_be_one(
    said: str, ranking: dict[str, float], topic: str
) -> None:
    completing = {"country": "HT", "aspect": "where"}
    done = run(
        FollowupAction(), said, "followup", confidence=1.0, entities=completing, ranking=ranking
    )

    assert done.reply.topic == topic
