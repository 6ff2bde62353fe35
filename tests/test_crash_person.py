"""A person takes over, answers and hands back while edge, worker and sender are killed at random.

Each word reaches the person once and in order. The engine is a stand-in: what it understands is
nothing to these tests, and no model is needed.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import knowledge
from bot.desk import handover
from bot.desk.handover import Case
from bot.settings import ROOT
from bot.tables import conversations
from bot.tables import inbox as inbox_table
from tests import desks, samples
from tests.desks import ANNA
from tests.programs import Machine, until

PHONES = [f"{letter}zq7f3c9d1e5b8a42" for letter in "abcdef"]
KILLED = ("edge", "worker", "sender")
ANSWER = "Good morning, I am Anna. The office opens on Monday."


class Standin(Machine):
    """The machine, with a worker that needs no model."""

    def start(self, name: str) -> None:
        """Starts `edge`, `sender`, or the worker with the engine of the tests."""
        if name != "worker":
            super().start(name)
            return
        env = {**self._env, "ALO_WORKER": "the worker of a test"}
        command = [sys.executable, "-m", "tests.standins.worker", "no model"]
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=log
            )


def say(machine: Machine, text: str) -> None:
    """Everybody writes the same, while one process after the other dies."""
    dice = random.Random(text)
    for phone in PHONES:
        message = {
            "phone": phone,
            "id": f"{text.replace(' ', '-')}-{phone}",
            "region": "HT",
            "text": text,
        }
        machine.site.post(message)
        time.sleep(dice.uniform(0, 0.05))  # the kills come at another moment each time
        machine.restart(dice.choice(KILLED))
    until(lambda: not waiting(machine), f"everything was answered after: {text}", 300)


def waiting(machine: Machine) -> list[int]:
    return samples.column(machine.store, inbox_table.c.id, inbox_table.c.state == "waiting")


def work(machine: Machine, do: Callable[[Case], object]) -> None:
    """The operator does something in each conversation, while the sender dies."""
    with machine.store.read() as connection:
        cases = handover.queue(connection)
    assert len(cases) == len(PHONES)
    for case in cases:
        do(case)
        machine.restart("sender")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine on which six people were with an operator, though everything was killed."""
    made = Standin(tmp_path_factory.mktemp("crash"), Path("no model"))
    desks.staff(made.store)
    try:
        for name in KILLED:
            made.start(name)
        say(made, "person")
        say(made, "are you there")
        work(made, lambda case: handover.claim(made.store, case.id, ANNA))
        work(made, lambda case: handover.answer(made.store, case.id, ANNA, ANSWER))
        say(made, "thank you")
        work(made, lambda case: handover.hand_back(made.store, case.id, ANNA))
        say(made, "hello again")
        until(lambda: made.sent() == len(PHONES) * 5, "every reply was sent", 300)
        yield made
    finally:
        made.end()


@pytest.mark.parametrize("phone", PHONES)
def test_each_word_comes_once_and_in_order(machine: Machine, phone: str) -> None:
    content = knowledge.load(ROOT / "knowledge")
    replies = machine.site.replies(phone)
    shown = [reply["views"]["whatsapp"]["messages"][0]["text"] for reply in replies]

    assert shown[1:] == [
        content.phrase("en", "person_here").full,
        ANSWER,
        content.phrase("en", "person_gone").full,
        "hello again",
    ]


def test_nobody_has_a_conversation_any_more(machine: Machine) -> None:
    leases = samples.column(machine.store, conversations.c.lease_owner)
    with machine.store.read() as connection:
        assert (handover.queue(connection), leases) == ([], [None] * len(PHONES))


def test_some_message_was_interrupted_and_tried_again(machine: Machine) -> None:
    """Otherwise the kills above would show nothing."""
    assert max(samples.column(machine.store, inbox_table.c.tries)) > 1
