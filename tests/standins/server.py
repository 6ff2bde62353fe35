"""Runs a stand-in on a free port of this machine, in a thread, and has it fail as networks do."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.running import free_port

BUSY, ERROR, LOST, UNANSWERED = "busy", "error", "lost", "unanswered"
FAULTS = (BUSY, ERROR, LOST, UNANSWERED)


@dataclass
class Faults:
    """How a provider fails: a `share` of calls, in turn in each of four ways, after a `delay`.

    `busy` is a 429, `error` a 500 before anything was done, `lost` a connection that breaks
    before anything was done, `unanswered` one that breaks when all was done.
    """

    share: float = 0.0
    delay: float = 0.0
    kinds: tuple[str, ...] = FAULTS
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    happened: Counter[str] = field(default_factory=Counter)

    async def next(self) -> str:
        """The fault of this call, or nothing."""
        await asyncio.sleep(self.delay * self.chance.uniform(0.5, 1.5))
        if self.chance.random() >= self.share:
            return ""
        kind = self.chance.choice(self.kinds)
        self.happened[kind] += 1
        return kind


class Dropped:
    """A response that breaks off: the head comes, the rest never does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1000"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def form(request: Request) -> dict[str, str]:
    """The fields of a request, from the query and the body."""
    from urllib.parse import parse_qsl

    text = (await request.body()).decode()
    return {**request.query_params, **dict(parse_qsl(text, keep_blank_values=True))}


@contextmanager
def serving(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """The address of the application while it runs."""
    number = port or free_port()
    config = uvicorn.Config(
        app, port=number, log_level="critical", timeout_graceful_shutdown=1, ws="none"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        threading.Event().wait(0.01)
    try:
        yield f"http://127.0.0.1:{number}"
    finally:
        server.should_exit = True
        thread.join(10)
