"""Every message gets a language, learnt from the messages of the folders."""

from __future__ import annotations

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.components.language import LanguageIdentifier
from tests.nlu.components.conftest import example, processed, trained


@pytest.fixture
def identifier(storage: LocalModelStorage) -> LanguageIdentifier:
    """It has learnt three languages."""
    return trained(LanguageIdentifier, storage)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mwen bezwen paspo a", "ht"),
        ("donde saco el pasaporte", "es"),
        ("where do i get the passport", "en"),
    ],
)
def test_a_message_gets_the_language_it_is_alike(
    identifier: LanguageIdentifier, text: str, language: str
) -> None:
    assert processed(identifier, text).get("language")["name"] == language


def test_it_gets_the_chance_of_that_language(identifier: LanguageIdentifier) -> None:
    said = "mwen bezwen paspo a"
    best = identifier.ranked(Message(data={"text": said}))[0]

    assert processed(identifier, said).get("language") == {"name": "ht", "confidence": best[1]}


def test_the_language_is_part_of_what_is_understood(identifier: LanguageIdentifier) -> None:
    assert "language" in processed(identifier, "hola").as_dict(only_output_properties=True)


@pytest.mark.parametrize("text", ["", "護照", "123"])
def test_even_a_message_in_none_gets_one(identifier: LanguageIdentifier, text: str) -> None:
    assert processed(identifier, text).get("language")["name"] in {"en", "es", "ht"}


def test_each_of_many_messages_gets_its_own(identifier: LanguageIdentifier) -> None:
    texts = ["mwen bezwen paspo a", "donde saco el pasaporte"]

    done = identifier.process([Message(data={"text": text}) for text in texts])

    assert [message.get("language")["name"] for message in done] == ["ht", "es"]


def test_what_is_learnt_is_the_language_and_not_the_topic() -> None:
    assert LanguageIdentifier.label(example("visa", "h2.cost", "fr")) == "fr"
