"""Did it help? Asked rarely and where it costs nothing; a reply counts once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.counts import feedback
from bot.counts.feedback import EVERY, NO, YES
from bot.inbox import Job
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph, Reply
from tests.talks import payloads

NOW = 1_000_000.0
ANSWER = Reply(
    paragraphs=(Paragraph("a long answer", "a short one"),),
    choices=(Choice("Costs", "h2.cost"),),
    prompt="You can also ask:",
    optional=True,
    topic="h2.what",
    language="ht",
)


def job(channel: str = "whatsapp", text: str = "kesyon", **known: Any) -> Job:
    """A message; `known` is what was remembered beside the slots."""
    dialogue = {"feedback": known, "language": "ht"} if known else None
    return Job(1, "token", "a person", channel, "HT", 1, text, "", None, dialogue)


def carried(
    content: Knowledge, job: Job, reply: Reply = ANSWER, **slots: Any
) -> tuple[Reply, Any]:
    """The reply and what is remembered."""
    return feedback.carried(content, job, reply, slots, NOW)


def test_the_second_answer_asks_whether_it_helped(content: Knowledge) -> None:
    reply, remembered = carried(content, job(answers=1))

    assert (payloads(reply), remembered["choices"]) == ([YES, NO], [YES, NO])
    assert remembered["feedback"] == {"answers": 2, "at": NOW, "topic": "h2.what"}


def test_the_first_answer_asks_nothing(content: Knowledge) -> None:
    reply, remembered = carried(content, job())

    assert (reply, remembered) == (ANSWER, {"feedback": {"answers": 1}})


@pytest.mark.parametrize(
    ("ago", "channel", "asks"),
    [
        (EVERY - 1, "whatsapp", False),
        (EVERY, "whatsapp", True),
        (EVERY, "sms", False),
        (7 * 24 * 3600.0, "sms", True),
    ],
)
def test_it_asks_only_once_in_a_while(
    content: Knowledge, ago: float, channel: str, asks: bool
) -> None:
    reply, _ = carried(content, job(channel, answers=5, at=NOW - ago))

    assert (payloads(reply) == [YES, NO]) is asks


@pytest.mark.parametrize(
    "changed",
    [
        {"topic": "meta.thanks"},
        {"topic": "protection.violence"},
        {"outcome": "clarified"},
        {"effect": "erase"},
        {"optional": False},
        {"choices": (Choice("Yon moun", "meta.human"),)},
    ],
)
def test_it_asks_after_nothing_but_an_answer(content: Knowledge, changed: Any) -> None:
    reply = replace(ANSWER, **changed)

    assert carried(content, job(answers=5), reply)[0] == reply


def test_in_sms_it_costs_no_other_segment(content: Knowledge) -> None:
    """An answer that fills its segments brings no question, and a number means what it meant."""
    full = replace(ANSWER, paragraphs=(Paragraph("x" * 300, "x" * 300),))
    reply, remembered = carried(content, job("sms", answers=5), full, choices=["h2.cost"])

    assert (reply, remembered["choices"]) == (full, ["h2.cost"])


def test_in_sms_the_choices_are_plain_words(content: Knowledge) -> None:
    reply, _ = carried(content, job("sms", answers=5))

    assert [choice.label for choice in reply.choices] == ["Wi", "Non"]


@pytest.mark.parametrize(
    ("text", "choice"),
    [("wi", YES), ("Sí", YES), ("no", NO), ("👍🏽", YES), ("👎", NO), ("paspo", "")],
)
def test_a_plain_yes_or_no_is_a_reply_to_it(content: Knowledge, text: str, choice: str) -> None:
    asked = replace(job(text=text), dialogue={"choices": [YES, NO]})

    assert feedback.understood(content, asked).choice == choice


def test_a_yes_to_something_else_is_none(content: Knowledge) -> None:
    asked = replace(job(text="wi"), dialogue={"choices": ["h2.cost"]})

    assert feedback.understood(content, asked).choice == ""


def test_a_vote_closes_the_question(content: Knowledge) -> None:
    vote = replace(ANSWER, topic="meta.feedback_good", effect="helpful")
    reply, remembered = carried(content, job(answers=2, topic="h2.what"), vote)

    assert (reply.effect, remembered["feedback"]) == ("helpful", {"answers": 2})


def test_a_second_tap_is_no_vote(content: Knowledge) -> None:
    vote = replace(ANSWER, topic="meta.feedback_good", effect="helpful")

    assert carried(content, job(answers=2), vote)[0].effect == ""
