"""Topics are ranked by what a message asks, without the courtesy around it.

A second question in the same message is found where it is clear by itself.
"""

from __future__ import annotations

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.components.topic import TopicClassifier
from tests.nlu.components.conftest import (
    EXAMPLES,
    data,
    example,
    never,
    processed,
    trained,
    understood,
)

MORE = [
    ("mi marido me pega mucho", "protection.violence", "es"),
    ("mi esposo me golpea", "protection.violence", "es"),
    ("con quien estoy hablando aqui", "meta.bot", "es"),
    ("usted es una maquina o que", "meta.bot", "es"),
]
PASSPORT, COST = "documents.passport", "h2.cost"
VIOLENCE = "protection.violence"


@pytest.fixture
def classifier(storage: LocalModelStorage) -> TopicClassifier:
    """It has learnt three topics."""
    return trained(TopicClassifier, storage)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("mwen bezwen paspo a", "documents.passport"),
        ("cuanto cuestan las visas", "h2.cost"),
        ("where are the centres", "hubs.nearest"),
    ],
)
def test_a_message_gets_the_topic_it_is_alike(
    classifier: TopicClassifier, text: str, topic: str
) -> None:
    assert processed(classifier, text).get("intent")["name"] == topic


def test_the_intent_is_the_first_of_the_ranking(classifier: TopicClassifier) -> None:
    message = processed(classifier, "cuanto cuesta la visa")

    assert message.get("intent") == message.get("intent_ranking")[0]


def test_the_ranking_holds_every_topic(classifier: TopicClassifier) -> None:
    ranking = processed(classifier, "visa").get("intent_ranking")

    names = sorted(ranked["name"] for ranked in ranking)
    assert names == ["documents.passport", "h2.cost", "hubs.nearest"]


def test_or_as_many_as_the_pipeline_says(storage: LocalModelStorage) -> None:
    short = trained(TopicClassifier, storage, ranking_length=2)

    assert len(processed(short, "visa").get("intent_ranking")) == 2


def test_intent_and_ranking_are_part_of_what_is_understood(classifier: TopicClassifier) -> None:
    output = processed(classifier, "visa").as_dict(only_output_properties=True)

    assert {"intent", "intent_ranking"} <= set(output)


@pytest.mark.parametrize(
    "polite",
    [
        "hola, cuanto cuesta la visa",
        "buenos días cuanto cuesta la visa gracias",
        "bonjou, cuanto cuesta la visa",
        "Hello! cuanto cuesta la visa. thank you",
        "bonjour merci cuanto cuesta la visa merci",
    ],
)
def test_courtesy_around_a_question_is_set_aside(classifier: TopicClassifier, polite: str) -> None:
    plain = processed(classifier, "cuanto cuesta la visa").get("intent_ranking")

    assert processed(classifier, polite).get("intent_ranking") == plain


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("Hola", "hola"),
        ("gracias hola", "gracias hola"),
        ("hola, ¿la visa?", "la visa"),
        ("la visa hola la visa", "la visa hola la visa"),
    ],
)
def test_a_message_that_is_only_courtesy_is_kept(
    classifier: TopicClassifier, text: str, prepared: str
) -> None:
    assert classifier.prepared(text) == prepared


def test_what_is_learnt_is_the_topic_and_not_the_language() -> None:
    assert TopicClassifier.label(example("visa", "h2.cost", "fr")) == "h2.cost"


def test_a_message_without_a_topic_teaches_none() -> None:
    assert TopicClassifier.label(example("visa")) == ""


@pytest.fixture
def asked_twice(storage: LocalModelStorage) -> TopicClassifier:
    """It has learnt five topics, and calls a small lead clear: it has seen little."""
    return trained(TopicClassifier, storage, data([*EXAMPLES, *MORE]), clear=0.2)


def second(message: Message) -> list[str]:
    """The topic of the second question, if there is one."""
    return [x["value"] for x in message.get("entities") or [] if x["entity"] == "second"]


@pytest.mark.parametrize(
    "text",
    [
        "como saco el pasaporte? cuanto cuesta la visa?",
        "como saco el pasaporte y tambien cuanto cuesta la visa",
        "Como saco el pasaporte.\nCuanto cuesta la visa",
        "como saco el pasaporte epi tou konbyen viza a koute",
    ],
)
def test_of_two_questions_the_first_is_settled_and_the_second_kept(
    asked_twice: TopicClassifier, text: str
) -> None:
    message = understood(asked_twice, text)

    assert (message.get("intent"), second(message)) == (
        {"name": PASSPORT, "confidence": 1.0},
        [COST],
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("como saco el pasaporte y la visa", id="one question"),
        pytest.param("como saco el pasaporte? necesito un pasaporte!", id="the same again"),
        pytest.param("como saco el pasaporte? con quien estoy hablando aqui?", id="to the bot"),
        pytest.param("como saco el pasaporte? xyz qwrt zzzz", id="one that is not clear"),
        pytest.param("como saco el pasaporte. gracias", id="thanks"),
        pytest.param(
            "necesito un pasaporte. donde queda el centro. cuanto cuesta la visa. salgo el lunes",
            id="a story",
        ),
    ],
)
def test_other_messages_have_no_second_question(asked_twice: TopicClassifier, text: str) -> None:
    assert second(understood(asked_twice, text)) == []


def test_of_two_questions_the_urgent_one_is_the_first(asked_twice: TopicClassifier) -> None:
    message = understood(asked_twice, "cuanto cuesta la visa? mi marido me pega mucho")

    assert (message.get("intent")["name"], second(message)) == (VIOLENCE, [COST])


def test_how_clear_a_second_question_must_be_is_a_setting(storage: LocalModelStorage) -> None:
    strict = trained(TopicClassifier, storage, clear=1.0)

    assert second(understood(strict, "como saco el pasaporte? cuanto cuesta la visa?")) == []


def test_a_second_question_must_be_likely_for_the_whole_message(
    storage: LocalModelStorage,
) -> None:
    narrow = trained(TopicClassifier, storage, clear=0.2, ranking_length=1)

    assert second(understood(narrow, "como saco el pasaporte? cuanto cuesta la visa?")) == []


def test_entities_of_others_are_kept(asked_twice: TopicClassifier) -> None:
    known = {"entity": "country", "value": "SV"}
    message = understood(
        asked_twice, "como saco el pasaporte? cuanto cuesta la visa?", entities=[known]
    )

    assert [x["entity"] for x in message.get("entities")] == ["country", "second"]


def test_what_a_clear_message_means_is_not_asked_for(classifier: TopicClassifier) -> None:
    message = processed(classifier, "necesito un pasaporte", meaning=never)

    assert message.get("intent")["name"] == PASSPORT


def test_what_another_means_settles_it(storage: LocalModelStorage) -> None:
    few = {"sure": 1.1, "weight": 0.5, "seen_in": 1}  # the network dares little from so few
    classifier = trained(TopicClassifier, storage, **few)

    assert understood(classifier, "quel est le prix").get("intent")["name"] == COST
