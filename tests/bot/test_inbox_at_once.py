"""Workers that take messages at the same time never get into each other's way."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from bot import inbox
from bot.inbox import Job
from bot.model import Reply
from bot.store import Store
from bot.tables import inbox as inbox_table
from bot.tables import outbox as outbox_table
from tests import samples

WORKERS, CONVERSATIONS, MESSAGES = 2, 10, 200


@dataclass
class Ledger:
    """What the workers did, and whether two ever had the same conversation."""

    answered: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    doubled: list[str] = field(default_factory=list)
    _busy: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, job: Job) -> None:
        """A worker has the conversation."""
        with self._lock:
            if job.conversation in self._busy:
                self.doubled.append(job.conversation)
            self._busy.add(job.conversation)
            self.answered[job.conversation].append(job.text)

    def end(self, job: Job) -> None:
        """The worker is about to give it back."""
        with self._lock:
            self._busy.discard(job.conversation)


def work(store: Store, ledger: Ledger) -> None:
    """Answers until nothing waits."""
    while samples.column(store, inbox_table.c.id, inbox_table.c.state == "waiting"):
        job = inbox.claim(store, 60, f"worker-{threading.get_ident()}")
        if job:
            ledger.begin(job)
            time.sleep(0.001)  # so that the other one meets a conversation in work
            ledger.end(job)
            inbox.finish(store, job, samples.reply(job.text), None)


@pytest.fixture
def ledger(store: Store) -> Ledger:
    """What two workers did with all the messages."""
    for number in range(MESSAGES):
        address = f"+509370000{number % CONVERSATIONS}"
        inbox.receive(store, samples.incoming(f"m{number:03}", address))
    seen = Ledger()
    with ThreadPoolExecutor(WORKERS) as pool:
        for ended in [pool.submit(work, store, seen) for _ in range(WORKERS)]:
            ended.result()
    return seen


def expected(store: Store) -> dict[str, list[str]]:
    """The texts of each conversation as they came in."""
    came: dict[str, list[str]] = defaultdict(list)
    pseudonym = store.keys.pseudonym
    for number in range(MESSAGES):
        conversation = pseudonym("web", f"+509370000{number % CONVERSATIONS}")
        came[conversation].append(f"text of m{number:03}")
    return came


def replies(store: Store) -> dict[str, list[str]]:
    """The texts of the replies of each conversation as they will be sent."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = zip(
        samples.column(store, outbox_table.c.conversation),
        samples.column(store, outbox_table.c.body),
        strict=True,
    )
    for conversation, body in rows:
        reply = Reply.from_json(store.keys.unseal(body))
        found[conversation].append(reply.paragraphs[0].full)
    return found


def test_two_workers_never_have_the_same_conversation(ledger: Ledger) -> None:
    assert ledger.doubled == []


def test_two_workers_take_each_message_once_and_in_order(store: Store, ledger: Ledger) -> None:
    assert ledger.answered == expected(store)


def test_two_workers_leave_one_reply_to_each_message(store: Store, ledger: Ledger) -> None:
    assert replies(store) == expected(store)
