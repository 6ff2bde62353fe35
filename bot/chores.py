"""What is done once in a while, beside the sending, which must not wait for it."""

from __future__ import annotations

import asyncio
import logging
import time

from bot import knowledge
from bot.counts import faults, upkeep
from bot.desk import handover
from bot.errors import ContentError
from bot.purge import purge
from bot.settings import Settings
from bot.store import Store

MINUTE, HOUR = 60.0, 3600.0

log = logging.getLogger(__name__)


async def go_on(store: Store, config: Settings) -> None:
    """Does what each minute and each hour bring. Ends only when cancelled, or with an error."""
    next_hour = 0.0
    while True:
        if time.monotonic() >= next_hour:
            await asyncio.to_thread(hourly, store, config)
            next_hour = time.monotonic() + HOUR
        await asyncio.to_thread(minutely, store, config)
        await asyncio.sleep(MINUTE)


def hourly(store: Store, config: Settings) -> None:
    """Erases what is too old, and works out the counts of months that are over."""
    gone = +purge(store, config)
    log.info("erased: %s", ", ".join(f"{n} {name}" for name, n in gone.items()) or "nothing")
    upkeep.hourly(store, config)


def minutely(store: Store, config: Settings) -> None:
    """Notes when no worker answers, and tells people that nobody has come yet.

    Content that cannot be read has no words for that, but does not keep replies from being sent.
    """
    faults.watch(store)
    try:
        content = knowledge.load(config.knowledge)
    except ContentError as error:
        log.error("nobody is told that they still wait: %s", error)
        return
    handover.overdue(store, config, content, time.time())
