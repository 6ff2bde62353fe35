"""The webhooks: each request is verified, parsed, committed, and only then acknowledged.

What is not of the provider is refused, counted, and never logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import sqlalchemy as sa
from prometheus_client import Histogram
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot import calls, inbox, registry
from bot.campaigns import entry
from bot.desk import outside
from bot.desk.chatwoot_hook import ChatwootHook
from bot.settings import Settings
from bot.store import Store
from bot.wire import Delivery, Knock

# What a body of a strange form can raise in a parser; none of it is the provider's outage.
BROKEN = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
ACKNOWLEDGED = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)  # seconds
STEPS = (1, 10, 100)  # of refused requests that are logged; then every thousandth

log = logging.getLogger(__name__)


class Hooks:
    """The webhooks of the channels that are on. `refused` counts what was turned away."""

    def __init__(self, config: Settings, store: Store) -> None:
        self._store = store
        self._codes = entry.Codes(store)
        self.refused: Counter[str] = Counter()
        self.broken: Counter[str] = Counter()
        self.seconds = Histogram(
            "alo_webhook_seconds",
            "From a request of a provider to its acknowledgement.",
            ["channel"],
            buckets=ACKNOWLEDGED,
            registry=None,
        )
        connected = registry.connected(config)
        self.channels = {name: x for name, x in connected.items() if x.hooked}
        if config.help_desk:
            self.channels[ChatwootHook.name] = ChatwootHook(config)

    def routes(self) -> list[BaseRoute]:
        """POST /hooks/<channel> and POST /hooks/status/<provider>."""
        return [
            Route("/hooks/{name}", self._message, methods=["POST"]),
            Route("/hooks/status/{name}", self._status, methods=["POST"]),
        ]

    async def _message(self, request: Request) -> Response:
        channel = self.channels.get(request.path_params["name"])
        return await self._answer(request, channel, channel and channel.parse)

    async def _status(self, request: Request) -> Response:
        name = request.path_params["name"]
        channel = next((x for x in self.channels.values() if x.provider == name), None)
        return await self._answer(request, channel, channel and channel.parse_status)

    async def _answer(
        self, request: Request, channel: Any, parse: Callable[[Knock], Delivery] | None
    ) -> Response:
        """404 for a channel that is off; how long any other request takes is measured."""
        if parse is None:
            return JSONResponse({"error": "this channel is off"}, status_code=404)
        began = time.perf_counter()
        answer = await self._answered(request, channel, parse)
        self.seconds.labels(channel.name).observe(time.perf_counter() - began)
        return answer

    async def _answered(
        self, request: Request, channel: Any, parse: Callable[[Knock], Delivery]
    ) -> Response:
        """403 for strangers, 503 while nothing can be kept; else what the provider wants."""
        knock = await _knock(request)
        if not channel.verify(knock):
            self._count(self.refused, channel.name, "was not signed by the provider: refused")
            return JSONResponse({"error": "not signed"}, status_code=403)
        try:
            delivery = parse(knock)
        except BROKEN:
            # Signed and yet not readable: sent again it would be no better.
            self._count(self.broken, channel.name, "could not be read: ignored")
            return Response()
        try:
            kept = await run_in_threadpool(self.keep, channel, delivery)
        except sa.exc.SQLAlchemyError:
            log.error("%s: a request could not be kept; the provider will repeat it", channel.name)
            return JSONResponse({"error": "try again"}, status_code=503)
        if not kept:
            return JSONResponse({"error": "that conversation is erased"}, status_code=410)
        if delivery.reply:
            return JSONResponse(delivery.reply)
        kind, text = delivery.answer
        return Response(text, media_type=kind)

    async def poll(self) -> None:
        """Fetches for the channels whose provider cannot reach us. Returns only when cancelled."""
        fetching = [x for x in self.channels.values() if x.polls()]
        for channel in fetching:
            log.info("%s: no public address, so messages are fetched", channel.name)
        await asyncio.gather(*(x.poll(partial(self._fetched, x)) for x in fetching))

    async def _fetched(self, channel: Any, delivery: Delivery) -> bool:
        """Whether what was fetched is kept."""
        try:
            await run_in_threadpool(self.keep, channel, delivery)
        except sa.exc.SQLAlchemyError:
            log.error("%s: a message could not be kept; it will be fetched again", channel.name)
            return False
        return True

    def keep(self, channel: Any, delivery: Delivery) -> bool:
        """Commits all that a request held. False if a help desk wrote to nobody we know."""
        for message in delivery.messages:
            inbox.receive(self._store, entry.marked(message, self._codes()))
        for receipt in delivery.receipts:
            calls.keep(self._store, receipt, channel.meaning)
        for address in delivery.left:
            calls.left(self._store, channel.name, address)
        return all([outside.take(self._store, event) for event in delivery.events])

    @staticmethod
    def _count(counter: Counter[str], name: str, what: str) -> None:
        """Counts, and says so now and then: somebody who knocks for hours fills no log."""
        counter[name] += 1
        if counter[name] in STEPS or counter[name] % 1000 == 0:
            log.warning("%s: request number %d that %s", name, counter[name], what)


async def _knock(request: Request) -> Knock:
    query = request.url.query
    return Knock(
        path=request.scope["raw_path"].decode("latin-1") + (f"?{query}" if query else ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.body(),
    )
