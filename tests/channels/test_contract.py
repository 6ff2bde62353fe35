"""What every channel with a webhook must do; a new one is tested here by itself."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot import edge, registry
from bot.edge import MAX_BODY
from bot.hooks import BROKEN
from bot.store import Store
from bot.tables import calls, conversations, inbox
from bot.wire import Delivery
from tests import samples
from tests.channels import harness
from tests.channels.harness import CASES, NAMES, PERSONAL, RIGS, SECRETS, Rig
from tests.channels.recorded import Case
from tests.conftest import make_settings

MUTATIONS = 10_000  # of recorded requests, for each channel
THROUGH_THE_EDGE = 150  # of them sent to the running edge as well

every_rig = pytest.mark.parametrize("rig", RIGS.values(), ids=RIGS)
every_case = pytest.mark.parametrize(("rig", "case"), CASES, ids=NAMES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store on SQLite: what is tested here does not depend on the database."""
    made = Store(make_settings(tmp_path))
    made.upgrade()
    yield made
    made.close()


def client(rig: Rig, store: Store, folder: Path) -> TestClient:
    """A client of the edge with the settings of the channel."""
    app = edge.application(make_settings(folder, **rig.environment), store)
    return TestClient(app, raise_server_exceptions=False)


def post(web: TestClient, rig: Rig, body: harness.Body | bytes, path: str = "") -> int:
    """The status of a signed request."""
    knock = rig.knock(body, path)
    return web.post(knock.path, content=knock.body, headers=dict(knock.headers)).status_code


def rows(store: Store) -> list[str]:
    """The ids of what came in."""
    return samples.column(store, inbox.c.message_id)


def traces(store: Store) -> int:
    """How many rows there are in all tables that a request can write."""
    return sum(len(samples.column(store, x)) for x in (inbox.c.id, conversations.c.id, calls.c.id))


def test_every_channel_with_a_webhook_has_a_rig() -> None:
    hooked = {name for name, channel in registry.sending().items() if channel.hooked}

    assert hooked == set(RIGS)


@every_case
def test_a_recorded_request_means_this(rig: Rig, case: Case, tmp_path: Path) -> None:
    channel = rig.channel(make_settings(tmp_path, **rig.environment))
    found = channel.parse(rig.knock(case.body)).messages

    assert [(x.address, harness.meaning(x)) for x in found] == (
        [] if case.ignored else [(case.address, case.means)]
    )


@every_case
def test_a_recorded_request_is_kept_before_it_is_acknowledged(
    rig: Rig, case: Case, store: Store, tmp_path: Path
) -> None:
    status = post(client(rig, store, tmp_path), rig, case.body)

    assert (status, len(rows(store))) == (200, 0 if case.ignored else 1)


@every_case
def test_the_log_holds_no_person_and_no_secret(
    rig: Rig, case: Case, store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    web = client(rig, store, tmp_path)
    with caplog.at_level(logging.DEBUG):
        post(web, rig, case.body)
        web.post(rig.path, content=rig.encode(case.body), headers=rig.forged)
    said = "\n".join(f"{x.name} {x.getMessage()}" for x in caplog.records)

    assert [x for x in (*PERSONAL, *SECRETS) if x in said] == []


@every_rig
@pytest.mark.parametrize("forged", [False, True], ids=["unsigned", "wrongly signed"])
def test_a_stranger_is_refused_and_leaves_nothing(
    rig: Rig, store: Store, tmp_path: Path, forged: bool
) -> None:
    headers = rig.forged if forged else {}
    answer = client(rig, store, tmp_path).post(
        rig.path, content=rig.encode(rig.text), headers=headers
    )

    assert (answer.status_code, traces(store)) == (403, 0)


@every_rig
def test_strangers_are_counted(rig: Rig, store: Store, tmp_path: Path) -> None:
    web = client(rig, store, tmp_path)
    for _ in range(3):
        web.post(rig.path, content=rig.encode(rig.text))
    app = edge.application(make_settings(tmp_path, **rig.environment), store)
    counted = web.app.app.app.state.hooks.refused  # type: ignore[attr-defined]

    assert (counted[rig.name], app is not None) == (3, True)


@every_rig
def test_a_request_that_is_signed_for_another_body_is_refused_where_bodies_are_signed(
    rig: Rig, store: Store, tmp_path: Path
) -> None:
    signed = rig.knock(rig.text)
    other = rig.encode({**rig.text, "Body": "another"})
    answer = client(rig, store, tmp_path).post(
        rig.path, content=other, headers=dict(signed.headers)
    )

    assert answer.status_code == (200 if rig.name == "telegram" else 403)


@every_rig
def test_a_request_that_comes_again_is_one_message(rig: Rig, store: Store, tmp_path: Path) -> None:
    web = client(rig, store, tmp_path)
    statuses = [post(web, rig, rig.text) for _ in range(3)]

    assert (statuses, len(rows(store))) == ([200] * 3, 1)


@every_rig
@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"\xff\xfe", b"a=b&a=c", b"\x00"])
def test_what_is_no_message_is_ignored(
    rig: Rig, store: Store, tmp_path: Path, body: bytes
) -> None:
    status = post(client(rig, store, tmp_path), rig, body)

    assert (status in (200, 403), traces(store)) == (True, 0)


