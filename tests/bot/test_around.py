"""What is said around an answer: the greeting of the campaign that brought the person."""

from __future__ import annotations

from typing import Any

import pytest

from bot import around, inbox
from bot.campaigns import entry
from bot.campaigns.entry import Entry
from bot.engine import Heard
from bot.inbox import Job
from bot.model import Reply
from bot.store import Store
from tests import samples

RADIO = Entry("radio1", "Radio spot", "ht", "Mèsi dèske w koute Radio Okap!")
QUIET = Entry("poster", "Poster", "fr")


class Engine:
    """Answers with the topic it was given, and remembers what it heard."""

    def __init__(self, topic: str = "documents.passport") -> None:
        self.topic = topic
        self.heard = Heard()

    async def respond(self, _: str, heard: Heard, __: Any) -> tuple[Reply, dict[str, Any]]:
        """The answer."""
        self.heard = heard
        return samples.reply("the answer", topic=self.topic, language="ht"), {}


def came(store: Store, **more: Any) -> Job:
    """A message that came with a code."""
    for campaign in (RADIO, QUIET):
        entry.add(store, campaign)
    inbox.receive(store, samples.incoming("m1", **more))
    job = inbox.claim(store, 60, "worker")
    assert job is not None
    return job


async def told(store: Store, job: Job, engine: Engine) -> list[str]:
    """The paragraphs of the reply."""
    reply, _ = await around.answer(store, engine, job, 0.0)  # type: ignore[arg-type]
    return [part.full for part in reply.paragraphs]


@pytest.mark.parametrize(
    ("code", "topic", "said"),
    [
        ("radio1", "documents.passport", [RADIO.greeting, "the answer"]),
        ("radio1", "protection.violence", ["the answer", RADIO.greeting]),
        ("poster", "documents.passport", ["the answer"]),
        ("gone", "documents.passport", ["the answer"]),
        ("", "documents.passport", ["the answer"]),
    ],
)
async def test_a_campaign_greets_in_its_own_words(
    store: Store, code: str, topic: str, said: list[str]
) -> None:
    assert await told(store, came(store, code=code), Engine(topic)) == said


@pytest.mark.parametrize(
    ("text", "code", "language"),
    [
        ("", "radio1", "ht"),
        ("", "poster", "fr"),
        ("i need a passport", "radio1", ""),
        ("", "", ""),
    ],
)
async def test_a_code_alone_is_answered_in_the_language_of_the_campaign(
    store: Store, text: str, code: str, language: str
) -> None:
    engine = Engine()
    await told(store, came(store, text=text, code=code, choice="meta.menu"), engine)

    assert engine.heard.language == language


async def test_the_second_message_is_not_greeted(store: Store) -> None:
    inbox.finish(store, came(store, code="radio1"), samples.reply(), None)
    inbox.receive(store, samples.incoming("m2"))
    job = inbox.claim(store, 60, "worker")
    assert job is not None

    assert await told(store, job, Engine()) == ["the answer"]
