"""What people write next: "I do not understand", "the other one", "not that", "here"."""

from __future__ import annotations

from typing import Any

import pytest

from bot.answers import Question, paragraph
from bot.knowledge import Knowledge
from bot.model import Place
from tests.conftest import Talk
from tests.talks import LANGUAGES, PASSPORT, greeted, payloads, text

pytestmark = pytest.mark.model
NOT_UNDERSTOOD = {
    "es": "no entiendo",
    "ht": "m pa konprann",
    "en": "I don't understand",
    "fr": "je ne comprends pas",
}
OTHER = {"es": "la otra", "ht": "lòt lan", "en": "the other one", "fr": "l'autre"}
CORRECTED = [
    ("pasaporte no, dui", "documents.national_id"),
    ("no, pasaporte no, el acta de nacimiento", "documents.birth_certificate"),
    ("pa paspò, kat idantifikasyon", "documents.national_id"),
    ("not the passport, the birth certificate", "documents.birth_certificate"),
    ("pas le passeport, l'acte de naissance", "documents.birth_certificate"),
]
ANOTHER_COUNTRY = {
    "es": "no, en Guatemala",
    "ht": "non, nan Gwatemala",
    "en": "no, in Guatemala",
    "fr": "non, au Guatemala",
}
WITH_DANGER = {
    "es": "como saco el pasaporte en honduras? mi marido me pega",
    "ht": "kijan pou m fe paspo an ayiti? mari m ap bat mwen",
    "en": "how do i get my passport in guatemala and also my husband beats me",
    "fr": "comment faire mon passeport en haiti? mon mari me frappe",
}
WITH_VISA = {
    "es": "como saco el pasaporte en honduras y tambien que es la visa h2a",
    "ht": "kijan pou m fe paspo an ayiti epitou kisa viza h2 ye",
    "en": "how do i get my passport in guatemala and also what is an h2a visa",
    "fr": "comment faire mon passeport en haiti et aussi c'est quoi le visa h2",
}
NEAREST = {
    "es": "donde queda el centro de informacion mas cercano",
    "ht": "kote sant enfòmasyon ki pi pre a",
    "en": "where is the nearest information centre",
    "fr": "où est le centre d'information le plus proche",
}
OUANAMINTHE = ["wanamint", "Ouanaminte", "juana mendes", "m nan wanament"]
NEAR_OUANAMINTHE = Place(19.56, -71.74)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_does_not_understand_gets_a_shorter_text_and_a_person(
    talk: Talk, language: str
) -> None:
    first = greeted(talk).say(PASSPORT[language])

    reply = talk.say(NOT_UNDERSTOOD[language])

    assert (reply.topic, reply.country) == (first.topic, first.country)
    assert (text(first) in text(reply), len(text(reply)) < len(text(first))) == (False, True)
    assert payloads(reply) == ["meta.human"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_one_is_what_was_offered_beside_the_choice(talk: Talk, language: str) -> None:
    talk.say("menu", language=language)
    offered = payloads(talk.say(choice="group:h2", language=language))
    talk.say("2", language=language)

    assert talk.say(OTHER[language], language=language).topic == offered[0]


@pytest.mark.parametrize(("said", "topic"), CORRECTED)
def test_what_is_ruled_out_is_not_what_is_asked(talk: Talk, said: str, topic: str) -> None:
    talk.say(PASSPORT["es"])

    assert talk.say(said).topic == topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_country_can_be_said_instead(talk: Talk, language: str) -> None:
    talk.say("como saco el pasaporte en el salvador")

    reply = talk.say(ANOTHER_COUNTRY[language])

    assert (reply.topic, reply.country) == ("documents.passport", "GT")


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_questions_the_urgent_one_is_answered_first(
    talk: Talk, content: Knowledge, language: str
) -> None:
    reply = greeted(talk).say(WITH_DANGER[language])

    head = content.phrase(language, "danger_first").full
    passport = content.text("documents.passport", reply.country, language)
    assert passport is not None
    assert (reply.topic, text(reply).startswith(head)) == ("protection.violence", True)
    assert passport[0].full["what"].split("{")[0].strip() in reply.paragraphs[-1].full


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_questions_both_are_answered(talk: Talk, content: Knowledge, language: str) -> None:
    reply = greeted(talk).say(WITH_VISA[language])

    second = paragraph(content, Question("h2.what", language, reply.country))
    assert (reply.topic, reply.paragraphs[-1]) == ("documents.passport", second)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", ["", "HT", "US"])
def test_a_pin_alone_shows_the_hubs_near_it(engine: Any, language: str, region: str) -> None:
    reply = Talk(engine, region).say(place=NEAR_OUANAMINTHE, language=language)

    assert (reply.topic, reply.country, reply.language) == ("hubs.nearest", "HT", language)
    assert "Ouanaminthe (" in text(reply)


@pytest.mark.parametrize("said", OUANAMINTHE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_misspelt_town_alone_is_where_a_hub_is_looked_for(
    talk: Talk, language: str, said: str
) -> None:
    greeted(talk).say(NEAREST[language])

    reply = talk.say(said, language=language)

    assert (reply.topic, reply.country) == ("hubs.nearest", "HT")
    assert "Ouanaminthe" in text(reply)
