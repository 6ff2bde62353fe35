"""The webhooks of a drill: what the providers deliver, some of it twice.

They come from a process of their own: what it measures is not how busy the stand-ins are.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.drill_plan import CHANNELS, Plan
from tests.standins import telegram, twilio

TEXTS = ("kijan pou m fe paspo mwen", "cuanto cuesta la visa h2", "where is the nearest hub",
         "mesi anpil", "comment avoir un acte de naissance")  # fmt: skip
FIRST_NUMBER = 10**9  # of a message that has none yet
AT_ONCE = 40  # requests of providers in the air


@dataclass
class Answers:
    """What all webhooks were answered, and how long that took, in seconds."""

    delays: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)


def deliver(plan: Plan, public: str, telegram_url: str) -> Answers:
    """Both providers as they knock at `public`, until every webhook has been answered 200."""
    webhooks = _Webhooks(plan, public, telegram_url)
    asyncio.run(webhooks.deliver())
    return webhooks.answers


class _Webhooks:
    def __init__(self, plan: Plan, public: str, telegram_url: str) -> None:
        self._plan, self._public, self._telegram = plan, public, telegram_url
        self._chance = random.Random(plan.seed)
        self.answers = Answers()

    def _requests(self) -> list[tuple[str, str, Any]]:
        """Channel, address and body of every webhook: people take turns, some come twice."""
        made: list[tuple[str, str, Any]] = []
        number = 1000
        for turn in range(self._plan.turns):
            for person in range(self._plan.people):
                for channel in CHANNELS:
                    number += 1
                    text = TEXTS[(person + turn) % len(TEXTS)]
                    made.append((channel, *_request(channel, number, person, text)))
        for request in self._chance.sample(made, int(len(made) * self._plan.repeat)):
            made.insert(self._chance.randrange(made.index(request), len(made) + 1), request)
        return made

    async def deliver(self) -> None:
        """All webhooks come in; a provider that gets no 200 tries again."""
        requests, gate = self._requests(), asyncio.Semaphore(AT_ONCE)
        limits = httpx.Limits(max_connections=AT_ONCE)
        async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=30) as client:
            tasks = []
            for request in requests:
                tasks.append(asyncio.create_task(self._post(client, gate, *request)))
                await asyncio.sleep(1 / self._plan.rate)
            await asyncio.gather(*tasks)

    async def _post(
        self, client: httpx.AsyncClient, gate: asyncio.Semaphore, channel: str, _: str, body: Any
    ) -> None:
        url = f"{self._public}/hooks/{channel}"
        if channel == "telegram":
            await self._number(client, body["message"])
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
                self.answers.delays.append(time.perf_counter() - began)
                self.answers.statuses[answer.status_code] += 1
                if answer.status_code == 200:
                    return
                await asyncio.sleep(1)

    async def _number(self, client: httpx.AsyncClient, message: dict[str, Any]) -> None:
        """Gives a message its number, as Telegram does, when it first comes in."""
        if message["message_id"] >= FIRST_NUMBER:
            answer = await client.post(f"{self._telegram}/number")
            message["message_id"] = answer.json()


def _request(channel: str, number: int, person: int, text: str) -> tuple[str, Any]:
    phone = f"+509370{person:05d}"
    if channel == "telegram":
        return str(10_000 + person), telegram.update(
            number, 10_000 + person, text=text, message_id=FIRST_NUMBER
        )
    address = f"whatsapp:{phone}" if channel == "whatsapp" else phone
    return address, twilio.message(number, address, Body=text)
