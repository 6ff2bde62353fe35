"""Calls to Telegram with python-telegram-bot, and what its errors mean for us."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

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
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def bot(token: str, base: str) -> Bot:
    """A bot. `base` takes the place of Telegram, in tests."""

    def request(seconds: float) -> HTTPXRequest:
        return HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            read_timeout=seconds,
            write_timeout=TIMEOUT,
            connect_timeout=10.0,
            pool_timeout=TIMEOUT,
        )

    address = (base or OFFICIAL).rstrip("/")
    return Bot(
        token,
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=request(TIMEOUT),
        get_updates_request=request(POLL_SECONDS + TIMEOUT),
    )


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
