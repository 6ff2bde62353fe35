"""One lane for each channel: how many calls at once, how many a second, how many a person."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import Any

from aiolimiter import AsyncLimiter

from bot import delivery, outbox
from bot.outbox import Parcel
from bot.settings import Settings
from bot.store import Store

AT_ONCE = 16  # calls in the air; a provider answers in a fraction of a second
REMEMBERED = 10_000  # people whose pace is remembered


class Lane:
    """The replies of one channel on their way. A full lane takes no more."""

    def __init__(self, store: Store, channel: Any, config: Settings, sender: str = "") -> None:
        self.channel = channel
        self._store = store
        self._sender = sender
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed_until = 0.0
        rate = config.rates.get(channel.name, channel.per_second)
        self._all = AsyncLimiter(1, 1 / rate) if rate else None
        self._person_rate = config.rates.get("person", channel.per_person)
        self._people: OrderedDict[str, AsyncLimiter] = OrderedDict()

    def has_room(self) -> bool:
        """Whether another reply may be taken in hand now."""
        open_again = time.monotonic() >= self._closed_until
        fast_enough = self._all is None or self._all.has_capacity() or not self._tasks
        return open_again and fast_enough and len(self._tasks) < AT_ONCE

    def start(self) -> bool:
        """Takes the next reply in hand. Returns whether there was one."""
        parcel = outbox.claim(self._store, self.channel.name, self._sender)
        if parcel is None:
            return False
        task = asyncio.create_task(self._deliver(parcel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def _deliver(self, parcel: Parcel) -> None:
        wait = await delivery.deliver(self._store, self.channel, parcel, self._pace)
        if wait:
            self._closed_until = time.monotonic() + wait

    async def _pace(self, conversation: str) -> None:
        """Waits until the provider takes the next message, and this person the next."""
        if self._person_rate and self.channel.per_person:
            await self._person(conversation).acquire()
        if self._all:
            await self._all.acquire()

    def _person(self, conversation: str) -> AsyncLimiter:
        limiter = self._people.pop(conversation, None) or AsyncLimiter(1, 1 / self._person_rate)
        self._people[conversation] = limiter
        if len(self._people) > REMEMBERED:
            self._people.popitem(last=False)
        return limiter

    async def end(self, seconds: float) -> None:
        """Lets calls in the air come to their end, for so long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        await self.channel.close()
