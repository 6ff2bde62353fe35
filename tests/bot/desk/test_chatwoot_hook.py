"""Chatwoot's webhook: only who knows the secret may knock, and only replies go on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.desk import handover
from bot.desk.chatwoot_hook import ChatwootHook
from bot.knowledge import Knowledge
from bot.store import Store
from bot.wire import Event, Knock
from tests import desks, web
from tests.conftest import make_settings
from tests.standins.chatwoot import SECRET, SETTINGS, Chatwoot, Talk, signed

URL = {"CHATWOOT_URL": "http://127.0.0.1:1"}
TALK = Talk(12, "source", {})


def knock(told: dict[str, Any], query: str = "", **more: Any) -> Knock:
    """A request as Chatwoot makes it."""
    body, headers = signed(told, **more)
    low = {name.lower(): value for name, value in headers.items()}
    return Knock(f"/hooks/chatwoot{query}", low, body)


def bare(told: dict[str, Any], query: str = "") -> Knock:
    """A request of a version that signs nothing."""
    return Knock(f"/hooks/chatwoot{query}", {}, json.dumps(told).encode())


@pytest.fixture
def hook(tmp_path: Path) -> ChatwootHook:
    """The webhook with its secret."""
    return ChatwootHook(make_settings(tmp_path, **URL, **SETTINGS))


WRITTEN = Chatwoot().reply(TALK, "Bonjou")


@pytest.mark.parametrize(
    ("made", "good"),
    [
        (lambda: knock(WRITTEN), True),
        (lambda: knock(WRITTEN, secret="another secret, as long"), False),
        (lambda: knock(WRITTEN, at=time.time() - 400), False),
        (lambda: knock(WRITTEN, at=time.time() + 400), False),
        (lambda: bare(WRITTEN), False),
        (lambda: bare(WRITTEN, f"?secret={SECRET}"), True),
        (lambda: bare(WRITTEN, "?secret=é"), False),
        (
            lambda: Knock("/", {"x-chatwoot-timestamp": "١", "x-chatwoot-signature": "é"}, b""),
            False,
        ),
    ],
    ids=["signed", "of others", "old", "of the future", "bare", "named", "wrong", "odd"],
)
def test_only_who_knows_the_secret_may_knock(
    hook: ChatwootHook, made: Callable[[], Knock], good: bool
) -> None:
    assert hook.verify(made()) is good


def test_a_body_that_was_changed_is_refused(hook: ChatwootHook) -> None:
    made = knock(WRITTEN)

    assert not hook.verify(Knock(made.path, made.headers, made.body + b" "))


def test_a_reply_is_read(hook: ChatwootHook) -> None:
    told = Chatwoot().reply(TALK, " Bonjou ", created_at="2026-11-27T12:00:00.500Z")
    [event] = hook.parse(bare(told)).events

    assert event == Event(12, message=101, agent=7, text="Bonjou", at=1795780800.5)


@pytest.mark.parametrize(
    "more",
    [
        {"private": True},
        {"message_type": "incoming"},
        {"message_type": "template"},
        {"message_type": "activity"},
        {"sender": {"id": 1, "type": "agent_bot"}},
        {"sender": None},
        {"content_attributes": {"deleted": True}},
        {"event": "conversation_typing_on"},
        {"event": "webwidget_triggered"},
        {"account": {"id": 99}},
    ],
    ids=str,
)
def test_what_is_not_for_the_person_goes_no_further(
    hook: ChatwootHook, more: dict[str, Any]
) -> None:
    assert hook.parse(bare(Chatwoot().reply(TALK, "x", **more))).events == ()


@pytest.mark.parametrize("name", ["conversation_status_changed", "conversation_resolved"])
def test_resolved_is_over_with_its_outcome(hook: ChatwootHook, name: str) -> None:
    told = Chatwoot().turned(
        TALK, "resolved", event=name, custom_attributes={"outcome": "referred"}
    )

    assert hook.parse(bare(told)).events == (Event(12, over=True, outcome="referred"),)


@pytest.mark.parametrize("status", ["open", "pending", "snoozed"])
def test_no_other_state_is_an_end(hook: ChatwootHook, status: str) -> None:
    assert hook.parse(bare(Chatwoot().turned(TALK, status))).events == ()


def post(client: TestClient, told: Any, **more: Any) -> int:
    """The answer of the edge to a signed request."""
    body, headers = signed(told, **more)
    return int(client.post("/hooks/chatwoot", content=body, headers=headers).status_code)


def test_the_edge_takes_a_reply_and_refuses_strangers(
    store: Store, content: Knowledge, tmp_path: Path
) -> None:
    case = desks.waiting(store, content)
    with store.write() as connection:
        handover.placed(connection, case.id, 12)
    client = web.client(store, tmp_path, **URL, **SETTINGS)
    found = [post(client, WRITTEN, secret="x" * 20), post(client, WRITTEN), post(client, [])]

    assert (found, desks.said(store)[-1]) == ([403, 200, 200], "Bonjou")


def test_a_reply_to_nobody_is_marked_as_failed_there(store: Store, tmp_path: Path) -> None:
    client = web.client(store, tmp_path, **URL, **SETTINGS)

    assert post(client, WRITTEN) == 410


def test_without_its_settings_there_is_no_webhook(store: Store, tmp_path: Path) -> None:
    client = web.client(store, tmp_path, **URL)

    assert post(client, WRITTEN) == 404


def test_a_refused_request_is_counted_and_not_told(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = web.client(store, tmp_path, **URL, **SETTINGS)
    post(client, WRITTEN, secret="x" * 20)

    counted = client.app.app.app.state.hooks.refused["chatwoot"]  # type: ignore[attr-defined]
    assert (counted, "Bonjou" in caplog.text, SECRET in caplog.text) == (1, False, False)
