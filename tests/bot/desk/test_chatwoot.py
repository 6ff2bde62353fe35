"""Calls to Chatwoot, and what each of its errors means: try again, ask first, or leave it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot import doctor
from bot.desk import chatwoot
from bot.desk.chatwoot import Gone, Refused
from bot.errors import ChannelError, Retryable, Undeliverable, Unsure
from tests.conftest import make_settings
from tests.standins.chatwoot import SETTINGS, Chatwoot
from tests.standins.server import Dropped, serving


def answering(status: int, body: str = "{}", **headers: str) -> ASGIApp:
    """A server that answers everything so."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await Request(scope, receive).body()
        await Response(body, status, headers)(scope, receive, send)

    return app


@contextmanager
def at(url: str, folder: Path, **more: str) -> Iterator[chatwoot.Chatwoot]:
    """The client of a server at this address."""
    yield chatwoot.Chatwoot(make_settings(folder, CHATWOOT_URL=url, **{**SETTINGS, **more}))


async def failing(url: str, folder: Path) -> ChannelError:
    """The error of a call that fails."""
    with at(url, folder) as there, pytest.raises(ChannelError) as caught:
        await there.write("source", 1, "Bonjou", "echo")
    await there.close()
    return caught.value


@pytest.mark.parametrize(
    ("status", "kind", "after"),
    [
        (401, Refused, 60.0),
        (403, Refused, 60.0),
        (404, Gone, None),
        (422, Undeliverable, None),
        (429, Retryable, 7.0),
        (500, Unsure, 0.0),
        (503, Unsure, 0.0),
        (302, Unsure, 0.0),
    ],
)
async def test_what_a_status_means(
    tmp_path: Path, status: int, kind: type[ChannelError], after: float | None
) -> None:
    with serving(answering(status, **{"retry-after": "7"})) as url:
        error = await failing(url, tmp_path)

    assert (type(error), getattr(error, "after", None)) == (kind, after)


@pytest.mark.parametrize("body", ["<html>sign in</html>", "{}", '{"id": null}'])
async def test_an_answer_that_is_not_chatwoots_may_have_been_one(
    tmp_path: Path, body: str
) -> None:
    with serving(answering(200, body)) as url:
        error = await failing(url, tmp_path)

    assert type(error) is Unsure


async def test_a_call_that_broke_off_may_have_arrived(tmp_path: Path) -> None:
    with serving(Dropped()) as url:
        error = await failing(url, tmp_path)

    assert type(error) is Unsure


async def test_a_server_that_is_not_there_has_surely_got_nothing(tmp_path: Path) -> None:
    error = await failing("http://127.0.0.1:1", tmp_path)

    assert type(error) is Retryable


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, {"the inbox is there": True, "its webhook points here": True}),
        ({"CHATWOOT_INBOX": "x"}, {"there is no such inbox in this account": False}),
        (
            {"CHATWOOT_TOKEN": "x"},
            {"does not accept us: chatwoot 401: refused, see `alo doctor`": False},
        ),
        (
            {"ALO_PUBLIC_URL": "https://other.example.org"},
            {"the inbox is there": True, "its webhook points elsewhere": False},
        ),
    ],
    ids=["in order", "inbox", "token", "webhook"],
)
def test_the_doctor_says_what_is_wrong(
    tmp_path: Path, more: dict[str, str], found: dict[str, bool]
) -> None:
    there = Chatwoot()
    there.webhook_url = "https://alo.example.org/hooks/chatwoot?secret=x"
    with serving(there.app()) as url:
        values = {"CHATWOOT_URL": url, "ALO_PUBLIC_URL": "https://alo.example.org", **SETTINGS}
        findings = doctor.run(make_settings(tmp_path, **{**values, **more}))

    told = {x.what: x.good for x in findings if x.what.startswith("chatwoot")}
    assert told == {f"chatwoot: {what}": good for what, good in found.items()}


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    [finding] = [
        x
        for x in doctor.run(make_settings(tmp_path, CHATWOOT_URL="https://desk.example.org"))
        if x.what == "chatwoot: off"
    ]

    assert (finding.good, "CHATWOOT_INBOX" in finding.todo) == (False, True)
