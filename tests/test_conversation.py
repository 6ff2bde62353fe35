"""Whole conversations with the real model: what a person writes, and what must come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.knowledge import Knowledge
from bot.model import Reply
from channels.sms import Sms
from tests.conftest import Talk

pytestmark = pytest.mark.model
LANGUAGES = ("es", "ht", "en", "fr")

PASSPORT = {
    "es": "como saco el pasaporte en honduras",
    "ht": "kijan pou m fe paspo an ayiti",
    "en": "how do i get my passport in guatemala",
    "fr": "comment faire mon passeport en haiti",
}
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


def text(reply: Reply) -> str:
    """The long form of a reply."""
    return "\n".join(part.full for part in reply.paragraphs)


def greeted(talk: Talk) -> Talk:
    """The same conversation after the first words."""
    talk.say("hola")
    return talk


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
    ("asked", "language"),
    [("english", "en"), ("en español por favor", "es"), ("kreyol", "ht"), ("français", "fr")],
)
def test_a_language_can_be_asked_for(talk: Talk, asked: str, language: str) -> None:
    reply = greeted(talk).say(asked)

    assert (reply.topic, reply.language) == ("meta.language", language)


@pytest.mark.parametrize(
    ("region", "language"), [("HT", "ht"), ("SV", "es"), ("GT", "es"), ("BZ", "en"), ("GD", "en")]
)
def test_a_word_of_no_language_is_answered_in_that_of_the_number(
    engine: Any, region: str, language: str
) -> None:
    assert Talk(engine, region).say("???!").language == language


def test_the_first_reply_says_in_each_likely_language_who_speaks(
    engine: Any, content: Knowledge
) -> None:
    reply = Talk(engine, "HT").say(PASSPORT["es"])

    intros = [content.phrase(code, "intro").full for code in ("es", "ht")]
    assert all(intro in text(reply) for intro in intros)


def test_only_the_first_reply_does(talk: Talk, content: Knowledge) -> None:
    reply = greeted(talk).say(PASSPORT["es"])

    assert content.phrase("es", "intro").full not in text(reply)


def test_the_country_comes_from_the_words(talk: Talk) -> None:
    assert talk.say(PASSPORT["es"]).country == "HN"


def test_else_from_what_was_said_before(talk: Talk) -> None:
    talk.say(PASSPORT["es"])

    assert talk.say("y el acta de nacimiento").country == "HN"


def test_else_it_is_asked_for_with_choices_that_of_the_number_first(engine: Any) -> None:
    reply = Talk(engine, "GT").say("quiero sacar mi pasaporte")

    assert (reply.outcome, reply.choices[0].payload) == ("asked", "country:GT")


def test_and_if_that_is_not_answered_it_comes_from_the_number(engine: Any) -> None:
    talk = Talk(engine, "GT")
    talk.say("quiero sacar mi pasaporte")

    reply = talk.say("pero como saco el pasaporte")

    assert (reply.outcome, reply.country) == ("answered", "GT")


def test_the_answer_to_the_question_for_the_country_completes_the_first(talk: Talk) -> None:
    talk.say("quiero sacar mi pasaporte")

    reply = talk.say("de El Salvador")

    assert (reply.topic, reply.country) == ("documents.passport", "SV")


def test_an_answer_for_a_country_says_so(talk: Talk, content: Knowledge) -> None:
    assert content.country_name("es", "HN") in text(talk.say(PASSPORT["es"]))


def test_a_country_without_an_answer_is_said_to_be_without(talk: Talk) -> None:
    reply = talk.say("como saco el pasaporte en nicaragua")

    assert "Nicaragua" in text(reply)
    assert not reply.sources


@pytest.mark.parametrize(
    ("first", "then", "topic", "country"),
    [
        (PASSPORT["es"], "y cuanto cuesta?", "documents.passport", "HN"),
        (PASSPORT["es"], "¿y en Guatemala?", "documents.passport", "GT"),
        (PASSPORT["en"], "and in Honduras?", "documents.passport", "HN"),
        (PASSPORT["en"], "how much?", "documents.passport", "GT"),
        (PASSPORT["ht"], "konbyen", "documents.passport", "HT"),
        (PASSPORT["ht"], "e pou kat idantifikasyon?", "documents.national_id", "HT"),
        ("kijan pou m jwenn batiste m an ayiti", "e pou paspò?", "documents.passport", "HT"),
        (PASSPORT["fr"], "et combien ca coute ?", "documents.passport", "HT"),
        ("que es la visa h2a", "y cuanto cuesta?", "h2.cost", ""),
    ],
)
def test_a_follow_up_keeps_topic_and_country(
    talk: Talk, first: str, then: str, topic: str, country: str
) -> None:
    talk.say(first)

    reply = talk.say(then)

    assert (reply.topic, reply.country) == (topic, country)


def test_the_part_that_was_asked_for_comes_first(talk: Talk) -> None:
    talk.say(PASSPORT["es"])

    assert "US$35" in text(talk.say("y cuanto cuesta?"))[:40]


def test_thank_you_in_the_middle_does_not_lose_the_thread(talk: Talk) -> None:
    talk.say(PASSPORT["es"])
    talk.say("gracias")

    assert talk.say("y cuanto cuesta?").topic == "documents.passport"


def test_a_number_answers_the_last_choice(talk: Talk) -> None:
    offered = greeted(talk).say("menu")

    reply = talk.say("3")

    assert reply.choices != offered.choices
    assert reply.choices[0].payload.startswith("h2.")


def test_a_button_answers_like_its_number(talk: Talk) -> None:
    talk.say("menu")

    assert talk.say(choice="group:h2").choices[0].payload.startswith("h2.")


@pytest.mark.parametrize("number", ["17", "99", "la 77"])
def test_a_wrong_number_gets_the_choices_again(talk: Talk, number: str) -> None:
    offered = greeted(talk).say("menu")

    assert talk.say(number).choices == offered.choices


def test_unsure_it_offers_two_or_three_topics_and_a_person(talk: Talk) -> None:
    reply = greeted(talk).say("trabajo")

    assert reply.outcome == "clarified"
    assert 2 <= len(reply.options) <= 3
    assert reply.choices[-1].payload == "meta.human"


def test_still_unsure_it_shows_the_menu(talk: Talk) -> None:
    talk.say("blah kwek zzz")
    reply = talk.say("brum brum xyz")

    assert (reply.outcome, reply.choices[0].payload) == ("fallback", "group:documents")


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

    assert reply.topic.startswith("protection.")
    assert number in reply.paragraphs[0].full
    assert number in reply.paragraphs[0].short


def test_danger_offers_a_person_first(engine: Any) -> None:
    assert Talk(engine, "HN").say("mi marido me pega").choices[0].payload == "meta.human"


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_in_an_unknown_country_asks_for_the_country(
    talk: Talk, content: Knowledge, language: str
) -> None:
    phrase = next(p for p in content.languages[language].danger["protection.emergency"])

    reply = talk.say(phrase, language=language)

    assert content.phrase(language, "danger_no_country").full in text(reply)


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


@pytest.mark.parametrize("word", ["BORRAR", "EFASE", "DELETE", "EFFACER"])
def test_delete_in_any_language_erases(talk: Talk, word: str) -> None:
    assert talk.say(word).effect == "erase"


@pytest.mark.parametrize("word", ["PERSONA", "MOUN", "PERSON", "PERSONNE", "0"])
def test_a_person_can_be_asked_for_with_one_word(talk: Talk, word: str) -> None:
    assert greeted(talk).say(word).outcome == "handover"


def test_a_person_is_reached_on_the_line_of_the_country(engine: Any) -> None:
    assert "8840" in text(Talk(engine, "HT").say("MOUN"))


@pytest.mark.parametrize("word", ["MAS", "PLIS", "MORE", "PLUS"])
def test_the_word_at_the_end_of_an_sms_brings_the_rest(engine: Any, word: str) -> None:
    talk = Talk(engine, channel="sms")
    first = Sms().render(talk.say(PASSPORT["es"]))

    rest = Sms().render(talk.say(word))

    assert sum(len(m.text) for m in rest) > sum(len(m.text) for m in first)


@pytest.mark.parametrize("town", ["wanament", "Ouanaminthe", "ouanamint"])
def test_hubs_are_found_by_the_name_of_the_town(talk: Talk, town: str) -> None:
    assert "Ouanaminthe" in text(talk.say(f"ki kote ki gen yon sant pou migran nan {town}"))


def test_something_else_entirely_is_a_fallback(talk: Talk) -> None:
    assert greeted(talk).say("quien gano el partido de futbol anoche").outcome == "fallback"


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
