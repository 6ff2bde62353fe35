"""The edge: what is open to the network. It never imports Rasa and is up in a second.

It verifies, commits what came in, and answers at once; the worker does the rest.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import knowledge, logs, processes, settings
from bot.errors import AloError, ContentError
from bot.hooks import Hooks
from bot.metrics import Metrics
from bot.pages import account, audit, desk, phone, second_factor, sign_in, stats
from bot.settings import ROOT, Settings
from bot.store import Store

MAX_BODY = 64 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}

log = logging.getLogger(__name__)


def application(config: Settings, store: Store) -> ASGIApp:
    """The web application. The headers are outermost: they are on errors too."""
    hooks = Hooks(config, store)
    metrics = Metrics(config, store, hooks)
    routes = [*_routes(config), *hooks.routes(), metrics.route()]
    app = Starlette(routes=routes, lifespan=_fetching(config, hooks))
    app.state.settings = config
    app.state.store = store
    app.state.hooks = hooks
    return _SafeHeaders(_SmallBodies(app))


def _fetching(
    config: Settings, hooks: Hooks
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """While the edge is up, messages are fetched for channels that cannot be reached."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(hooks.poll()), asyncio.create_task(_read_content(config))]
        yield
        for task in tasks:
            task.cancel()

    return lifespan


async def _read_content(config: Settings) -> None:
    """Before anybody asks for it: it takes a second or two, and other writers would wait."""
    try:
        await run_in_threadpool(knowledge.load, config.knowledge)
    except ContentError as error:
        log.error("the pages cannot be shown: %s", error)


def _routes(config: Settings) -> list[BaseRoute]:
    static = ROOT / "bot" / "pages" / "static"
    routes: list[BaseRoute] = [Route("/healthz", _health), Route("/readyz", _ready)]
    routes += [Route("/", _home)]
    if config.phone_page:
        routes += [
            Route("/phone", phone.page),
            Route("/phone/messages", phone.write, methods=["POST"]),
            Route("/phone/messages", phone.read),
        ]
    for page in (sign_in, second_factor, account, audit, desk, stats):
        routes += page.routes()
    return [*routes, Mount("/static", StaticFiles(directory=static))]


async def _home(request: Request) -> Response:
    """To the page of those who try it out, else to that of those who work here."""
    return RedirectResponse("/phone" if request.app.state.settings.phone_page else "/desk")


async def _health(request: Request) -> Response:
    """This process is alive."""
    return JSONResponse({"status": "ok"})


async def _ready(request: Request) -> Response:
    """This process reaches the database."""
    try:
        await run_in_threadpool(_ask_database, request.app.state.store)
    except sa.exc.SQLAlchemyError:
        return JSONResponse({"status": "the database does not answer"}, status_code=503)
    return JSONResponse({"status": "ok"})


def _ask_database(store: Store) -> None:
    with store.read() as connection:
        connection.execute(sa.text("SELECT 1"))


class _SafeHeaders:
    """Puts the safety headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self.app(scope, receive, with_headers)


class _SmallBodies:
    """Refuses bodies over MAX_BODY, whatever their headers claim, before anything reads them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"POST", "PUT", "PATCH"}:
            await self.app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            refused = JSONResponse({"error": "the message is too large"}, status_code=413)
            await refused(scope, receive, send)
            return
        await self.app(scope, _replay(body), send)


async def _body(receive: Receive) -> bytes | None:
    """The whole body, or None as soon as it is too large."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY:
            return None
    return body


def _replay(body: bytes) -> Receive:
    """A `receive` that gives the body that was read already, then the end."""
    messages = iter([{"type": "http.request", "body": body}])

    async def receive() -> Message:
        return next(messages, {"type": "http.disconnect"})

    return receive


async def serve(config: Settings) -> None:
    """Serves until SIGTERM, Ctrl-C, or the end of the process that began us."""
    store = Store(config)
    store.upgrade()
    server = uvicorn.Server(
        uvicorn.Config(
            application(config, store),
            host=config.host,
            port=config.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
            ws="none",
            forwarded_allow_ips=config.proxies,
        )
    )
    watcher = asyncio.create_task(_end_with_parent(server))
    await server.serve()
    watcher.cancel()
    store.close()


async def _end_with_parent(server: uvicorn.Server) -> None:
    await processes.parent_gone()
    server.should_exit = True


def main() -> None:
    """`python -m bot.edge`."""
    logs.configure("edge")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    try:
        asyncio.run(serve(settings.load()))
    except AloError as error:
        log.error("%s", error)
        os._exit(1)


if __name__ == "__main__":
    main()
