"""Topics are ranked by what a message asks, without the courtesy around it."""

from __future__ import annotations

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage

from nlu.components.topic import TopicClassifier
from tests.nlu.components.conftest import example, processed, trained


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
