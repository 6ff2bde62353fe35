"""`python -m benchmarks.channels_drill`: conversations on all channels while everything fails.

Stand-ins take the place of Twilio and Telegram and fail a share of calls; webhooks are repeated;
worker and sender are killed. Then every person must have got each reply once, and in order.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import sqlalchemy as sa

from bot import inbox as inbox_rows
from bot import outbox as outbox_rows
from bot import registry, settings, training
from bot.model import Choice, Paragraph, Reply
from bot.store import Store
from bot.tables import calls, conversations, inbox, outbox
from tests.conftest import SECRET, make_settings
from tests.running import Processes, free_port
from tests.standins import telegram, twilio
from tests.standins.server import Faults, serving

TEXTS = ("kijan pou m fe paspo mwen", "cuanto cuesta la visa h2", "where is the nearest hub",
         "mesi anpil", "comment avoir un acte de naissance")  # fmt: skip
CHOICES = tuple(Choice(f"Chwa {number}", f"h2.choice_{number}") for number in range(1, 6))
CHANNELS = ("whatsapp", "sms", "telegram")
FIRST_NUMBER = 10**9  # of a message that has none yet
AT_ONCE = 40  # requests of providers in the air


@dataclass
class Plan:
    """What is done to the program.

    Where `canned` is 1, replies are canned and no model is needed: then only edge, outbox, sender
    and channels are tried.
    """

    people: int
    turns: int = 2
    fail: float = 0.2
    repeat: float = 0.1
    rate: float = 30.0
    kill_sender: float = 6.0
    kill_worker: float = 40.0
    canned: int = 0
    seed: int = 5


@dataclass
class Drill:
    """The program, its stand-ins, and what was measured."""

    plan: Plan
    folder: Path
    model: Path
    delays: list[float] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        share, chance = self.plan.fail, random.Random(self.plan.seed)
        self.twilio = twilio.Twilio(Faults(share, 0.05, chance=chance), receipts=True)
        self.telegram = telegram.Telegram(
            Faults(share, 0.05, chance=random.Random(chance.random()))
        )
        self.chance = random.Random(self.plan.seed)

    def start(self, stack: ExitStack) -> None:
        """Starts everything."""
        port = free_port()
        public = f"http://127.0.0.1:{port}"
        environment = {
            "ALO_PUBLIC_URL": public,
            "ALO_PORT": str(port),
            "TWILIO_ACCOUNT_SID": twilio.ACCOUNT,
            "TWILIO_AUTH_TOKEN": twilio.TOKEN,
            "TWILIO_WHATSAPP_FROM": "+15005550006",
            "TWILIO_SMS_FROM": "+15005550006",
            "TWILIO_API_URL": stack.enter_context(serving(self.twilio.app())),
            "TELEGRAM_BOT_TOKEN": telegram.TOKEN,
            "TELEGRAM_SECRET_TOKEN": telegram.SECRET,
            "TELEGRAM_API_URL": stack.enter_context(serving(self.telegram.app())),
            **{name: "1000" for name in settings.RATES},
            "ALO_WORKER": "drill",
        }
        self.config = make_settings(self.folder, **environment)
        self.store = Store(self.config)
        self.store.upgrade()
        self.processes = Processes(self.folder, self.model, **environment)
        self.processes.port, self.processes.address = port, public
        stack.callback(self.processes.end)
        for name in ("edge", "sender", *([] if self.plan.canned else ["worker"])):
            self.processes.start(name)
        self.processes.wait_for_edge()
        if not self.plan.canned:
            self.processes.wait_for_worker()
        self.public = public

    def requests(self) -> list[tuple[str, str, Any]]:
        """Channel, address and body of every webhook: people take turns, some come twice."""
        made: list[tuple[str, str, Any]] = []
        number = 1000
        for turn in range(self.plan.turns):
            for person in range(self.plan.people):
                for channel in CHANNELS:
                    number += 1
                    text = TEXTS[(person + turn) % len(TEXTS)]
                    made.append((channel, *_request(channel, number, person, text)))
        for request in self.chance.sample(made, int(len(made) * self.plan.repeat)):
            made.insert(self.chance.randrange(made.index(request), len(made) + 1), request)
        return made

    async def deliver(self) -> None:
        """All webhooks come in; a provider that gets no 200 tries again."""
        requests, gate = self.requests(), asyncio.Semaphore(AT_ONCE)
        limits = httpx.Limits(max_connections=AT_ONCE)
        async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=30) as client:
            tasks = []
            for request in requests:
                tasks.append(asyncio.create_task(self._post(client, gate, *request)))
                await asyncio.sleep(1 / self.plan.rate)
            await asyncio.gather(*tasks)

    async def _post(
        self, client: httpx.AsyncClient, gate: asyncio.Semaphore, channel: str, _: str, body: Any
    ) -> None:
        url = f"{self.public}/hooks/{channel}"
        if channel == "telegram":
            self._number(body["message"])
            sent: dict[str, Any] = {
                "json": body,
                "headers": {"X-Telegram-Bot-Api-Secret-Token": telegram.SECRET},
            }
        else:
            sent = {"data": body, "headers": twilio.signed(url, body)}
        async with gate:
            for _try in range(20):
                began = time.perf_counter()
                answer = await client.post(url, **sent)
                self.delays.append(time.perf_counter() - began)
                self.statuses[answer.status_code] += 1
                if answer.status_code == 200:
                    return
                await asyncio.sleep(1)

    def _number(self, message: dict[str, Any]) -> None:
        """Gives a message its number, as Telegram does, when it first comes in."""
        if message["message_id"] >= FIRST_NUMBER:
            message["message_id"] = self.telegram.number()

    async def kill(self, name: str, every: float) -> None:
        """Kills a process again and again, and has another take its work, as `alo run` does."""
        while every:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * every)
            self.processes.kill(name)
            inbox_rows.release_worker(self.store, "drill")
            outbox_rows.release_sender(self.store, "drill")
            self.processes.start(name)
            self.killed[name] += 1

    async def _can(self) -> None:
        """Answers with canned replies, each with its number."""
        number = 0
        while True:
            job = await asyncio.to_thread(inbox_rows.claim, self.store, 30, "canned")
            if job is None:
                await asyncio.sleep(0.01)
                continue
            number += 1
            paragraphs = (
                Paragraph(f"Reply {number}:\n" + "paspò <H-2> & viza " * 70, f"N {number}"),
            )
            reply = Reply(paragraphs=paragraphs, choices=CHOICES[: number % 5], prompt="Tou:")
            await asyncio.to_thread(inbox_rows.finish, self.store, job, reply, None)

    async def run(self) -> float:
        """The whole of it. Returns the seconds until all was answered and sent."""
        began = time.monotonic()
        work = self._can() if self.plan.canned else self.kill("worker", self.plan.kill_worker)
        killing = [
            asyncio.create_task(self.kill("sender", self.plan.kill_sender)),
            asyncio.create_task(work),
        ]
        await self.deliver()
        while self._waiting():
            await asyncio.sleep(1)
        for task in killing:
            task.cancel()
        return time.monotonic() - began

    def _waiting(self) -> int:
        count = sa.func.count()
        with self.store.read() as connection:
            return sum(
                connection.execute(
                    sa.select(count).select_from(box).where(box.c.state == "waiting")
                ).scalar_one()
                for box in (inbox, outbox)
            )

    def expected(self) -> dict[str, list[str]]:
        """What each person must have read, in order."""
        query = (
            sa.select(outbox.c.channel, outbox.c.body, conversations.c.address)
            .join(conversations, conversations.c.id == outbox.c.conversation)
            .order_by(outbox.c.id)
        )
        channels, unseal = registry.channels(), self.store.keys.unseal
        found: dict[str, list[str]] = defaultdict(list)
        with self.store.read() as connection:
            for channel, body, address in connection.execute(query):
                messages = channels[channel].render(Reply.from_json(unseal(bytes(body))))
                found[f"{channel} {unseal(bytes(address))}"] += [x.text for x in messages]
        return found

    def received(self) -> dict[str, list[str]]:
        """What each person has read, in order."""
        found: dict[str, list[str]] = defaultdict(list)
        for message in self.twilio.messages:
            channel = "whatsapp" if message["to"].startswith("whatsapp:") else "sms"
            found[f"{channel} {message['to']}"].append(message["body"])
        for message in self.telegram.messages:
            text = html.unescape(re.sub(r"</?b>", "", message["text"]))
            found[f"telegram {message['chat']}"].append(text)
        return found

    def result(self, seconds: float) -> dict[str, Any]:
        """What is to be shown."""
        expected, received = self.expected(), self.received()
        wrong = Counter(
            _fault(expected[person], received.get(person, []))
            for person in expected
            if expected[person] != received.get(person, [])
        )
        states = Counter(self._column(outbox.c.state))
        delays = sorted(self.delays)
        happened = self.twilio.faults.happened + self.telegram.faults.happened
        return {
            "conversations": len(expected),
            "messages in": len(self._column(inbox.c.id)),
            "replies": dict(states),
            "messages out": sum(map(len, received.values())),
            "people with all replies once and in order": len(expected) - wrong.total(),
            "people with something else": dict(wrong),
            "by channel": dict(
                Counter(
                    person.split()[0]
                    for person in expected
                    if expected[person] != received.get(person, [])
                )
            ),
            "strangers": len(set(received) - set(expected)),
            "faults of providers": dict(happened),
            "killed": dict(self.killed),
            "requests answered": dict(self.statuses),
            "acknowledged ms median": round(statistics.median(delays) * 1000, 1),
            "acknowledged ms p95": round(delays[int(len(delays) * 0.95)] * 1000, 1),
            "receipts": dict(Counter(self._column(calls.c.receipt))),
            "seconds": round(seconds, 1),
        }

    def _column(self, column: Any) -> list[Any]:
        with self.store.read() as connection:
            return list(connection.execute(sa.select(column)).scalars())


def _fault(expected: list[str], received: list[str]) -> str:
    """What is wrong with what a person got."""
    more, less = Counter(received) - Counter(expected), Counter(expected) - Counter(received)
    if more and less:
        return "other"
    return "doubled" if more else "lost" if less else "order"


def _request(channel: str, number: int, person: int, text: str) -> tuple[str, Any]:
    phone = f"+509370{person:05d}"
    if channel == "telegram":
        return str(10_000 + person), telegram.update(
            number, 10_000 + person, text=text, message_id=FIRST_NUMBER
        )
    address = f"whatsapp:{phone}" if channel == "whatsapp" else phone
    return address, twilio.message(number, address, Body=text)


def drill(plan: Plan, model: Path, folder: Path) -> dict[str, Any]:
    """Runs a plan and returns what came of it."""
    with ExitStack() as stack:
        made = Drill(plan, folder, model)
        made.start(stack)
        seconds = asyncio.run(made.run())
        time.sleep(1)  # for the last receipts
        return made.result(seconds)


def _arguments() -> Iterator[tuple[str, Any]]:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, kind in Plan.__annotations__.items():
        default = getattr(Plan, name, 1000)
        number = int if kind == "int" else float
        parser.add_argument(f"--{name.replace('_', '-')}", type=number, default=default)
    yield from vars(parser.parse_args()).items()


def main() -> None:
    """Runs the drill and prints it as JSON."""
    plan = Plan(**dict(_arguments()))
    config = settings.load({"ALO_SECRET_KEY": SECRET})
    model = Path() if plan.canned else training.train(config)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(drill(plan, model, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
