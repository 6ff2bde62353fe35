"""Calls to Telegram with python-telegram-bot, and what its errors mean for us."""

from __future__ import annotations

import json
from collections.abc import Awaitable
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.request import HTTPXRequest

from bot.errors import Blocked, ChannelError, Retryable, Undeliverable, Unsure

Result = TypeVar("Result")
OFFICIAL = "https://api.telegram.org"
CONNECTIONS = 20
TIMEOUT = 30.0  # seconds; the lease of a reply is longer
POLL_SECONDS = 25
REFUSED_WAIT = 60.0  # until a token that was refused is tried again
# What its errors stand for: see failures.REASONS.
MEANING = {
    "Forbidden": "blocked", "InvalidToken": "credentials", "EndPointNotFound": "credentials",
    "ChatMigrated": "unreachable", "RetryAfter": "busy", "NetworkError": "busy",
    "TimedOut": "busy", "Conflict": "busy",
}  # fmt: skip
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def bot(token: str, base: str) -> Bot:
    """A bot. `base` takes the place of Telegram, in tests."""

    address = (base or OFFICIAL).rstrip("/")
    return Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=connection(TIMEOUT),
    )


def connection(seconds: float) -> HTTPXRequest:
    """Connections that wait so long for an answer."""
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        read_timeout=seconds,
        write_timeout=TIMEOUT,
        connect_timeout=10.0,
        pool_timeout=TIMEOUT,
    )


async def fetch(bot: Bot, connection: HTTPXRequest, wanted: dict[str, Any]) -> list[Any]:
    """The updates as Telegram wrote them. Raises ChannelError.

    Not through `get_updates`, which fails on all of them where it cannot read one.
    """
    query = urlencode({name: json.dumps(value) for name, value in wanted.items()})
    found = await guarded(connection.post(f"{bot.base_url}/getUpdates?{query}"))
    return found if isinstance(found, list) else []


async def guarded(work: Awaitable[Result]) -> Result:
    """The result of a call. Raises ChannelError, without the text of Telegram's error."""
    try:
        return await work
    except TelegramError as error:
        raise meaning(error) from None


def meaning(error: TelegramError) -> ChannelError:
    """The error of ours for one of Telegram's."""
    name = f"telegram {type(error).__name__}"
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait if isinstance(wait, int) else wait.total_seconds()
        return Retryable(name, float(seconds), everybody=True)
    if isinstance(error, Forbidden):
        return Blocked(name)
    if isinstance(error, (InvalidToken, EndPointNotFound)):
        return Retryable(f"{name}: credentials refused, see `alo doctor`", REFUSED_WAIT)
    if isinstance(error, Conflict):
        return Retryable(name)
    if isinstance(error, (BadRequest, ChatMigrated)):
        return Undeliverable(name)
    return Retryable(name) if isinstance(error.__cause__, NEVER_LEFT) else Unsure(name)
