"""Who is in danger is told from what is said; what may be either teaches neither."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.danger import NO, YES, DangerFinder
from nlu.components.encoder import Vectors
from tests.nlu.components.conftest import (
    example,
    loaded,
    meaning,
    never,
    processed,
    trained,
    understood,
)

LIKELY = {"least": 0.0}  # whatever is said
NEVER = {"least": 1.1}
IN_DANGER = [
    ("el no me deja salir y tiene mis papeles", "protection.trafficking"),
    ("mi marido me pega todas las noches", "protection.violence"),
    ("unos hombres nos siguen y tienen armas", "protection.emergency"),
    ("yon neg femen m nan yon chanm", "protection.trafficking"),
    ("y ap chache m pou yo touye m", "protection.emergency"),
    ("they lock us in the house at night", "protection.trafficking"),
    ("he hits me and the children", "protection.violence"),
]
ORDINARY = [
    "donde saco el pasaporte",
    "cuanto cuesta la visa",
    "a que hora abren el centro",
    "ki kote biwo a ye",
    "konbyen paspo a koute",
    "how long does the visa take",
    "where is the office",
]
UNLIKE_BOTH = [("me robaron la cartera en el bus", "protection.missing")]
RANKED = [("h2.what", 0.5), ("protection.violence", 0.3), ("protection.child", 0.1)]


def learnt() -> TrainingData:
    """Messages of people in danger and ordinary ones, as the importer gives them."""
    endangered = [_said(text, topic, True) for text, topic in IN_DANGER]
    ordinary = [_said(text, "", False) for text in ORDINARY]
    return TrainingData([*endangered, *ordinary])


def _said(text: str, topic: str, danger: bool | None) -> Message:
    message = example(text, topic)
    if danger is not None:
        message.set("danger", danger)
    return message


def finder(storage: LocalModelStorage, **config: Any) -> DangerFinder:
    """It has learnt these messages."""
    return trained(DangerFinder, storage, learnt(), **config)


def ranking(*pairs: tuple[str, float]) -> dict[str, Any]:
    """Topics as the classifier ranks them."""
    ranked = [{"name": name, "confidence": chance} for name, chance in pairs]
    return {"intent": ranked[0], "intent_ranking": ranked}


def dangers(message: Message) -> list[str]:
    """The topics that help, where danger was found."""
    return [x["value"] for x in message.get("entities") or [] if x["entity"] == "danger"]


def chances(component: DangerFinder, text: str) -> dict[str, float]:
    """How likely danger is, and none."""
    return dict(component.ranked(Message(data={"text": text})))


@pytest.mark.parametrize(
    ("topic", "danger", "label"),
    [
        ("h2.cost", None, NO),
        ("meta.greet", None, NO),
        ("", False, NO),
        ("protection.emergency", None, YES),
        ("protection.violence", True, YES),
        ("protection.violence", None, ""),
        ("protection.smuggling", None, ""),
    ],
)
def test_what_a_message_teaches(topic: str, danger: bool | None, label: str) -> None:
    assert DangerFinder.label(_said("a text", topic, danger)) == label


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mi esposo me pega y no me deja salir", True),
        ("mesye yo femen nou nan kay la", True),
        ("they have weapons and follow us", True),
        ("donde queda el centro y a que hora abren", False),
        ("konbyen viza a koute", False),
        ("how much is the passport", False),
    ],
)
def test_danger_is_told_from_what_is_ordinary(
    storage: LocalModelStorage, text: str, found: bool
) -> None:
    assert bool(dangers(understood(finder(storage, least=0.5), text))) == found


def test_what_may_be_either_teaches_neither(storage: LocalModelStorage) -> None:
    more = TrainingData([*learnt().training_examples, *(_said(*x, None) for x in UNLIKE_BOTH)])
    plain = chances(finder(storage), "me robaron")

    assert chances(trained(DangerFinder, storage, more), "me robaron") == plain


def test_messages_without_a_topic_teach_as_well(storage: LocalModelStorage) -> None:
    texts = {x.get("text") for x in finder(storage).examples(learnt())}

    assert texts == {*ORDINARY, *(text for text, _ in IN_DANGER)}


def test_what_rasa_mixes_among_them_does_not(storage: LocalModelStorage) -> None:
    mixed = TrainingData([Message(data={"action_name": "action_answer"}), example("visa")])

    assert len(finder(storage).examples(mixed)) == 1


def test_loaded_it_finds_as_it_did_when_trained(storage: LocalModelStorage) -> None:
    fresh = chances(finder(storage), "me pega")

    assert chances(loaded(DangerFinder, storage), "me pega") == pytest.approx(fresh, abs=1e-5)


def test_below_the_least_chance_nothing_is_marked(storage: LocalModelStorage) -> None:
    message = understood(finder(storage, **NEVER), IN_DANGER[0][0], **ranking(*RANKED))

    assert (dangers(message), message.get("intent")["name"]) == ([], "h2.what")


def test_the_least_chance_is_enough(storage: LocalModelStorage) -> None:
    chance = chances(finder(storage), "me siguen")[YES]
    found = [
        dangers(processed(loaded(DangerFinder, storage, least=least), "me siguen"))
        for least in (chance - 1e-4, chance + 1e-4)
    ]

    assert [bool(x) for x in found] == [True, False]


def test_danger_names_the_likeliest_topic_that_helps(storage: LocalModelStorage) -> None:
    message = understood(finder(storage, **LIKELY), "me pega", **ranking(*RANKED))

    assert dangers(message) == ["protection.violence"]


@pytest.mark.parametrize("ranked", [ranking(("h2.what", 0.9), ("h2.cost", 0.1)), {}])
def test_where_none_is_likely_it_is_an_emergency(
    storage: LocalModelStorage, ranked: dict[str, Any]
) -> None:
    message = understood(finder(storage, **LIKELY), "me pega", **ranked)

    assert dangers(message) == ["protection.emergency"]


def test_danger_that_is_only_likely_leaves_what_was_asked(storage: LocalModelStorage) -> None:
    message = understood(finder(storage, **LIKELY), "me pega", **ranking(*RANKED))

    assert message.get("intent") == {"name": "h2.what", "confidence": 0.5}


def test_letters_and_words_alone_never_find_danger(storage: LocalModelStorage) -> None:
    asked: list[str] = []

    def asking() -> Vectors:
        asked.append("meaning")
        return meaning(IN_DANGER[0][0])

    component = finder(storage, sure=0.0)
    processed(component, IN_DANGER[0][0], meaning=asking)
    processed(component, ORDINARY[0], meaning=never)

    assert asked == ["meaning"]


def test_entities_of_others_are_kept(storage: LocalModelStorage) -> None:
    second = {"entity": "second", "value": "h2.cost"}
    message = understood(finder(storage, **LIKELY), "me pega", entities=[second])

    assert [x["entity"] for x in message.get("entities")] == ["second", "danger"]


def test_danger_is_part_of_what_is_understood(storage: LocalModelStorage) -> None:
    message = understood(finder(storage, **LIKELY), "me pega")

    assert "entities" in message.as_dict(only_output_properties=True)
