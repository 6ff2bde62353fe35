"""What the processes share: stopping cleanly, and not outliving the one that began them."""

from __future__ import annotations

import asyncio
import os
import signal

CHECK_SECONDS = 1.0
# For processes that load Rasa: no telemetry, and no lines of libraries about libraries.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
}
SUPERVISED = "ALO_SUPERVISED"  # the number of the `alo run` that started this process


async def parent_gone() -> None:
    """Returns when `alo run` is gone; never for a process that it did not start."""
    parent = os.environ.get(SUPERVISED)
    while not parent or str(os.getppid()) == parent:
        await asyncio.sleep(CHECK_SECONDS)


class Stop:
    """Told on SIGTERM, on Ctrl-C, and when the process that began us is gone."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._event.set)
        self._watcher = loop.create_task(self._watch())

    async def _watch(self) -> None:
        await parent_gone()
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    async def pause(self, seconds: float) -> None:
        """Waits, but no longer than until told."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except asyncio.TimeoutError:
            return
