"""Killed at any moment, the program answers each message once and in order, and tells nobody."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.masks import mask
from bot.store import Store
from bot.tables import conversations, inbox, outbox, usage
from tests import samples
from tests.programs import Machine, until

pytestmark = pytest.mark.model

PHONES = [f"{letter}zq7f3c9d1e5b8a42" for letter in "abcdef"]
NAMES = ["Zulmarina", "Petyonvilo", "Quexaltoc", "Wilbeforz", "Ysmelinda", "Okonjwabi"]
EACH = 5
KILLS = range(2, 22, 4)  # the worker dies when so many messages are answered


def texts(name: str, number: int) -> list[str]:
    """What a person of that name writes, as people write: with names, numbers, and mistakes."""
    paper = f"ZQX{number}7719{number}"
    return [
        f"hola soy {name} y perdi mi pasaporte numero {paper} en la frontera",
        f"mwen rele {name}, mwen bezwen yon kat, telefòn mwen se 3700-55{number}9",
        f"/restart {name}",
        f'{{"{name}": "{paper}"}} ' + "bonjou " * 400,
        f"my husband beats me, my name is {name}, I live at {number}19 Kalbastri street",
    ]


MESSAGES = [
    {"phone": phone, "id": f"message-{phone[0]}-{turn}", "region": "HT", "text": text}
    for turn in range(EACH)
    for phone, name in zip(PHONES, NAMES, strict=True)
    for text in [texts(name, PHONES.index(phone))[turn]]
]
PERSONAL = [*PHONES, *NAMES, "ZQX", "7719", "3700-55", "Kalbastri", "frontera", "bezwen yon kat"]


@pytest.fixture(scope="module")
def machine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine that has answered all messages, though every process of it was killed."""
    made = Machine(tmp_path_factory.mktemp("crash"), model)
    try:
        _deliver(made)
        _kill_the_worker(made)
        _deliver_again(made)
        yield made
    finally:
        made.end()


def _deliver(machine: Machine) -> None:
    """All messages come in; the edge is killed in between, and the rest is running."""
    for name in ("edge", "sender", "worker"):
        machine.start(name)
    for number, message in enumerate(MESSAGES):
        if number in (10, 20):
            machine.restart("edge")
        machine.site.post(message)


def _kill_the_worker(machine: Machine) -> None:
    """The worker is killed while it works, and with it the sender."""
    for done in KILLS:
        until(lambda done=done: machine.done() >= done, f"{done} messages were answered")
        until(lambda: _in_work(machine.store) or machine.done() == len(MESSAGES), "work began")
        time.sleep(random.uniform(0, 0.02))
        machine.restart("worker")
        machine.restart("sender")


def _in_work(store: Store) -> list[str]:
    return samples.column(store, conversations.c.id, conversations.c.lease_owner.is_not(None))


def _deliver_again(machine: Machine) -> None:
    """When all is answered every message comes once more, as from a provider that was not sure."""
    until(lambda: machine.sent() == len(MESSAGES), "every message was answered", 300)
    for message in MESSAGES:
        machine.site.post(message)
    until(lambda: not _waiting(machine.store), "the repeated messages were seen through")


def _waiting(store: Store) -> list[int]:
    return samples.column(store, inbox.c.id, inbox.c.state == "waiting")


def answered(store: Store) -> dict[str, list[str]]:
    """The texts that the replies of each phone answer, in the order of the replies."""
    query = (
        sa.select(inbox.c.conversation, inbox.c.body)
        .join(outbox, outbox.c.inbox_id == inbox.c.id)
        .order_by(outbox.c.id)
    )
    phones = {store.keys.pseudonym("web", phone): phone for phone in PHONES}
    found: dict[str, list[str]] = defaultdict(list)
    with store.read() as connection:
        for conversation, body in connection.execute(query):
            found[phones[conversation]].append(store.keys.unseal(body)["text"])
    return found


def test_each_message_is_answered_once_and_in_order(machine: Machine) -> None:
    written = {
        phone: texts(name, n) for n, (phone, name) in enumerate(zip(PHONES, NAMES, strict=True))
    }
    kept = {phone: [mask(text[:2001])[0] for text in said] for phone, said in written.items()}

    assert answered(machine.store) == kept


def test_every_reply_is_sent(machine: Machine) -> None:
    assert samples.column(machine.store, outbox.c.state) == ["sent"] * len(MESSAGES)


def test_each_message_is_counted_once(machine: Machine) -> None:
    assert sum(samples.column(machine.store, usage.c.count, usage.c.measure == "message")) == len(
        MESSAGES
    )


@pytest.mark.parametrize("phone", PHONES)
def test_each_phone_shows_one_reply_to_each_of_its_messages(machine: Machine, phone: str) -> None:
    numbers = [reply["id"] for reply in machine.site.replies(phone)]

    assert (len(numbers), numbers) == (EACH, sorted(set(numbers)))


def test_a_message_was_interrupted_and_tried_again(machine: Machine) -> None:
    """Otherwise the kills above would show nothing."""
    assert max(samples.column(machine.store, inbox.c.tries)) > 1


def test_the_log_of_all_that_holds_nothing_of_a_person(machine: Machine) -> None:
    said = machine.log.read_text("utf-8")

    assert [personal for personal in PERSONAL if personal in said] == []


@pytest.mark.parametrize("words", ["worker INFO ready: messages are answered", "sender INFO"])
def test_the_log_of_all_that_says_what_happened(machine: Machine, words: str) -> None:
    assert words in machine.log.read_text("utf-8")
