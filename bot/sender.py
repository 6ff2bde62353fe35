"""The sender process: empties the outbox; beside that it does what is due once in a while."""

from __future__ import annotations

import asyncio
import logging
import os
from contextlib import suppress

from bot import chores, logs, outbox, processes, registry, settings
from bot.desk import help_desk
from bot.lanes import Lane
from bot.settings import Settings
from bot.store import Store

IDLE_SECONDS = 0.05
END_SECONDS = 8.0  # for calls in the air, when told to stop

log = logging.getLogger(__name__)


async def send_all(config: Settings, sender: str = "") -> None:
    """Sends until told to stop."""
    stop = processes.Stop()
    store = Store(config)
    store.upgrade()
    connected = registry.connected(config)
    lanes = {name: Lane(store, channel, config, sender) for name, channel in connected.items()}
    _say_what_is_off(config)
    if sender:  # whoever had this name before is dead
        outbox.release_sender(store, sender)
    beside = asyncio.gather(chores.go_on(store, config), help_desk.go_on(store, config, sender))
    while not stop and not beside.done():
        if not _fill(store, lanes):
            await stop.pause(IDLE_SECONDS)
        await asyncio.sleep(0)  # the calls in the air go on
    await asyncio.gather(*(lane.end(END_SECONDS) for lane in lanes.values()))
    beside.cancel()
    with suppress(asyncio.CancelledError):
        await beside  # it ends by itself only with an error, which is one of the sender
    store.close()


def _fill(store: Store, lanes: dict[str, Lane]) -> bool:
    """Takes one reply in hand in every lane that has room. Returns whether there was any."""
    due = [lanes[name] for name in outbox.due(store) if name in lanes]
    return any([lane.start() for lane in due if lane.has_room()])


def _say_what_is_off(config: Settings) -> None:
    """A channel whose own settings are there and others not is a mistake of somebody."""
    for name, channel in registry.sending().items():
        missing = channel.missing(config)
        own = [key for key in channel.needs if name.upper() in key]
        if missing and own and not set(own) & set(missing):
            log.warning("%s is off; set %s", name, ", ".join(missing))


def main() -> None:
    """`python -m bot.sender`."""
    logs.configure("sender")
    sender = os.environ.get("ALO_WORKER", f"sender-{os.getpid()}")
    asyncio.run(send_all(settings.load(), sender))


if __name__ == "__main__":
    main()
