"""`python -m benchmarks.channels_drill`: conversations on all channels while everything fails.

Stand-ins take the place of Twilio and Telegram and fail a share of calls; webhooks are repeated;
worker and sender are killed. Then every person must have got each reply once, and in order.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.drill_outcome import outcome
from benchmarks.drill_plan import Plan
from benchmarks.drill_webhooks import Answers, deliver
from bot import inbox as inbox_rows
from bot import outbox as outbox_rows
from bot import settings, training
from bot.model import Choice, Paragraph, Reply
from bot.store import Store
from bot.tables import inbox, outbox
from tests.conftest import SECRET, make_settings
from tests.running import Processes, free_port
from tests.standins import telegram, twilio
from tests.standins.server import Faults, serving

CHOICES = tuple(Choice(f"Chwa {number}", f"h2.choice_{number}") for number in range(1, 6))


@dataclass
class Drill:
    """The program, its stand-ins, and what was measured."""

    plan: Plan
    folder: Path
    model: Path
    killed: Counter[str] = field(default_factory=Counter)

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
        self.addresses = (public, environment["TELEGRAM_API_URL"])

    async def kill(self, name: str, every: float) -> None:
        """Kills a process again and again, and has another take its work, as `alo run` does.

        The time runs from its first message: on a busy machine one killed sooner would do none.
        """
        release = {"worker": inbox_rows.release_worker, "sender": outbox_rows.release_sender}
        while every:
            await self._works(name)
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * every)
            self.processes.kill(name)
            release[name](self.store, "drill")  # not the other's, which still works
            self.processes.start(name)
            self.killed[name] += 1

    async def _works(self, name: str) -> None:
        """Returns when the process that was started last has done something."""
        before = self._done(name)
        while self._done(name) == before:
            await asyncio.sleep(0.2)

    def _done(self, name: str) -> int:
        """How many messages are answered, or replies sent."""
        box, state = (outbox, "sent") if name == "sender" else (inbox, "done")
        return self._count(box, state)

    def _count(self, box: sa.Table, state: str) -> int:
        count = sa.select(sa.func.count()).select_from(box).where(box.c.state == state)
        with self.store.read() as connection:
            return int(connection.execute(count).scalar_one())

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
        self.answers = await self._deliver()
        while self.waiting():
            await asyncio.sleep(1)
        for task in killing:
            task.cancel()
        return time.monotonic() - began

    async def _deliver(self) -> Answers:
        loop = asyncio.get_running_loop()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return await loop.run_in_executor(pool, deliver, self.plan, *self.addresses)

    def waiting(self) -> int:
        """How many messages and replies wait."""
        return sum(self._count(box, "waiting") for box in (inbox, outbox))


def drill(plan: Plan, model: Path, folder: Path) -> dict[str, Any]:
    """Runs a plan and returns what came of it."""
    with ExitStack() as stack:
        made = Drill(plan, folder, model)
        made.start(stack)
        seconds = asyncio.run(made.run())
        time.sleep(1)  # for the last receipts
        return outcome(made, seconds)


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
    config = settings.load({**os.environ, "ALO_SECRET_KEY": SECRET})
    model = Path() if plan.canned else training.train(config)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(drill(plan, model, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
