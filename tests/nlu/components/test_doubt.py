"""What is not clear is not guessed; how clear it must be depends on the language."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import Knowledge
from bot.settings import ROOT
from nlu.components.doubt import Doubt
from tests.nlu.components.conftest import RESOURCE, RUN, processed

LEADS = {"es": 2.0, "ht": 5.0, "others": 3.0}
DOUBTED = {"name": "nlu_fallback", "confidence": 1.0}


@pytest.fixture
def doubt() -> Doubt:
    """It has leads for two languages, and a smaller one for what is never offered."""
    config = {"leads": LEADS, "polite": 1.2, "never_offered": ["meta.thanks"]}
    return Doubt.create(config, None, RESOURCE, RUN)


def ranked(*confidences: float) -> dict[str, Any]:
    """Topics with these confidences, as the classifier sets them."""
    ranking = [{"name": f"h2.{place}", "confidence": x} for place, x in enumerate(confidences)]
    return {"intent": ranking[0], "intent_ranking": ranking}


def asked(doubt: Doubt, language: str, *confidences: float) -> Message:
    """A message in a language, after it was looked at."""
    heard = {"name": language, "confidence": 0.9}
    return processed(doubt, "visa", language=heard, **ranked(*confidences))


@pytest.mark.parametrize(
    ("language", "first", "second", "clear"),
    [
        ("es", 0.65, 0.30, True),
        ("es", 0.55, 0.30, False),
        ("ht", 0.75, 0.14, True),
        ("ht", 0.75, 0.16, False),
        ("de", 0.70, 0.22, True),
        ("de", 0.70, 0.24, False),
    ],
)
def test_each_language_has_its_lead(
    doubt: Doubt, language: str, first: float, second: float, clear: bool
) -> None:
    intent = asked(doubt, language, first, second).get("intent")

    assert (intent == {"name": "h2.0", "confidence": first}) == clear


def test_a_topic_that_is_just_likely_enough_is_clear(doubt: Doubt) -> None:
    assert asked(doubt, "es", 0.5, 0.25).get("intent")["name"] == "h2.0"


def test_it_counts_how_many_times_likelier_it_is_and_not_the_distance(doubt: Doubt) -> None:
    both_likely = asked(doubt, "es", 0.55, 0.40)
    both_unlikely = asked(doubt, "es", 0.12, 0.05)

    names = [message.get("intent")["name"] for message in (both_likely, both_unlikely)]
    assert names == ["nlu_fallback", "h2.0"]


def test_what_is_doubted_is_called_not_understood(doubt: Doubt) -> None:
    assert asked(doubt, "es", 0.4, 0.3).get("intent") == DOUBTED


def test_the_ranking_stays(doubt: Doubt) -> None:
    message = asked(doubt, "es", 0.4, 0.3, 0.2)

    assert message.get("intent_ranking") == ranked(0.4, 0.3, 0.2)["intent_ranking"]


def test_a_single_topic_is_ahead_of_nothing(doubt: Doubt) -> None:
    assert asked(doubt, "es", 0.1).get("intent")["name"] == "h2.0"


def test_a_message_without_a_language_has_the_lead_of_others(doubt: Doubt) -> None:
    names = [
        processed(doubt, "visa", **ranked(first, 0.2)).get("intent")["name"]
        for first in (0.65, 0.55)
    ]

    assert names == ["h2.0", "nlu_fallback"]


def test_a_message_that_nobody_ranked_is_left_alone(doubt: Doubt) -> None:
    intent = {"name": "choice", "confidence": 1.0}

    assert processed(doubt, "3", intent=intent).get("intent") == intent


def test_each_of_many_messages_is_looked_at(doubt: Doubt) -> None:
    given = [Message(data={"text": "visa", **ranked(first, 0.2)}) for first in (0.3, 0.8, 0.3)]

    done = [message.get("intent")["name"] for message in doubt.process(given)]
    assert done == ["nlu_fallback", "h2.0", "nlu_fallback"]


def test_the_doubt_is_part_of_what_is_understood(doubt: Doubt) -> None:
    output = asked(doubt, "es", 0.4, 0.3).as_dict(only_output_properties=True)

    assert output["intent"] == DOUBTED


def test_every_whole_language_has_a_lead_in_the_pipeline(content: Knowledge) -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text())["pipeline"]
    leads = next(part["leads"] for part in pipeline if part["name"].endswith(".Doubt"))
    whole = [code for code, x in content.languages.items() if not x.settings.partial]

    assert [code for code in (*whole, "others") if code not in leads] == []


@pytest.mark.parametrize(
    ("first", "lead", "clear"),
    [
        ("meta.thanks", 0.10, True),
        ("meta.thanks", 0.05, False),
        ("h2.what", 0.10, False),
    ],
)
def test_what_is_never_offered_needs_a_smaller_lead(
    doubt: Doubt, first: str, lead: float, clear: bool
) -> None:
    ranking = [{"name": first, "confidence": 0.4}, {"name": "h2.cost", "confidence": 0.4 - lead}]
    message = processed(doubt, "visa", intent=ranking[0], intent_ranking=ranking)

    assert (message.get("intent") != DOUBTED) == clear
