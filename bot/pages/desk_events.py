"""News for the desk as they happen: server-sent events that say only that something has changed.

One look at the tables serves all who listen. What has changed the page then asks for itself, so
no word of a person is in an event.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import anyio
import sqlalchemy as sa
from sse_starlette import EventSourceResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.desk import news, presence
from bot.desk.news import News
from bot.pages import access
from bot.pages.access import OPERATORS, route
from bot.store import Store

LOOK_SECONDS = 0.7
BEAT_SECONDS = 10  # a line for proxies that close what is silent; and whether the session holds
SEEN_SECONDS = 5.0  # how often is written down who has a conversation open
RETRY_MS = 2000

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Listener:
    """One page that listens. `case` is the hand-over that it shows, or 0.

    `looked` is set once its hand-over was looked for.
    """

    user: int
    case: int
    looked: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class Board:
    """Looks at the tables as long as somebody listens, and wakes who listens."""

    def __init__(self, store: Store) -> None:
        self.news: News | None = None
        self._store = store
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._seen_at = 0.0

    def join(self, listener: Listener) -> None:
        """Listens from now on."""
        self._listeners.add(listener)
        if self._task is None or self._task.done():
            self.news = None
            self._task = asyncio.create_task(self._look())

    async def wait(self, listener: Listener) -> None:
        """Until there was a look, or for BEAT_SECONDS."""
        with anyio.move_on_after(BEAT_SECONDS):
            await listener.woken.wait()
        listener.woken.clear()

    async def leave(self, listener: Listener) -> None:
        """Listens no more; nobody has to wait until it is noticed."""
        self._listeners.discard(listener)
        same = (listener.user, listener.case)
        others = {(other.user, other.case) for other in self._listeners}
        if listener.case and same not in others:
            with anyio.CancelScope(shield=True):  # also when the browser has just gone
                await run_in_threadpool(presence.left, self._store, listener.case, listener.user)

    async def _look(self) -> None:
        while self._listeners:
            try:
                self.news = await run_in_threadpool(self._found)
            except sa.exc.SQLAlchemyError:
                log.warning("the desk cannot look for news: the database does not answer")
            for listener in self._listeners:
                listener.woken.set()
            await asyncio.sleep(LOOK_SECONDS)

    def _found(self) -> News:
        listeners = list(self._listeners)
        looked_at = {(x.case, x.user) for x in listeners if x.case}
        if looked_at and time.monotonic() >= self._seen_at + SEEN_SECONDS:
            presence.seen(self._store, looked_at)
            self._seen_at = time.monotonic()
        found = news.look(self._store, {case for case, _ in looked_at})
        for listener in listeners:
            listener.looked = True
        return found


def routes() -> list[BaseRoute]:
    """The routes of this file."""
    return [route("/desk/events", events, roles=OPERATORS)]


async def events(request: Request) -> Response:
    """GET /desk/events?case=12: the marks of queue and hand-over, whenever they change."""
    case = access.number(request.query_params.get("case", ""))
    return EventSourceResponse(stream(request, case), ping=BEAT_SECONDS)


async def stream(request: Request, case: int) -> AsyncIterator[dict[str, str | int]]:
    """The events of one page. The last one says that the session is over."""
    board, listener = _board(request), Listener(request.state.user.id, case)
    board.join(listener)
    told: dict[str, str] = {}
    asked_at = time.monotonic()
    try:
        while True:
            for name, mark in _marks(board.news, listener).items():
                if told.get(name) != mark:
                    told[name] = mark
                    yield {"event": name, "data": mark, "retry": RETRY_MS}
            await board.wait(listener)
            if time.monotonic() >= asked_at + BEAT_SECONDS:
                asked_at = time.monotonic()
                if not await access.alive(request):
                    break
        yield {"event": "over", "data": "over"}
    finally:
        await board.leave(listener)


def _marks(found: News | None, listener: Listener) -> dict[str, str]:
    """The events of one page; a hand-over that is not there any more has no mark."""
    if found is None or not listener.looked:
        return {}
    marks = {"queue": json.dumps({"mark": found.queue, "waiting": found.waiting})}
    if listener.case:
        marks["case"] = found.cases.get(listener.case, "")
    return marks


def _board(request: Request) -> Board:
    """The board of this process; made when somebody first listens."""
    state = request.app.state
    if not hasattr(state, "board"):
        state.board = Board(access.store(request))
    board: Board = state.board
    return board
