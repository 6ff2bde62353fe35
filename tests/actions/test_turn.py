"""What an action knows of the conversation, and how every reply is said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions._turn import LONGEST, Turn, answer, say
from bot import answers
from bot.answers import Question
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph, Reply
from tests.actions.conftest import Done, tracker
from tests.talks import LANGUAGES

CHOICES = (Choice("One", "documents.passport"), Choice("Two", "h2.what"))
WITH_CHOICES = Reply(paragraphs=(Paragraph("long", "short"),), choices=CHOICES)
WITHOUT = Reply(paragraphs=(Paragraph("long", "short"),))


def turn(text: str = "", intent: str = "documents.passport", **more: Any) -> Turn:
    """A turn; in English, unless something else is said about the language."""
    if not {"lang", "heard", "language"} & set(more):
        more["lang"] = "en"
    return Turn.of(tracker(text, intent, **more))


def said(at: Turn, reply: Reply, **slots: Any) -> Done:
    """What comes of saying a reply."""
    dispatcher = CollectingDispatcher()
    events = say(dispatcher, at, reply, **slots)
    uttered = dispatcher.messages[0]
    remembered = {event["name"]: event["value"] for event in events}
    return Done(Reply.from_json(uttered["reply"]), remembered, uttered)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param({"heard": ("fr", 1.0), "lang": "ht", "language": "es"}, "ht", id="demanded"),
        pytest.param({"heard": ("fr", 1.0), "language": "es"}, "fr", id="its own where sure"),
        pytest.param({"heard": ("fr", 0.5), "language": "es"}, "es", id="else the one before"),
        pytest.param({"heard": ("fr", 0.1), "region": "HT"}, "ht", id="else the number's"),
        pytest.param({}, "es", id="nothing is known"),
    ],
)
def test_the_language_of_a_turn(at: dict[str, Any], expected: str) -> None:
    assert Turn.of(tracker("three whole words", **at)).language == expected


def test_one_word_changes_the_language_only_when_it_is_very_sure() -> None:
    assert Turn.of(tracker("visa", heard=("fr", 0.8), language="ht")).language == "ht"


@pytest.mark.parametrize("number", ["1", "1 2", "500", "+1"])
def test_a_number_has_no_language(number: str) -> None:
    assert Turn.of(tracker(number, heard=("fr", 1.0), language="es")).language == "es"


def test_a_button_does_not_change_the_language() -> None:
    pressed = tracker('/choice{"payload": "h2.what"}', heard=("en", 1.0), language="ht")

    assert Turn.of(pressed).language == "ht"


@pytest.mark.parametrize(
    ("named", "before", "expected"),
    [("HT", "GT", "HT"), ("", "GT", "GT"), ("HT", None, "HT"), ("", None, "")],
)
def test_the_country_named_now_goes_before_the_one_named_earlier(
    named: str, before: str | None, expected: str
) -> None:
    entities = {"country": named} if named else {}

    assert turn(entities=entities, country=before).country == expected


def test_the_country_of_the_number_is_not_one_that_was_named() -> None:
    assert turn(region="HT").country == ""


def test_of_two_countries_in_a_message_the_first_counts() -> None:
    assert turn(entities=[("country", "GT"), ("country", "HN")]).country == "GT"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param(["GT", "HN"], ("GT", "HN"), id="in their order"),
        pytest.param(["US", "HN"], ("HN", "US"), id="where one goes behind where one is from"),
        pytest.param(["HN", "US", "HN"], ("HN", "US"), id="each once"),
        pytest.param([], (), id="none"),
    ],
)
def test_all_countries_that_are_named_are_kept(
    named: list[str], expected: tuple[str, ...]
) -> None:
    assert turn(entities=[("country", code) for code in named]).countries == expected


@pytest.mark.parametrize(("point", "expected"), [((19.5, -71.7), (19.5, -71.7)), (None, None)])
def test_a_turn_knows_where_the_person_is_if_they_sent_it(
    point: tuple[float, float] | None, expected: tuple[float, float] | None
) -> None:
    assert turn(point=point).point == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("mi pasaporte", "mi pasaporte"), ("/hubs.nearest", ""), ('/choice{"payload": "x"}', "")],
)
def test_a_command_is_not_the_words_of_the_person(text: str, expected: str) -> None:
    assert turn(text).text == expected


@pytest.mark.parametrize(("confidence", "settled"), [(1.0, True), (0.9999, False), (0.0, False)])
def test_only_what_is_certain_is_settled(confidence: float, settled: bool) -> None:
    assert turn(confidence=confidence).settled is settled


def test_the_ranking_holds_topics_only_the_likeliest_first() -> None:
    ranked = {"nlu_fallback": 0.5, "h2.what": 0.3, "choice": 0.2, "fraud.scam": 0.1}

    assert list(turn(ranking=ranked).ranking.items()) == [("h2.what", 0.3), ("fraud.scam", 0.1)]


def test_a_message_with_nothing_but_an_intent_is_a_turn() -> None:
    bare = Tracker("a test", {}, {"intent": {"name": "h2.what"}}, [], False, None, {}, None)
    at = Turn.of(bare)

    assert (at.intent, at.text, at.entities, at.region) == ("h2.what", "", {}, "")


@pytest.mark.parametrize(
    ("language", "region", "expected"),
    [
        ("en", "GT", ["country:GT", "country:HT", "country:HN"]),
        ("en", "", ["country:HT", "country:GT", "country:HN"]),
        ("en", "MX", ["country:HT", "country:GT", "country:HN"]),
        ("es", "", ["country:GT", "country:HN", "country:HT"]),
        ("es", "HT", ["country:HT", "country:GT", "country:HN"]),
    ],
)
def test_of_countries_that_of_the_number_comes_first_then_those_of_the_language(
    language: str, region: str, expected: list[str]
) -> None:
    choices = turn(lang=language, region=region).country_choices(["HT", "GT", "HN"])

    assert [choice.payload for choice in choices] == expected


def test_of_many_countries_nine_and_nought_keep_their_meaning(content: Knowledge) -> None:
    codes = list(content.countries)

    shown = turn(region=codes[-1]).country_choices(codes)

    assert (len(shown), shown[0].payload) == (LONGEST, f"country:{codes[-1]}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_are_in_the_language_of_the_turn(content: Knowledge, language: str) -> None:
    at = turn(lang=language)
    choices = (*at.topic_choices(["h2.what", "group:h2"]), *at.country_choices(["HT"]))

    labels = [content.label(language, "h2.what"), content.label(language, "h2")]
    assert [x.label for x in choices] == [*labels, content.country_name(language, "HT")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_reply_begins_with_who_we_are(content: Knowledge, language: str) -> None:
    reply = said(turn(lang=language, greeted=None), WITHOUT).reply
    intro = content.phrase(language, "intro")

    assert reply.paragraphs == (Paragraph(intro.full, intro.short), *WITHOUT.paragraphs)


def test_who_we_are_is_also_said_in_the_language_of_the_number(content: Knowledge) -> None:
    reply = said(turn(lang="es", region="HT", greeted=None), WITHOUT).reply

    spanish, creole = content.phrase("es", "intro"), content.phrase("ht", "intro")
    both = Paragraph(f"{spanish.full}\n\n{creole.full}", spanish.short)
    assert reply.paragraphs[0] == both


def test_a_later_reply_does_not_say_who_we_are() -> None:
    assert said(turn(greeted=True), WITHOUT).reply.paragraphs == WITHOUT.paragraphs


def test_in_danger_who_we_are_comes_last(content: Knowledge) -> None:
    at = turn(entities={"danger": "protection.violence"}, greeted=None)
    shown = [part.full for part in said(at, WITHOUT).reply.paragraphs]

    assert shown == ["long", content.phrase("en", "intro").full]


def test_the_choices_and_the_language_are_remembered() -> None:
    assert said(turn(lang="fr"), WITH_CHOICES).remembered == {
        "language": "fr",
        "greeted": True,
        "misses": 0,
        "choices": ["documents.passport", "h2.what"],
        "asked": None,
    }


def test_what_the_action_says_is_remembered_on_top() -> None:
    remembered = said(turn(), WITH_CHOICES, asked="h2.what", misses=2).remembered

    assert (remembered["asked"], remembered["misses"]) == ("h2.what", 2)


def test_a_reply_without_choices_forgets_those_before() -> None:
    remembered = said(turn(choices=["h2.what"], asked="h2.what"), WITHOUT).remembered

    assert (remembered["choices"], remembered["asked"]) == ([], None)


@pytest.mark.parametrize("intent", ["meta.thanks", "meta.goodbye", "meta.language"])
def test_politeness_leaves_open_what_was_asked(intent: str) -> None:
    remembered = said(turn(intent=intent), WITHOUT).remembered

    assert {"choices", "asked"} & set(remembered) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_come_with_the_words_that_ask_for_a_number(
    content: Knowledge, language: str
) -> None:
    reply = said(turn(lang=language), WITH_CHOICES).reply

    assert reply.choose == content.phrase(language, "choose").full


def test_a_reply_without_choices_asks_for_no_number() -> None:
    assert said(turn(), WITHOUT).reply.choose == ""


def test_in_a_shell_of_rasa_the_choices_are_buttons() -> None:
    buttons = said(turn(), WITH_CHOICES).uttered["buttons"]

    pressed = [json.loads(button["payload"].removeprefix("/choice")) for button in buttons]
    assert pressed == [{"payload": "documents.passport"}, {"payload": "h2.what"}]


def test_in_a_shell_of_rasa_the_text_is_the_long_form() -> None:
    two = Reply(paragraphs=(Paragraph("one", "1"), Paragraph("two", "2")))

    assert said(turn(), two).uttered["text"] == "one\n\ntwo"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_that_of_the_content(content: Knowledge, language: str) -> None:
    reply = answer(turn(lang=language, confidence=0.7), "documents.passport", "HT")

    topic = "documents.passport"
    assert reply == Reply(
        paragraphs=(answers.paragraph(content, Question(topic, language, "HT")),),
        choices=answers.next_choices(content, topic, language),
        prompt=content.phrase(language, "also").full,
        optional=True,
        topic=topic,
        confidence=0.7,
        country="HT",
        sources=answers.sources(content, topic, "HT"),
    )


def test_an_answer_for_all_countries_is_for_that_of_the_person() -> None:
    assert answer(turn(), "h2.what", "GT").country == "GT"


def test_an_answer_looks_for_hubs_where_the_person_is(content: Knowledge) -> None:
    at_ouanaminthe = (19.5493, -71.7247)
    reply = answer(turn(point=at_ouanaminthe), "hubs.nearest", "HT")

    question = Question("hubs.nearest", "en", "HT", point=at_ouanaminthe)
    assert reply.paragraphs == (answers.paragraph(content, question),)


@pytest.mark.parametrize(("own", "expected"), [("", "GT"), ("HT", "HT")])
def test_a_reply_is_for_its_own_country_or_for_that_of_the_turn(own: str, expected: str) -> None:
    reply = Reply(paragraphs=(Paragraph("long"),), country=own)

    assert said(turn(country="GT"), reply).reply.country == expected


@pytest.mark.parametrize("topic", ["documents.passport", "documents.invented"])
def test_where_there_is_no_answer_there_is_none(topic: str) -> None:
    assert answer(turn(), topic, "CU") is None
