"""What the processes share: stopping cleanly, and not outliving the one that began them."""

from __future__ import annotations

import asyncio
import os
import signal

CHECK_SECONDS = 1.0


def stop_event() -> asyncio.Event:
    """An event that is set on SIGTERM, on Ctrl-C, and when the parent process is gone."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if os.environ.get("ALO_SUPERVISED"):
        task = loop.create_task(watch_parent(stop))
        stop.watcher = task  # type: ignore[attr-defined] # keeps the task from being collected
    return stop


async def watch_parent(stop: asyncio.Event) -> None:
    """Sets the event when the parent is another than at the start."""
    parent = os.getppid()
    while not stop.is_set():
        if os.getppid() != parent:
            stop.set()
        await asyncio.sleep(CHECK_SECONDS)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Waits, but not longer than until the event is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except asyncio.TimeoutError:
        return
