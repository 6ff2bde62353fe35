"""Telegram's errors become ours, without the text of theirs."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.errors import Blocked, Retryable, Undeliverable, Unsure
from channels import _telegram_api as api


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """An error as the library raises it from another."""
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (RetryAfter(7), Retryable),
        (Forbidden("bot was blocked by 77190042"), Blocked),
        (InvalidToken("110201543:token"), Retryable),
        (Conflict("another"), Retryable),
        (BadRequest("chat 77190042 not found"), Undeliverable),
        (ChatMigrated(77190042), Undeliverable),
        (TimedOut(), Unsure),
        (NetworkError("Bad Gateway"), Unsure),
        (caused(TimedOut(), httpx.ConnectTimeout("")), Retryable),
        (caused(TimedOut(), httpx.PoolTimeout("")), Retryable),
        (caused(TimedOut(), httpx.ReadTimeout("")), Unsure),
        (caused(NetworkError(""), httpx.ConnectError("")), Retryable),
        (caused(NetworkError(""), httpx.RemoteProtocolError("")), Unsure),
    ],
)
def test_each_error_has_its_class(theirs: TelegramError, ours: type[Exception]) -> None:
    found = api.meaning(theirs)

    assert (type(found), "77190042" in str(found), "token" in str(found).lower()) == (
        ours,
        False,
        "InvalidToken" in str(found),
    )


def test_the_wait_is_the_one_that_telegram_wants() -> None:
    found = api.meaning(RetryAfter(7))

    assert isinstance(found, Retryable)
    assert (found.after, found.everybody) == (7.0, True)


@pytest.mark.parametrize(
    ("base", "address"),
    [("", "https://api.telegram.org/botT"), ("http://127.0.0.1:9/", "http://127.0.0.1:9/botT")],
)
def test_a_stand_in_takes_the_place_of_telegram(base: str, address: str) -> None:
    assert api.bot("T", base).base_url == address
