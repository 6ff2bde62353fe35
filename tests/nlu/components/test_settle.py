"""A settled intent is certain, the first of the ranking, and never ambiguous."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from nlu.components._settle import settle

RANKING = [
    {"name": "h2.what", "confidence": 0.6},
    {"name": "fraud.scam", "confidence": 0.3},
    {"name": "h2.cost", "confidence": 0.1},
]


def settled(intent: str, ranking: list[dict[str, Any]] | None = None) -> Message:
    """A message on H-2 visas, settled."""
    ranked = RANKING if ranking is None else ranking
    message = Message(data={"text": "visa", "intent_ranking": [dict(x) for x in ranked]})
    settle(message, intent)
    return message


def names(message: Message) -> list[str]:
    """The intents of its ranking, in order."""
    return [ranked["name"] for ranked in message.get("intent_ranking")]


@pytest.mark.parametrize("intent", ["fraud.scam", "meta.menu"])
def test_the_intent_is_certain(intent: str) -> None:
    assert settled(intent).get("intent") == {"name": intent, "confidence": 1.0}


@pytest.mark.parametrize("intent", ["fraud.scam", "meta.menu"])
def test_the_intent_is_the_first_of_the_ranking(intent: str) -> None:
    message = settled(intent)

    assert message.get("intent_ranking")[0] == message.get("intent")


@pytest.mark.parametrize(
    ("intent", "order"),
    [
        ("fraud.scam", ["fraud.scam", "h2.what", "h2.cost"]),
        ("meta.menu", ["meta.menu", "h2.what", "fraud.scam", "h2.cost"]),
    ],
)
def test_the_others_keep_their_order(intent: str, order: list[str]) -> None:
    assert names(settled(intent)) == order


def test_no_other_comes_near_it() -> None:
    others = settled("meta.menu").get("intent_ranking")[1:]

    assert [other["confidence"] < 0.01 for other in others] == [True] * 3


def test_a_message_that_nobody_ranked_can_be_settled() -> None:
    assert names(settled("meta.menu", [])) == ["meta.menu"]


def test_settled_twice_the_last_counts() -> None:
    message = settled("fraud.scam")
    settle(message, "h2.cost")

    assert (message.get("intent")["name"], names(message)[0]) == ("h2.cost", "h2.cost")


def test_it_is_part_of_what_is_understood() -> None:
    output = settled("meta.menu").as_dict(only_output_properties=True)

    assert {"intent", "intent_ranking"} <= set(output)
