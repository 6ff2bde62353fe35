"""A topic is answered for the right country; danger goes first, and nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from actions._turn import LONGEST
from actions.answer import OTHERS, AnswerAction
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
VIOLENCE, EMERGENCY = "protection.invented", "protection.emergency"
POLITE = ["meta.thanks", "meta.goodbye", "meta.feedback_good"]


def answered(intent: str = TOPIC, **more: Any) -> Done:
    """What comes of a topic."""
    return run(AnswerAction(), more.pop("said", ""), intent, **more)


def in_danger(intent: str = VIOLENCE, **more: Any) -> Done:
    """What comes of words of danger."""
    return answered(intent, confidence=1.0, entities={"danger": intent}, **more)


def numbers(content: Knowledge, language: str, *countries: str) -> str:
    """The numbers of these countries, as they are read."""
    return contacts.lines(content, list(countries), language).full


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_in_the_language_of_the_turn(content: Knowledge, language: str) -> None:
    done = answered(lang=language, entities={"country": "HT"})

    expected = answers.paragraph(content, Question(TOPIC, language, "HT"))
    assert done.reply.paragraphs == (expected,)


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
        pytest.param(ONE_FOR_ALL, {"region": "HN"}, "", id="the same for all"),
    ],
)
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


@pytest.mark.model
@pytest.mark.parametrize("word", ["BORRAR", "EFASE", "DELETE", "EFFACER"])
def test_delete_in_any_language_erases(talk: Talk, word: str) -> None:
    assert talk.say(word).effect == "erase"


@pytest.mark.model
@pytest.mark.parametrize("town", ["wanament", "Ouanaminthe", "ouanamint"])
def test_hubs_are_found_by_the_name_of_the_town(talk: Talk, town: str) -> None:
    assert "Ouanaminthe" in text(talk.say(f"ki kote ki gen yon sant pou migran nan {town}"))
