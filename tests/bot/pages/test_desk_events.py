"""News for the desk: what changes is said once, to all who listen, as long as they may."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.pages import desk_events
from bot.staff import accounts, sessions
from bot.store import Store
from bot.tables import presence
from tests import desks, samples, staff
from tests.conftest import make_settings

OTHER = "+50937009999"


@pytest.fixture
def store(light: Store) -> Store:
    """SQLite is enough here."""
    return light


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is looked at often."""
    for name in ("LOOK_SECONDS", "BEAT_SECONDS", "SEEN_SECONDS"):
        monkeypatch.setattr(desk_events, name, 0.01)


@pytest.fixture
def app(store: Store, tmp_path: Any) -> Any:
    """The application, as far as the events need it."""
    return SimpleNamespace(state=SimpleNamespace(store=store, settings=make_settings(tmp_path)))


@pytest.fixture
def case(store: Store, content: Knowledge) -> Case:
    """A conversation that waits."""
    return desks.waiting(store, content)


def request(app: Any, store: Store, name: str = "anna") -> Any:
    """The request of an operator's browser."""
    user = staff.user(store, "operator", name)
    token = sessions.begin(store, user, complete=True)
    state = SimpleNamespace(user=user)
    return SimpleNamespace(app=app, state=state, cookies={"alo": token})


async def following(events: AsyncIterator[dict[str, Any]]) -> dict[str, Any]:
    """The next event."""
    return await asyncio.wait_for(events.__anext__(), 20)


async def test_the_marks_come_first(app: Any, store: Store, case: Case) -> None:
    events = desk_events.stream(request(app, store), case.id)
    found = [await following(events), await following(events)]

    assert {event["event"] for event in found} == {"queue", "case"}
    assert json.loads(found[0]["data"])["waiting"] == 1
    await events.aclose()  # type: ignore[attr-defined]


async def test_what_happens_comes_by_itself(
    app: Any, store: Store, case: Case, content: Knowledge
) -> None:
    events = desk_events.stream(request(app, store), 0)
    before = await following(events)
    desks.waiting(store, content, OTHER)
    after = await following(events)

    assert after["data"] != before["data"]
    assert json.loads(after["data"])["waiting"] == 2
    await events.aclose()  # type: ignore[attr-defined]


async def test_one_look_serves_all(
    app: Any, store: Store, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    streams = [desk_events.stream(request(app, store, name), 0) for name in ("anna", "bob")]
    for events in streams:
        await following(events)

    assert len({id(app.state.board._task)}) == 1
    assert len(app.state.board._listeners) == 2
    for events in streams:
        await events.aclose()  # type: ignore[attr-defined]


async def test_when_nobody_listens_nobody_looks(app: Any, store: Store, case: Case) -> None:
    events = desk_events.stream(request(app, store), 0)
    await following(events)
    await events.aclose()  # type: ignore[attr-defined]
    await asyncio.wait_for(app.state.board._task, 20)

    assert app.state.board._task.done()


async def test_who_listens_is_there_and_then_gone(app: Any, store: Store, case: Case) -> None:
    events = desk_events.stream(request(app, store), case.id)
    await following(events)
    assert samples.column(store, presence.c.handover) == [case.id]
    await events.aclose()  # type: ignore[attr-defined]
    await asyncio.wait_for(app.state.board._task, 20)

    assert samples.column(store, presence.c.handover) == []


async def test_the_news_end_with_the_session(app: Any, store: Store, case: Case) -> None:
    events = desk_events.stream(request(app, store), 0)
    await following(events)
    accounts.set_active(store, staff.user(store, "operator", "anna"), False)

    last = {}
    async for event in events:
        last = event
    assert last["event"] == "over"


async def test_a_conversation_that_is_erased_has_an_empty_mark(
    app: Any, store: Store, case: Case
) -> None:
    events = desk_events.stream(request(app, store), case.id + 9)
    found = [await following(events), await following(events)]

    assert [x["data"] for x in found if x["event"] == "case"] == [""]
    await events.aclose()  # type: ignore[attr-defined]


async def test_no_event_holds_a_word_of_anybody(app: Any, store: Store, case: Case) -> None:
    anna = request(app, store)
    handover.claim(store, case.id, anna.state.user)
    events = desk_events.stream(anna, case.id)
    told = str([await following(events), await following(events)])

    for hidden in (case.alias, case.conversation, samples.ADDRESS, "text of", "anna"):
        assert hidden not in told
    await events.aclose()  # type: ignore[attr-defined]