@every_rig
def test_a_body_that_is_too_large_is_refused(rig: Rig, store: Store, tmp_path: Path) -> None:
    body = rig.encode(rig.text) + b" " * MAX_BODY

    assert (post(client(rig, store, tmp_path), rig, body), traces(store)) == (413, 0)


@every_rig
def test_a_kind_that_nobody_knows_is_ignored(rig: Rig, store: Store, tmp_path: Path) -> None:
    assert (post(client(rig, store, tmp_path), rig, rig.unknown), traces(store)) == (200, 0)


@every_rig
def test_a_report_never_becomes_a_message(rig: Rig, store: Store, tmp_path: Path) -> None:
    if rig.status is None:
        return
    web = client(rig, store, tmp_path)
    path, body = rig.status
    statuses = [post(web, rig, body, path), post(web, rig, body, rig.path)]

    assert (statuses, traces(store)) == ([200, 200], 0)


@every_rig
def test_without_its_settings_the_channel_is_off(rig: Rig, store: Store, tmp_path: Path) -> None:
    app = edge.application(make_settings(tmp_path), store)

    assert post(TestClient(app), rig, rig.text) == 404


@every_rig
def test_each_setting_that_is_missing_is_named(rig: Rig, tmp_path: Path) -> None:
    kind = type(registry.channels()[rig.name])
    for name in kind.needs:
        less = {k: v for k, v in rig.environment.items() if k != name}

        assert kind.missing(make_settings(tmp_path, **less)) == [name]


@every_rig
def test_while_the_database_is_gone_the_provider_is_asked_to_come_again(
    rig: Rig, tmp_path: Path
) -> None:
    gone = Store(make_settings(tmp_path, ALO_DATABASE_URL="sqlite:////tmp"))

    assert post(client(rig, gone, tmp_path), rig, rig.text) == 503


@every_rig
def test_ten_thousand_broken_requests_raise_nothing_unforeseen(rig: Rig, tmp_path: Path) -> None:
    channel = rig.channel(make_settings(tmp_path, **rig.environment))
    chance, bodies = random.Random(7), [case.body for case in rig.recorded]
    for _ in range(MUTATIONS):
        knock = rig.knock(harness.mutated(rig, chance.choice(bodies), chance))
        channel.verify(knock)
        try:
            found: Delivery = channel.parse(knock)
        except BROKEN:
            continue
        assert all(x.channel == rig.name and x.message_id and x.address for x in found.messages)


@every_rig
def test_broken_requests_never_break_the_edge(rig: Rig, store: Store, tmp_path: Path) -> None:
    web = client(rig, store, tmp_path)
    chance, bodies = random.Random(11), [case.body for case in rig.recorded]
    statuses = {
        post(web, rig, harness.mutated(rig, chance.choice(bodies), chance))
        for _ in range(THROUGH_THE_EDGE)
    }

    assert statuses <= {200, 403}
