"""Words that decide become entities and settle the intent; commands of ours are left alone."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import Knowledge
from bot.words import Lexicon
from nlu.components.words import WordFinder
from tests.nlu.components.conftest import processed

GUESSED = {"name": "h2.what", "confidence": 0.6}
RANKING = [GUESSED, {"name": "fraud.scam", "confidence": 0.3}]
SETTLED = 1.0
ERASE = "BORRAR"


@pytest.fixture(scope="module")
def finder(content: Knowledge) -> WordFinder:
    """It has the words of the real content."""
    return WordFinder(Lexicon.of(content))


def marked(finder: WordFinder, text: str) -> Message:
    """A message on H-2 visas, as the classifier guesses, after its words were looked at."""
    return processed(finder, text, intent=dict(GUESSED), intent_ranking=[dict(x) for x in RANKING])


def entities(message: Message) -> list[tuple[str, Any]]:
    """What was found."""
    return [(found["entity"], found["value"]) for found in message.get("entities")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("una casa en Honduras", [("country", "HN")]),
        ("una visa en Honduras", [("country", "HN"), ("document", "visa")]),
        ("sou pwogram TPS la", [("programme", "tps")]),
        ("de Guatemala a Ayiti", [("country", "GT"), ("country", "HT")]),
        ("cuánto cuesta", [("aspect", "cost")]),
        ("no entiendo", [("simpler", True)]),
        ("the other one", [("other", True)]),
        ("they kidnapped us", [("danger", "protection.emergency")]),
        ("kreyol", [("named_language", "ht")]),
        ("3", [("number", 3)]),
        ("0", [("number", 0)]),
        ("Legal ways", [("payload", "group:pathways")]),
        ("something else altogether", []),
    ],
)
def test_words_of_the_content_are_entities(
    finder: WordFinder, text: str, expected: list[tuple[str, Any]]
) -> None:
    assert entities(marked(finder, text)) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        pytest.param("3", "choice", id="a number"),
        pytest.param("0", "choice", id="nought"),
        pytest.param("la 2", "choice", id="a number with a word"),
        pytest.param("Legal ways", "choice", id="a label"),
        pytest.param("BORRAR", "meta.delete_data", id="a command"),
        pytest.param("efase", "meta.delete_data", id="a command in Creole"),
        pytest.param("plus", "meta.more", id="a command in French"),
        pytest.param("no entiendo", "meta.more", id="not understood"),
        pytest.param("m pa konprann", "meta.more", id="not understood in Creole"),
        pytest.param("la otra", "choice", id="the other one"),
        pytest.param("the other one", "choice", id="the other one in English"),
        pytest.param("kreyol", "meta.language", id="a language"),
        pytest.param("y en Honduras?", "followup", id="a country"),
        pytest.param("how much?", "followup", id="a part"),
        pytest.param("konbyen an Ayiti", "followup", id="a part and a country"),
        pytest.param("mi marido me pega", "protection.violence", id="danger"),
        pytest.param("hola, mi marido me pega en Honduras", "protection.violence", id="in words"),
    ],
)
def test_a_message_that_is_nothing_else_is_settled(
    finder: WordFinder, text: str, intent: str
) -> None:
    message = marked(finder, text)

    assert message.get("intent") == {"name": intent, "confidence": SETTLED}


STORY = (
    "mi prima vive en un albergue, mi marido me pega decía ella siempre a todos, y ahora quiere "
    "saber que necesita para la visa"
)


@pytest.mark.parametrize(
    ("guessed", "intent"),
    [("h2.what", "h2.what"), ("protection.shelter", "protection.violence")],
)
def test_in_a_long_message_words_of_danger_settle_only_what_is_about_protection(
    finder: WordFinder, guessed: str, intent: str
) -> None:
    likely = {"name": guessed, "confidence": 0.6}
    message = processed(finder, STORY, intent=likely, intent_ranking=[likely])

    assert message.get("intent")["name"] == intent
    assert ("danger", "protection.violence") in entities(message)


@pytest.mark.parametrize(
    "text",
    ["una visa en Honduras", "cuánto cuesta la visa", "3 hijos con visa", "menu de la visa",
     "yes", "no", "la visa en kreyol", "x"],
)  # fmt: skip
def test_any_other_message_is_left_to_the_classifier(finder: WordFinder, text: str) -> None:
    message = marked(finder, text)

    assert (message.get("intent"), message.get("intent_ranking")) == (GUESSED, RANKING)


def test_what_is_settled_is_the_first_of_the_ranking(finder: WordFinder) -> None:
    ranking = marked(finder, ERASE).get("intent_ranking")

    assert [ranked["name"] for ranked in ranking] == ["meta.delete_data", "h2.what", "fraud.scam"]


def test_what_is_settled_is_not_ambiguous(finder: WordFinder) -> None:
    ranking = marked(finder, ERASE).get("intent_ranking")

    assert [ranked["confidence"] < 0.01 for ranked in ranking] == [False, True, True]


def test_what_is_settled_is_in_the_ranking_once(finder: WordFinder) -> None:
    guessed = {"name": "meta.delete_data", "confidence": 0.4}
    message = processed(finder, ERASE, intent=guessed, intent_ranking=[guessed])

    assert message.get("intent_ranking") == [{"name": "meta.delete_data", "confidence": SETTLED}]


def test_a_message_that_nobody_ranked_can_be_settled(finder: WordFinder) -> None:
    assert processed(finder, ERASE).get("intent")["name"] == "meta.delete_data"


@pytest.mark.parametrize(
    "text", ['/choice{"payload": "h2.what"}', "/meta.menu", "/ menu", "/mi marido me pega"]
)
def test_what_begins_with_a_slash_is_left_alone(finder: WordFinder, text: str) -> None:
    command = {"intent": {"name": "choice", "confidence": 1.0}, "entities": ["of Rasa"]}
    before = Message(data={"text": text, **command}).as_dict()

    assert processed(finder, text, **command).as_dict() == before


def test_entities_of_others_are_kept(finder: WordFinder) -> None:
    known = {"entity": "country", "value": "SV"}
    message = processed(finder, "Honduras", entities=[known])

    assert entities(message) == [("country", "SV"), ("country", "HN")]


def test_all_that_is_found_is_part_of_what_is_understood(finder: WordFinder) -> None:
    output = marked(finder, ERASE).as_dict(only_output_properties=True)

    assert {"intent", "intent_ranking", "entities"} <= set(output)


@pytest.mark.parametrize(
    "text", ["0 me quiero morir", "menu me quiero morir", "cuanto cuesta, me quiero morir"]
)
def test_danger_goes_before_everything(finder: WordFinder, text: str) -> None:
    assert marked(finder, text).get("intent")["name"] == "protection.emergency"


@pytest.mark.parametrize("text", ["", " ", "???", "\u200b"])
def test_a_message_without_words_has_no_entities(finder: WordFinder, text: str) -> None:
    assert entities(marked(finder, text)) == []
