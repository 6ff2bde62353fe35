"""A person is asked whether it helped, and says so; the real worker and model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import inbox, outbox, worker
from bot.model import Reply
from bot.settings import Settings
from bot.store import Store
from bot.tables import kept_questions, unanswered, usage
from tests import samples
from tests.conftest import make_settings
from tests.talks import payloads

pytestmark = pytest.mark.model
QUESTIONS = ("como saco el pasaporte en honduras", "que es la visa h2")


class Phone:
    """A conversation through inbox, worker and outbox."""

    def __init__(self, folder: Path, engine: Any, channel: str) -> None:
        self.config: Settings = make_settings(folder)
        self.store = Store(self.config)
        self.store.upgrade()
        self.engine, self.channel, self.sent = engine, channel, 0

    async def say(self, said: str = "", choice: str = "") -> Reply:
        """The reply to a message or a tap."""
        self.sent += 1
        message = {"channel": self.channel, "text": said, "choice": choice, "region": "HN"}
        inbox.receive(self.store, samples.incoming(f"m{self.sent}", **message))
        job = inbox.claim(self.store, 60, "worker-1")
        await worker.answer(self.config, self.store, self.engine, job)
        parcel = outbox.claim(self.store)
        outbox.sent(self.store, parcel)
        return parcel.reply

    def votes(self) -> list[tuple[str, str, int]]:
        """What was counted: yes or no, the topic, how often."""
        query = sa.select(usage.c.value, usage.c.topic, usage.c.count)
        with self.store.read() as connection:
            rows = connection.execute(query.where(usage.c.measure == "helped"))
            return [tuple(row) for row in rows]


@pytest.fixture(params=["telegram", "sms"])
async def phone(request: pytest.FixtureRequest, tmp_path: Path, engine: Any) -> Phone:
    """A person who has been greeted."""
    made = Phone(tmp_path, engine, request.param)
    await made.say("hola")
    return made


async def asked(phone: Phone) -> Reply:
    """The reply to the second question; it asks whether it helped."""
    replies = [await phone.say(said) for said in QUESTIONS]
    if payloads(replies[-1]) != ["helped:yes", "helped:no"]:  # in SMS where it costs a segment
        replies.append(await phone.say("que es un hub de informacion"))
    assert payloads(replies[-1]) == ["helped:yes", "helped:no"]
    return replies[-1]


@pytest.mark.parametrize(
    ("reply", "value"), [("1", "yes"), ("sí", "yes"), ("2", "no"), ("no", "no")]
)
async def test_a_vote_is_counted_for_the_answer(phone: Phone, reply: str, value: str) -> None:
    question = await asked(phone)
    then = await phone.say(reply)

    assert phone.votes() == [(value, question.topic, 1)]
    assert (value == "no") == ("meta.human" in payloads(then))


async def test_a_question_instead_of_a_vote_is_answered(phone: Phone) -> None:
    await asked(phone)
    reply = await phone.say("cuanto cuesta el pasaporte en honduras")

    assert (reply.topic, phone.votes()) == ("documents.passport", [])


async def test_a_second_tap_is_not_counted(phone: Phone) -> None:
    await asked(phone)
    await phone.say(choice="helped:yes")
    await phone.say(choice="helped:no")

    assert [value for value, _, _ in phone.votes()] == ["yes"]


async def test_what_is_not_understood_twice_may_be_kept(phone: Phone) -> None:
    for said in ("zxqv wlkj bono", "zxqv wlkj bono solidario"):
        reply = await phone.say(said)
    asks = "keep:yes" in payloads(reply)
    await phone.say(choice="keep:yes")

    assert asks is (phone.channel == "telegram")  # in SMS each letter costs
    assert len(samples.column(phone.store, kept_questions.c.id)) == asks
    assert "word" in samples.column(phone.store, unanswered.c.kind)
