"""The metrics are for this machine or for whoever has the token, and hold no person."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from bot import calls, edge, inbox, outbox
from bot.model import Paragraph, Reply
from bot.store import Store
from bot.tables import outbox as outbox_table
from tests.channels.harness import PERSONAL, RIGS
from tests.channels.recorded import PHONE
from tests.conftest import make_settings
from tests.samples import incoming

TOKEN = "a token for tests, long enough"
HERE = "http://127.0.0.1:8000"
REPLY = Reply(paragraphs=(Paragraph("bonjou Kalbastri"),))


def client(store: Store, folder: Path, address: str = "127.0.0.1", **more: str) -> TestClient:
    """Somebody at an address who asks for the pages."""
    app = edge.application(make_settings(folder, **RIGS["sms"].environment, **more), store)
    return TestClient(app, base_url=HERE, client=(address, 50000))


def answered(store: Store) -> int:
    """A message of a person, and its reply in the outbox. Returns the reply's number."""
    inbox.receive(store, incoming("SM1", PHONE, text="bonjou Kalbastri", channel="sms"))
    job = inbox.claim(store, 30, "w")
    assert job
    inbox.finish(store, job, REPLY, None)
    with store.read() as connection:
        return int(connection.execute(sa.select(outbox_table.c.id)).scalar_one())


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        pytest.param("127.0.0.1", {}, 200, id="this machine"),
        pytest.param("203.0.113.7", {}, 403, id="another"),
        pytest.param("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}, 403, id="by a proxy"),
        pytest.param("127.0.0.1", {"Host": "alo.example.org"}, 403, id="by a tunnel"),
    ],
)
def test_without_a_token_only_this_machine_may_look(
    store: Store, tmp_path: Path, address: str, headers: dict[str, str], status: int
) -> None:
    answer = client(store, tmp_path, address).get("/metrics", headers=headers)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("given", "status"),
    [("", 403), ("Bearer another", 403), (TOKEN, 403), (f"Bearer {TOKEN}", 200)],
)
def test_with_a_token_whoever_has_it_may_look(
    store: Store, tmp_path: Path, given: str, status: int
) -> None:
    web = client(store, tmp_path, "203.0.113.7", ALO_METRICS_TOKEN=TOKEN)

    assert web.get("/metrics", headers={"Authorization": given}).status_code == status


def test_messages_are_counted_by_channel_and_state(store: Store, tmp_path: Path) -> None:
    answered(store)
    said = client(store, tmp_path).get("/metrics").text.splitlines()

    assert 'alo_inbox_messages{channel="sms",state="done"} 1.0' in said
    assert 'alo_outbox_messages{channel="sms",state="waiting"} 1.0' in said
    assert "alo_ready 1.0" in said


def test_what_was_sent_is_in_the_histogram(store: Store, tmp_path: Path) -> None:
    answered(store)
    parcel = outbox.claim(store)
    assert parcel
    outbox.sent(store, parcel)
    said = client(store, tmp_path).get("/metrics").text.splitlines()

    assert 'alo_answer_seconds_bucket{le="300.0"} 1.0' in said


def test_what_a_provider_refused_is_counted_by_its_code(store: Store, tmp_path: Path) -> None:
    answered(store)
    parcel = outbox.claim(store)
    assert parcel
    attempt = calls.begin(store, parcel, 0, None)
    calls.refused(store, attempt.number, "twilio 21211")
    said = client(store, tmp_path).get("/metrics").text.splitlines()

    assert 'alo_calls_refused{channel="sms",code="twilio 21211"} 1.0' in said


def test_strangers_and_acknowledgements_are_counted(store: Store, tmp_path: Path) -> None:
    web, rig = client(store, tmp_path), RIGS["sms"]
    web.post(rig.path, content=rig.encode(rig.text))
    said = web.get("/metrics").text.splitlines()

    assert 'alo_webhooks_refused_total{channel="sms"} 1.0' in said
    assert 'alo_webhook_seconds_count{channel="sms"} 1.0' in said


def test_no_person_is_in_them(store: Store, tmp_path: Path) -> None:
    answered(store)
    web, rig = client(store, tmp_path), RIGS["sms"]
    for case in rig.recorded:
        knock = rig.knock(case.body)
        web.post(knock.path, content=knock.body, headers=dict(knock.headers))
    said = web.get("/metrics").text

    assert [x for x in (*PERSONAL, store.keys.pseudonym("sms", PHONE)) if x in said] == []


def test_while_the_database_is_gone_that_is_what_they_say(tmp_path: Path) -> None:
    gone = Store(make_settings(tmp_path, ALO_DATABASE_URL="sqlite:////tmp"))
    said = client(gone, tmp_path).get("/metrics").text.splitlines()

    assert "alo_ready 0.0" in said
