"""The sender process: empties the outbox, and once in a while erases what is old."""

from __future__ import annotations

import asyncio
import logging
import time

from bot import logs, outbox, processes, registry, settings
from bot.errors import Retryable, Undeliverable
from bot.outbox import Parcel
from bot.purge import purge
from bot.settings import Settings
from bot.store import Store

IDLE_SECONDS = 0.05
PURGE_SECONDS = 3600.0
LONGEST_WAIT = 300.0

log = logging.getLogger(__name__)


async def send_all(config: Settings) -> None:
    """Sends until told to stop."""
    stop = processes.Stop()
    store = Store(config)
    store.upgrade()
    next_purge = 0.0
    while not stop:
        if time.monotonic() >= next_purge:
            log.info("erased %d old conversations", purge(store, config.keep_hours))
            next_purge = time.monotonic() + PURGE_SECONDS
        parcel = outbox.claim(store)
        if parcel is None:
            await stop.pause(IDLE_SECONDS)
        else:
            await send(store, parcel)
    store.close()


async def send(store: Store, parcel: Parcel) -> None:
    """Sends one reply; the one place that decides whether to try again or to give up."""
    channel = registry.channels()[parcel.channel]
    try:
        await channel.send(parcel.address, channel.render(parcel.reply))
    except Retryable as error:
        log.warning("%s: %s, to be tried again", parcel.channel, error.code)
        outbox.retry(store, parcel, min(2.0**parcel.tries, LONGEST_WAIT))
    except Undeliverable as error:
        log.error("%s: %s, given up", parcel.channel, error.code)
        outbox.give_up(store, parcel)
    except Exception:
        log.exception("%s: a mistake of ours, to be tried again", parcel.channel)
        outbox.retry(store, parcel, min(2.0**parcel.tries, LONGEST_WAIT))
    else:
        outbox.sent(store, parcel)


def main() -> None:
    """`python -m bot.sender`."""
    logs.configure("sender")
    asyncio.run(send_all(settings.load()))


if __name__ == "__main__":
    main()
