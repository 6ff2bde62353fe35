"""A topic is answered for the right country; danger goes first, and nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from actions._turn import LONGEST
from actions.answer import AnswerAction
from bot import answers, contacts, hub_lines
from bot.answers import Question
from bot.hubs import Search
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, PASSPORT, greeted, text

TOPIC = "documents.passport"  # differs by country, and is there for some
FOR_ALL = "h2.apply"  # is there for all, and for some countries in its own words
ONE_FOR_ALL = "h2.what"
INVENTED = "documents.invented"  # has no answer
OUANAMINTHE = (19.5493, -71.7247)
VIOLENCE, EMERGENCY = "protection.invented", "protection.emergency"
POLITE = ["meta.thanks", "meta.goodbye", "meta.feedback_good"]


def answered(intent: str = TOPIC, **more: Any) -> Done:
    """What comes of a topic."""
    return run(AnswerAction(), more.pop("said", ""), intent, **more)


def numbers(content: Knowledge, language: str, *countries: str) -> str:
    """The numbers of these countries, as they are read."""
    return contacts.lines(content, list(countries), language).full


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_in_the_language_of_the_turn(content: Knowledge, language: str) -> None:
    done = answered(lang=language, entities={"country": "HT"})

    expected = answers.paragraph(content, Question(TOPIC, language, "HT"))
    assert done.reply.paragraphs == (expected,)


@pytest.mark.parametrize(("intent", "hub"), [("hubs.nearest", "ht-ouanaminthe"), ("h2.what", "")])
def test_the_hub_that_is_named_first_is_counted(intent: str, hub: str) -> None:
    assert answered(intent, said="Ouanaminthe", region="HT").reply.hub == hub


def test_an_answer_says_what_it_is_about() -> None:
    reply = answered(confidence=0.7, entities={"country": "HT"}).reply

    assert (reply.topic, reply.confidence, reply.outcome) == (TOPIC, 0.7, "answered")


def test_topic_and_country_are_remembered() -> None:
    remembered = answered(entities={"country": "HT"}).remembered

    assert (remembered["topic"], remembered["country"]) == (TOPIC, "HT")


def test_the_part_asked_for_is_the_first(content: Knowledge) -> None:
    done = answered(entities={"country": "HN", "aspect": "cost"})

    expected = answers.paragraph(content, Question(TOPIC, "en", "HN", "cost"))
    assert done.reply.paragraphs == (expected,)


@pytest.mark.parametrize(
    ("intent", "at", "expected"),
    [
        pytest.param(TOPIC, {"entities": {"country": "HT"}, "country": "GT"}, "HT", id="named"),
        pytest.param(TOPIC, {"country": "GT", "region": "HN"}, "GT", id="named before"),
        pytest.param(FOR_ALL, {"region": "HN"}, "HN", id="an answer that can do without"),
        pytest.param(TOPIC, {"region": "HN", "asked": TOPIC}, "HN", id="asked in vain"),
        pytest.param(FOR_ALL, {"region": "FR"}, "", id="a country nobody here knows"),
        pytest.param(FOR_ALL, {}, "", id="nothing is known"),
        pytest.param(ONE_FOR_ALL, {"region": "HN"}, "HN", id="the same for all"),
        pytest.param(
            TOPIC, {"entities": [("country", "CU"), ("country", "HN")]}, "HN",
            id="of two that are named the one that has an answer",
        ),
        pytest.param(
            TOPIC, {"entities": [("country", "CU")], "country": "HN"}, "CU",
            id="named, though it has no answer",
        ),
        pytest.param("hubs.nearest", {"point": OUANAMINTHE, "region": "MX"}, "HT", id="a pin"),
    ],
)  # fmt: skip
def test_the_country_an_answer_is_for(intent: str, at: dict[str, Any], expected: str) -> None:
    assert answered(intent, **at).reply.country == expected


@pytest.mark.parametrize(
    "at",
    [{}, {"region": "HN"}, {"region": "FR", "asked": TOPIC}],
    ids=["nothing is known", "only the number", "asked in vain, from nowhere"],
)
def test_otherwise_the_country_is_asked_for(content: Knowledge, at: dict[str, Any]) -> None:
    done = answered(**at)

    assert (done.reply.outcome, done.text) == ("asked", content.phrase("en", "ask_country").full)


def test_the_choices_are_the_countries_that_have_an_answer(content: Knowledge) -> None:
    own = {f"country:{code}" for code in answers.countries_of(content, TOPIC)}

    offered = answered().payloads

    assert (set(offered) <= own, len(offered)) == (True, LONGEST)


def test_the_countries_that_speak_the_language_come_first() -> None:
    assert answered(lang="ht").payloads[:2] == ["country:HT", "country:DO"]


def test_that_the_country_was_asked_for_is_remembered() -> None:
    remembered = answered().remembered

    assert (remembered["asked"], remembered["topic"]) == (TOPIC, TOPIC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_that_is_only_assumed_is_said(content: Knowledge, language: str) -> None:
    done = answered(FOR_ALL, region="GT", lang=language)

    name = content.country_name(language, "GT")
    note = content.phrase(language, "country_assumed", country=name).full
    assert done.reply.paragraphs[-1].full == note


@pytest.mark.parametrize(
    "at",
    [
        pytest.param({"intent": FOR_ALL, "country": "GT"}, id="it was named"),
        pytest.param({"intent": ONE_FOR_ALL, "region": "GT"}, id="it makes no difference"),
    ],
)
def test_else_nothing_is_said_of_assuming(at: dict[str, Any]) -> None:
    assert len(answered(**at).reply.paragraphs) == 1


def test_a_country_that_is_only_assumed_is_not_remembered() -> None:
    assert answered(FOR_ALL, region="GT").remembered["country"] is None


def test_a_town_with_a_hub_names_its_country() -> None:
    done = answered("hubs.nearest", said="a centre in wanament", country="GT")

    assert ("Ouanaminthe" in done.text, done.remembered["country"]) == (True, "HT")


def test_a_town_shows_its_own_hubs(content: Knowledge) -> None:
    done = answered("hubs.nearest", said="where in San Ignacio")

    town = hub_lines.lines(content, Search("San Ignacio", "BZ"), "en").full
    assert (town in done.text, "Bella Vista" in done.text) == (True, False)


def test_a_pin_shows_the_hubs_around_it_and_is_not_kept(content: Knowledge) -> None:
    done = answered("hubs.nearest", point=OUANAMINTHE, region="MX")

    around = hub_lines.lines(content, Search(country="HT", point=OUANAMINTHE), "en").full
    assert (around in done.text, "19.5" in str(done.remembered)) == (True, False)


@pytest.mark.parametrize(
    ("said", "at", "expected"),
    [
        pytest.param("okap", {"topic": "hubs.hours"}, "hubs.nearest", id="a town"),
        pytest.param("okap", {"topic": "h2.cost"}, ONE_FOR_ALL, id="after something else"),
        pytest.param("okap", {}, ONE_FOR_ALL, id="after nothing"),
        pytest.param("a visa", {"topic": "hubs.hours"}, ONE_FOR_ALL, id="no town"),
        pytest.param(
            "okap", {"topic": "hubs.hours", "confidence": 1.0}, ONE_FOR_ALL, id="it is settled"
        ),
        pytest.param(
            "what is the visa for somebody of okap", {"topic": "hubs.hours"}, ONE_FOR_ALL,
            id="a question of its own",
        ),
    ],
)  # fmt: skip
def test_after_a_question_about_hubs_a_town_alone_is_where(
    said: str, at: dict[str, Any], expected: str
) -> None:
    assert answered(ONE_FOR_ALL, said=said, **at).reply.topic == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_question_is_answered_behind_the_first(content: Knowledge, language: str) -> None:
    reply = answered(entities={"country": "HN", "second": "h2.cost"}, lang=language).reply

    both = [Question(TOPIC, language, "HN"), Question("h2.cost", language, "HN")]
    sources = [answers.sources(content, q.topic, q.country) for q in both]
    assert (reply.topic, reply.paragraphs, reply.sources) == (
        TOPIC,
        tuple(answers.paragraph(content, question) for question in both),
        (*sources[0], *sources[1]),
    )


@pytest.mark.parametrize("second", [TOPIC, INVENTED, "protection.invented"])
def test_a_second_question_that_has_no_other_answer_is_left_out(second: str) -> None:
    alone = answered(entities={"country": "HN"}).reply

    assert answered(entities={"country": "HN", "second": second}).reply == alone


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_without_an_answer_is_said_to_be_without(
    content: Knowledge, language: str
) -> None:
    done = answered(lang=language, country="CU")

    codes = ["CU", *answers.countries_of(content, TOPIC)]
    names = [content.country_name(language, code) for code in codes]
    assert [name for name in names if name not in done.text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_without_an_answer_is_said_to_be_without(
    content: Knowledge, language: str
) -> None:
    done = answered(INVENTED, lang=language)

    assert done.text == content.phrase(language, "no_answer", topic=INVENTED).full


@pytest.mark.parametrize("at", [{"intent": TOPIC, "country": "CU"}, {"intent": INVENTED}])
def test_without_an_answer_a_person_is_offered(at: dict[str, Any]) -> None:
    done = answered(**at)

    assert (done.payloads, done.reply.sources) == (["meta.human"], ())


def test_without_an_answer_on_protection_the_numbers_come_first(content: Knowledge) -> None:
    paragraphs = answered(VIOLENCE, country="GT").reply.paragraphs

    head = content.phrase("en", "danger_first").full
    assert paragraphs[0].full == f"{head}\n{numbers(content, 'en', 'GT')}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_erasing_on_a_guess_is_asked_about_first(content: Knowledge, language: str) -> None:
    done = answered("meta.delete_data", confidence=0.9999, lang=language)

    question = content.phrase(language, "confirm_erase").full
    assert (done.text, done.reply.outcome, done.reply.effect) == (question, "asked", "")


@pytest.mark.parametrize(
    ("intent", "outcome", "effect"),
    [
        ("meta.delete_data", "answered", "erase"),
        ("meta.stop", "stopped", "stop"),
        ("meta.start", "answered", "start"),
        ("meta.out_of_scope", "fallback", ""),
        ("meta.greet", "answered", ""),
        ("h2.what", "answered", ""),
    ],
)
def test_what_a_topic_has_for_an_effect(intent: str, outcome: str, effect: str) -> None:
    reply = answered(intent, confidence=1.0).reply

    assert (reply.outcome, reply.effect) == (outcome, effect)


@pytest.mark.parametrize(("before", "after"), [(None, 1), (0, 1), (1, 2)])
def test_something_else_entirely_counts_as_a_miss(before: int | None, after: int) -> None:
    assert answered("meta.out_of_scope", misses=before).remembered["misses"] == after


@pytest.mark.parametrize("language", LANGUAGES)
def test_something_else_a_second_time_brings_the_menu_and_how_to_reach_a_person(
    content: Knowledge, language: str
) -> None:
    done = answered("meta.out_of_scope", misses=1, lang=language)

    assert (done.reply.outcome, done.text, done.payloads[0]) == (
        "fallback",
        content.phrase(language, "fallback").full,
        "group:documents",
    )


def test_an_answer_ends_the_misses() -> None:
    assert answered("h2.what", misses=1).remembered["misses"] == 0


@pytest.mark.parametrize("intent", [*POLITE, "meta.greet", "meta.out_of_scope"])
def test_what_is_no_question_keeps_topic_and_country(intent: str) -> None:
    remembered = answered(intent, topic=TOPIC, country="HT").remembered

    assert {"topic", "country"} & set(remembered) == set()


@pytest.mark.parametrize("intent", POLITE)
def test_politeness_keeps_the_choices_and_what_was_asked(intent: str) -> None:
    remembered = answered(intent, choices=["country:HT"], asked=TOPIC).remembered

    assert {"choices", "asked"} & set(remembered) == set()


@pytest.mark.model
@pytest.mark.parametrize(
    "polite",
    ["gracias", "mesi", "thank you", "thanks", "merci", "adiós", "goodbye", "It helped"],
)
def test_politeness_in_any_language_leaves_the_choices_open(talk: Talk, polite: str) -> None:
    offered = greeted(talk).say("quiero sacar mi pasaporte").choices
    talk.say(polite)

    assert f"country:{talk.say('3').country}" == offered[2].payload


@pytest.mark.model
def test_thank_you_in_the_middle_does_not_lose_the_thread(talk: Talk) -> None:
    talk.say(PASSPORT["es"])
    talk.say("gracias")

    assert talk.say("y cuanto cuesta?").topic == TOPIC


@pytest.mark.model
def test_the_country_comes_from_the_words(talk: Talk) -> None:
    assert talk.say(PASSPORT["es"]).country == "HN"


@pytest.mark.model
def test_else_from_what_was_said_before(talk: Talk) -> None:
    talk.say(PASSPORT["es"])

    assert talk.say("y el acta de nacimiento").country == "HN"


@pytest.mark.model
def test_else_it_is_asked_for_with_choices_that_of_the_number_first(engine: Any) -> None:
    reply = Talk(engine, "GT").say("quiero sacar mi pasaporte")

    assert (reply.outcome, reply.choices[0].payload) == ("asked", "country:GT")


@pytest.mark.model
def test_and_if_that_is_not_answered_it_comes_from_the_number(engine: Any) -> None:
    talk = Talk(engine, "GT")
    talk.say("quiero sacar mi pasaporte")

    reply = talk.say("pero como saco el pasaporte")

    assert (reply.outcome, reply.country) == ("answered", "GT")


@pytest.mark.model
def test_an_answer_for_a_country_says_so(talk: Talk, content: Knowledge) -> None:
    assert content.country_name("es", "HN") in text(talk.say(PASSPORT["es"]))


@pytest.mark.model
def test_a_country_without_an_answer_gets_no_answer_of_another(talk: Talk) -> None:
    reply = talk.say("como saco el pasaporte en cuba")

    assert ("Cuba" in text(reply), reply.sources) == (True, ())


@pytest.mark.model
@pytest.mark.parametrize("word", ["BORRAR", "EFASE", "DELETE", "EFFACER"])
def test_delete_in_any_language_erases(talk: Talk, word: str) -> None:
    assert talk.say(word).effect == "erase"


@pytest.mark.model
@pytest.mark.parametrize("town", ["wanament", "Ouanaminthe", "ouanamint"])
def test_hubs_are_found_by_the_name_of_the_town(talk: Talk, town: str) -> None:
    assert "Ouanaminthe" in text(talk.say(f"ki kote ki gen yon sant pou migran nan {town}"))
