"""`python -m benchmarks.desk_drill`: operators answer people while everything is killed.

People ask for a person by SMS and WhatsApp; scripted operators race for them on the desk, write,
and give them back, with the requests that a browser would send. Edge, worker and sender are
killed again and again, and the provider fails a share of calls. Then every person must have got
each reply of an operator once and in order, and nobody may have had two operators.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from benchmarks.drill_operator import Operator
from bot import inbox as inbox_rows
from bot import outbox as outbox_rows
from bot import settings, training
from bot.staff import accounts
from bot.store import Store
from bot.tables import audit, conversations, handovers, inbox, outbox
from tests.conftest import SECRET, make_settings
from tests.running import Processes, free_port
from tests.standins import twilio
from tests.standins.server import Faults, serving

OURS = "+15005550006"
ASKS = ("quiero hablar con una persona", "mwen vle pale ak yon moun", "i want to talk to a person")
PASSWORD = "four calm words here"
SAYS = {"sender": "sender INFO erased", "worker": "messages are answered"}  # once they work
PATIENCE = 600.0  # seconds for all of it


@dataclass
class Plan:
    """How many people and operators, how much fails, and how often what is killed (seconds)."""

    people: int = 200
    operators: int = 5
    replies: int = 3
    fail: float = 0.1
    kill_edge: float = 30.0
    kill_sender: float = 15.0
    kill_worker: float = 60.0
    seed: int = 5


@dataclass
class Drill:
    """The program, its stand-in, the operators, and what was counted."""

    plan: Plan
    folder: Path
    model: Path
    counted: Counter[str] = field(default_factory=Counter)
    written: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    over: threading.Event = field(default_factory=threading.Event)

    def start(self, stack: ExitStack) -> None:
        """Starts everything."""
        chance = random.Random(self.plan.seed)
        self.twilio = twilio.Twilio(Faults(self.plan.fail, 0.03, chance=chance), receipts=True)
        port = free_port()
        self.public = f"http://127.0.0.1:{port}"
        environment = {
            "ALO_PORT": str(port),
            "ALO_PUBLIC_URL": self.public,
            "ALO_SECOND_FACTOR": "optional",
            "ALO_LEASE_SECONDS": "5",
            "ALO_WORKER": "drill",
            "TWILIO_ACCOUNT_SID": twilio.ACCOUNT,
            "TWILIO_AUTH_TOKEN": twilio.TOKEN,
            "TWILIO_WHATSAPP_FROM": OURS,
            "TWILIO_SMS_FROM": OURS,
            "TWILIO_API_URL": stack.enter_context(serving(self.twilio.app())),
            **{name: "1000" for name in settings.RATES},
        }
        self.store = Store(make_settings(self.folder, **environment))
        self.store.upgrade()
        self.users = [
            accounts.add(self.store, f"operator.{number}", PASSWORD, "operator")
            for number in range(self.plan.operators)
        ]
        self.processes = Processes(self.folder, self.model, **environment)
        self.processes.port, self.processes.address = port, self.public
        stack.callback(self.processes.end)
        for name in ("edge", "sender", "worker"):
            self.processes.start(name)
        self.processes.wait_for_edge()

    def run(self) -> float:
        """The whole of it; returns the seconds."""
        began = time.monotonic()
        everybody = [threading.Thread(target=self.people), *map(self._operator, self.users)]
        killers = [
            threading.Thread(target=self.kill, args=(name, getattr(self.plan, f"kill_{name}")))
            for name in ("edge", "sender", "worker")
        ]
        for thread in (*everybody, *killers):
            thread.start()
        while not self._finished() and time.monotonic() < began + PATIENCE:
            time.sleep(0.5)
        self.over.set()
        for thread in (*everybody, *killers):
            thread.join()
        return time.monotonic() - began

    def _operator(self, user: accounts.User) -> threading.Thread:
        return threading.Thread(target=Operator(self, user).work)

    def people(self) -> None:
        """Everybody asks for a person; Twilio repeats each request until it is acknowledged."""
        with httpx.Client(trust_env=False, timeout=30) as client:
            for number in range(self.plan.people):
                channel = ("sms", "whatsapp")[number % 2]
                address = f"{'whatsapp:' if number % 2 else ''}+50937{number:06d}"
                text = ASKS[number % len(ASKS)]
                self.say(client, channel, address, 10_000 + number, text)
                time.sleep(0.05)

    def say(
        self, client: httpx.Client, channel: str, address: str, number: int, text: str
    ) -> None:
        """One message of a person."""
        url = f"{self.public}/hooks/{channel}"
        body = twilio.message(number, address, Body=text)
        while not self.over.is_set():
            try:
                if client.post(url, data=body, headers=twilio.signed(url, body)).is_success:
                    return
            except httpx.TransportError:
                self.counted["webhooks repeated"] += 1
            time.sleep(0.2)

    def kill(self, name: str, every: float) -> None:
        """Kills a process again and again, and starts it anew, as `alo run` does.

        Only what works is killed: else, on a busy machine, nothing would ever come to it.
        """
        chance = random.Random(f"{name} {self.plan.seed}")
        while every and not self.over.wait(chance.uniform(0.5, 1.5) * every):
            if not self._works(name):
                continue
            self.processes.kill(name)
            inbox_rows.release_worker(self.store, "drill")
            outbox_rows.release_sender(self.store, "drill")
            self.processes.start(name)
            self.counted[f"{name} killed"] += 1

    def _works(self, name: str) -> bool:
        if name == "edge":
            try:
                return httpx.get(f"{self.public}/readyz", trust_env=False, timeout=5).is_success
            except httpx.TransportError:
                return False
        started = self.processes.log.read_text().count(SAYS[name])
        return started > self.counted[f"{name} killed"]

    def _finished(self) -> bool:
        """Everybody had an operator, and nothing waits any more."""
        count = sa.func.count()
        ended = sa.select(count).select_from(handovers).where(handovers.c.state == "ended")
        waiting = [
            sa.select(count).select_from(box).where(box.c.state == "waiting")
            for box in (inbox, outbox)
        ]
        with self.store.read() as connection:
            left = sum(connection.execute(query).scalar_one() for query in waiting)
            done = connection.execute(ended).scalar_one()
        return bool(done >= self.plan.people and not left)

    def result(self, seconds: float) -> dict[str, Any]:
        """What is to be shown."""
        faults: Counter[str] = Counter()
        for case, address in self._addresses().items():
            wanted = self.written[case]
            got = [x["body"] for x in self.twilio.messages if x["to"] == address]
            got = [text for text in got if text.startswith("Reply ")]
            faults[_fault(wanted, got)] += 1
        return {
            "people": self.plan.people,
            "operators": self.plan.operators,
            "replies of operators": sum(map(len, self.written.values())),
            "people with each reply once and in order": faults.pop("right", 0),
            "people with something else": dict(faults) or 0,
            "taken by two operators": self._taken_twice(),
            "claims lost to another operator": self.counted["claims lost"],
            **{f"{x} killed": self.counted[f"{x} killed"] for x in ("edge", "worker", "sender")},
            "requests of operators repeated": self.counted["requests repeated"],
            "webhooks repeated": self.counted["webhooks repeated"],
            "faults of the provider": sum(self.twilio.faults.happened.values()),
            "seconds": round(seconds),
        }

    def _addresses(self) -> dict[int, str]:
        query = sa.select(handovers.c.id, conversations.c.address).join(
            conversations, conversations.c.id == handovers.c.conversation
        )
        with self.store.read() as connection:
            rows = connection.execute(query).all()
        return {row.id: self.store.keys.unseal(bytes(row.address)) for row in rows}

    def _taken_twice(self) -> int:
        """Conversations that more than one operator has claimed; the log says who did."""
        query = sa.select(audit.c.subject, audit.c.user).where(audit.c.action == "claimed")
        claimed: dict[str, set[str]] = defaultdict(set)
        with self.store.read() as connection:
            for subject, user in connection.execute(query):
                claimed[subject].add(user)
        return sum(len(users) > 1 for users in claimed.values())


def _fault(wanted: list[str], got: list[str]) -> str:
    """What is wrong with what a person got."""
    if wanted == got:
        return "right"
    if Counter(got) - Counter(wanted):
        return "doubled"
    return "lost" if Counter(wanted) - Counter(got) else "not in order"


def drill(plan: Plan, model: Path, folder: Path) -> dict[str, Any]:
    """Runs a plan and returns what came of it."""
    with ExitStack() as stack:
        made = Drill(plan, folder, model)
        made.start(stack)
        return made.result(made.run())


def main() -> None:
    """Runs the drill and prints it as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, kind in Plan.__annotations__.items():
        number = int if kind == "int" else float
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=number, default=getattr(Plan, name)
        )
    plan = Plan(**vars(parser.parse_args()))
    model = training.train(settings.load({"ALO_SECRET_KEY": SECRET}))
    with tempfile.TemporaryDirectory() as folder:
        found = drill(plan, model, Path(folder))
    print("\n".join(["| what | result |", "| --- | ---: |"]))
    print("\n".join(f"| {what} | {result} |" for what, result in found.items()))


if __name__ == "__main__":
    main()
