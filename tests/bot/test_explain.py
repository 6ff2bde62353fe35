"""An explanation shows what an editor needs: candidates, what was found, and why."""

from __future__ import annotations

from typing import Any

import pytest

from bot import explain
from bot.explain import Explanation
from bot.knowledge import Knowledge
from bot.model import Reply

RANKING = [
    {"name": "documents.passport", "confidence": 0.5},
    {"name": "documents.consular", "confidence": 0.25},
]


def explained(content: Knowledge, text: str = "hola, mi pasaporte", **parsed: Any) -> Explanation:
    """The explanation of a message that was understood in this way."""
    understood = {
        "language": {"name": "es", "confidence": 0.9},
        "intent": {"name": "documents.passport"},
        "intent_ranking": RANKING,
        "entities": [],
        **parsed,
    }
    return explain.explain(content, text, understood, Reply(topic="documents.passport"))


def test_it_shows_what_is_asked_without_courtesy(content: Knowledge) -> None:
    assert explained(content).asked == "mi pasaporte"


@pytest.mark.parametrize(
    ("parsed", "why"),
    [
        pytest.param({}, "the first is 2.0 times likelier than the second", id="answered"),
        pytest.param({"intent": {"name": "nlu_fallback"}}, "2.0 times", id="in doubt"),
        pytest.param({"intent": {"name": "nlu_fallback"}}, "too little", id="what to change"),
        pytest.param({"intent_ranking": RANKING[:1]}, "stands alone", id="one candidate"),
        pytest.param(
            {"entities": [{"entity": "danger", "value": "protection.violence"}]},
            "numbers come first",
            id="in danger",
        ),
        pytest.param(
            {"intent_ranking": [{"name": "meta.menu", "confidence": 1.0}]},
            "certain",
            id="a command",
        ),
    ],
)
def test_it_says_why(content: Knowledge, parsed: dict[str, Any], why: str) -> None:
    assert why in explained(content, **parsed).why


def test_everything_is_on_a_line(content: Knowledge) -> None:
    entities = [{"entity": "country", "value": "HN"}]

    lines = explain.as_text(explained(content, entities=entities)).splitlines()

    assert lines == [
        "language   es (0.90)",
        "asked      mi pasaporte",
        "candidates",
        "  0.50  documents.passport",
        "  0.25  documents.consular",
        "found",
        "  country: HN",
        "outcome    answered: documents.passport",
        "why        the first is 2.0 times likelier than the second",
    ]
