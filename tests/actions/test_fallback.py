"""What was not understood is asked about, then the menu comes; nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from actions.fallback import FallbackAction
from bot import contacts
from bot.knowledge import Knowledge
from bot.model import Paragraph
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, greeted

LIKELY = {"meta.greet": 0.2, "h2.what": 0.15, "fraud.scam": 0.1, "h2.cost": 0.08, "h2.apply": 0.05}
THREE = ["h2.what", "fraud.scam", "h2.cost"]
WITH_HUBS = {"meta.greet": 0.3, "hubs.nearest": 0.2, "h2.what": 0.15}
TOWN = "wanament"
VAGUE = (
    "tengo un problema",
    "mi situacion",
    "trabajo y papeles",
    "mwen gen yon kesyon",
    "papers and work",
    "travail et papiers",
)
VIOLENCE = "protection.violence"


def missed(said: str = "", ranking: dict[str, float] | None = None, **more: Any) -> Done:
    """What comes of a message that was not understood."""
    ranked = LIKELY if ranking is None else ranking
    return run(FallbackAction(), said, "nlu_fallback", ranking=ranked, **more)


def test_the_three_likeliest_topics_are_offered() -> None:
    done = missed()

    assert (done.reply.outcome, list(done.reply.options)) == ("clarified", THREE)


@pytest.mark.parametrize(
    ("topic", "offered"),
    [
        ("meta.bot", True),
        ("meta.delete_data", True),
        ("meta.thanks", False),
        ("meta.more", False),
        ("meta.feedback_bad", False),
    ],
)
def test_courtesy_is_nothing_to_pick(topic: str, *, offered: bool) -> None:
    assert (topic in missed(ranking={topic: 0.3, **LIKELY}).reply.options) is offered


def test_the_choices_are_these_or_none_of_them_or_a_person() -> None:
    assert missed().payloads == [*THREE, "meta.menu", "meta.human"]


def test_the_menu_and_a_person_are_offered_once() -> None:
    done = missed(ranking={"meta.menu": 0.3, "meta.human": 0.2, "h2.what": 0.1})

    assert (done.payloads, list(done.reply.options)) == (
        ["h2.what", "meta.menu", "meta.human"],
        ["meta.menu", "meta.human", "h2.what"],
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_offered_in_the_language_of_the_turn(content: Knowledge, language: str) -> None:
    done = missed(lang=language)

    labels = [content.label(language, topic) for topic in THREE]
    others = [content.phrase(language, key).full for key in ("none_of_these", "person")]
    assert [choice.label for choice in done.reply.choices] == [*labels, *others]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_question_is_in_the_language_of_the_turn(content: Knowledge, language: str) -> None:
    assert missed(lang=language).text == content.phrase(language, "clarify").full


def test_the_confidence_is_that_of_the_likeliest_that_is_offered() -> None:
    assert missed().reply.confidence == 0.15


def test_a_first_miss_is_remembered() -> None:
    remembered = missed().remembered

    assert (remembered["misses"], remembered["choices"]) == (1, missed().payloads)


@pytest.mark.parametrize(
    ("entities", "before", "expected"),
    [({"country": "GT"}, None, "GT"), ({}, "HN", "HN"), ({}, None, None)],
)
def test_a_country_that_was_named_is_remembered(
    entities: dict[str, str], before: str | None, expected: str | None
) -> None:
    assert missed(entities=entities, country=before).remembered["country"] == expected


def test_what_is_less_likely_something_else_is_asked_about() -> None:
    assert missed(ranking={**LIKELY, "meta.out_of_scope": 0.19}).reply.outcome == "clarified"


@pytest.mark.parametrize(
    "at",
    [
        pytest.param({"misses": 1}, id="the second miss"),
        pytest.param({"misses": 5}, id="every one after it"),
        pytest.param({"ranking": {}}, id="nothing is likely"),
        pytest.param({"ranking": {"meta.greet": 0.2}}, id="nothing but courtesy is likely"),
        pytest.param({"ranking": {"meta.out_of_scope": 0.3, **LIKELY}}, id="something else"),
        pytest.param({"ranking": {**LIKELY, "meta.out_of_scope": 0.2}}, id="just as likely"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_then_the_menu_comes(content: Knowledge, language: str, at: dict[str, Any]) -> None:
    done = missed(lang=language, **at)

    said = content.phrase(language, "fallback").full
    assert (done.reply.outcome, done.text, done.payloads[0]) == (
        "fallback",
        said,
        "group:documents",
    )


@pytest.mark.parametrize(("before", "after"), [(None, 1), (1, 2), (2, 3)])
def test_each_miss_in_a_row_is_counted(before: int | None, after: int) -> None:
    assert missed(ranking={}, misses=before).remembered["misses"] == after


def test_a_fallback_has_no_topic_beside_those_of_the_catalogue(content: Knowledge) -> None:
    assert missed(misses=1).reply.topic in {"", *content.topics}


def in_doubt(ranking: dict[str, float] | None = None, **more: Any) -> Done:
    """What comes of a message that was not understood and may be of somebody in danger."""
    return missed(ranking=ranking, entities={"danger": VIOLENCE}, **more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("misses", [0, 1, 5])
def test_danger_in_doubt_gets_the_numbers_first_and_no_menu(
    content: Knowledge, language: str, misses: int
) -> None:
    done = in_doubt(lang=language, misses=misses, country="HN", region="HT")

    head = content.phrase(language, "danger_first")
    lines = contacts.lines(content, ["HN", "HT"], language)
    numbers = Paragraph(f"{head.full}\n{lines.full}", f"{head.short} {lines.short}")
    assert (done.reply.outcome, done.reply.paragraphs[0]) == ("clarified", numbers)


@pytest.mark.parametrize(
    ("ranking", "offered"),
    [
        pytest.param(LIKELY, [VIOLENCE, "h2.what", "fraud.scam"], id="something else is likelier"),
        pytest.param({VIOLENCE: 0.3, **LIKELY}, [VIOLENCE, "h2.what", "fraud.scam"], id="once"),
        pytest.param({}, [VIOLENCE], id="nothing is likely"),
        pytest.param({"meta.out_of_scope": 0.9}, [VIOLENCE], id="something else entirely"),
    ],
)
def test_danger_in_doubt_offers_what_helps_first(
    ranking: dict[str, float], offered: list[str]
) -> None:
    assert in_doubt(ranking).payloads == [*offered, "meta.menu", "meta.human"]


def test_a_town_settles_it_also_in_danger_and_the_numbers_come_first(content: Knowledge) -> None:
    done = missed(f"migrants {TOWN}", WITH_HUBS, entities={"danger": VIOLENCE})

    head = content.phrase("en", "danger_first").full
    assert (done.reply.topic, done.text.startswith(head)) == ("hubs.nearest", True)


def test_a_town_with_a_hub_settles_it() -> None:
    done = missed(f"migrants {TOWN}", WITH_HUBS)

    assert (done.reply.topic, done.remembered["country"]) == ("hubs.nearest", "HT")


@pytest.mark.parametrize(
    ("said", "ranking"),
    [
        pytest.param("migrants", WITH_HUBS, id="no town"),
        pytest.param(TOWN, LIKELY, id="hubs are not likely"),
        pytest.param(TOWN, {"h2.what": 0.3, "hubs.nearest": 0.2}, id="not the likeliest"),
    ],
)
def test_else_it_does_not(said: str, ranking: dict[str, float]) -> None:
    assert missed(said, ranking).reply.outcome == "clarified"


@pytest.mark.model
def test_unsure_it_offers_two_or_three_topics_and_a_person(engine: Any) -> None:
    # Which of these is clear may change with the training messages; that all are, may not.
    replies = [greeted(Talk(engine)).say(words) for words in VAGUE]
    unsure = [reply for reply in replies if reply.outcome == "clarified"]

    assert unsure
    assert {len(reply.options) for reply in unsure} <= {2, 3}
    assert {reply.choices[-1].payload for reply in unsure} == {"meta.human"}


@pytest.mark.model
@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param("blah kwek zzz", "brum brum xyz", id="no words"),
        pytest.param("quien gano el partido", "y la copa de futbol", id="off the topic"),
    ],
)
def test_still_unsure_it_shows_the_menu(talk: Talk, first: str, then: str) -> None:
    talk.say(first)
    reply = talk.say(then)

    assert (reply.outcome, reply.choices[0].payload) == ("fallback", "group:documents")


@pytest.mark.model
def test_something_else_entirely_is_a_fallback(talk: Talk) -> None:
    assert greeted(talk).say("quien gano el partido de futbol anoche").outcome == "fallback"


def test_who_asks_for_a_person_after_that_is_still_in_danger(content: Knowledge) -> None:
    assert in_doubt().remembered["topic"] == VIOLENCE
