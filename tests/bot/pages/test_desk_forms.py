"""What an operator does: each form changes something once, or says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import audit, calls, inbox, notes, outbox, presence, usage
from tests import desks, samples, staff

SCRIPT = {"accept": "application/json", "accept-language": "en"}
CALL = {"language": "ht", "country": "HT", "topic": "documents.passport", "outcome": "answered"}


@pytest.fixture
def anna(store: Store) -> User:
    """An operator."""
    return staff.user(store, "operator", "anna")


@pytest.fixture
def web(store: Store, tmp_path: Path, anna: User) -> TestClient:
    """Her browser, with the script."""
    client = staff.signed_in(store, tmp_path, "operator", "anna")
    client.headers |= SCRIPT
    return client


@pytest.fixture
def case(store: Store, content: Knowledge) -> Case:
    """A conversation that waits."""
    return desks.waiting(store, content)


@pytest.fixture
def mine(store: Store, case: Case, anna: User) -> Case:
    """A conversation that Anna has."""
    assert handover.claim(store, case.id, anna)
    samples.change(store, outbox, state="sent")
    return desks.now(store, case)


def post(web: TestClient, case: Case, act: str, **form: Any) -> Any:
    """Sends a form."""
    return web.post(f"/desk/cases/{case.id}/{act}", data=form)


def written(store: Store) -> list[str]:
    """What operators have written."""
    return samples.column(store, outbox.c.state, outbox.c.author.is_not(None))


def test_claiming_takes_it(web: TestClient, store: Store, case: Case, anna: User) -> None:
    answer = post(web, case, "claim", show="mine")

    assert answer.json() == {"next": f"/desk/cases/{case.id}?show=mine"}
    assert desks.now(store, case).operator == anna.id


def test_claiming_twice_is_no_fault(web: TestClient, case: Case) -> None:
    post(web, case, "claim")

    assert post(web, case, "claim").status_code == 200


def test_who_comes_second_is_told_who_has_it(web: TestClient, store: Store, case: Case) -> None:
    handover.claim(store, case.id, staff.user(store, "operator", "bob"))

    answer = post(web, case, "claim")

    assert (answer.status_code, answer.json()["error"]) == (409, "bob already has it.")


def test_a_reply_is_kept_with_its_author(web: TestClient, store: Store, mine: Case) -> None:
    assert post(web, mine, "answer", text=" hello\r\nyou ", key="k1").status_code == 200
    body = samples.column(store, outbox.c.body, outbox.c.author.is_not(None))[0]

    assert store.keys.unseal(bytes(body))["paragraphs"][0]["full"] == "hello\nyou"


def test_a_reply_with_the_same_key_is_the_same_reply(
    web: TestClient, store: Store, mine: Case
) -> None:
    for _ in range(2):
        assert post(web, mine, "answer", text="hello", key="k1").status_code == 200
    post(web, mine, "answer", text="hello", key="k2")

    assert len(written(store)) == 2


def test_a_reply_that_is_sent_again_after_the_end_is_known(
    web: TestClient, store: Store, mine: Case
) -> None:
    post(web, mine, "answer", text="hello", key="k1")
    post(web, mine, "hand-back")

    assert post(web, mine, "answer", text="hello", key="k1").status_code == 200
    assert post(web, mine, "answer", text="hello", key="k2").json()["error"]
    assert len(written(store)) == 1


@pytest.mark.parametrize(("text", "word"), [("  ", "Write something"), ("x" * 1501, "Too long")])
def test_no_reply_and_one_that_is_too_long(
    web: TestClient, store: Store, mine: Case, text: str, word: str
) -> None:
    answer = post(web, mine, "answer", text=text, key="k1")

    assert answer.status_code == 409
    assert answer.json()["error"].startswith(word)
    assert written(store) == []


@pytest.mark.parametrize("act", ["answer", "again", "hand-back", "close", "transfer"])
def test_what_others_have_is_not_touched(
    web: TestClient, store: Store, case: Case, act: str
) -> None:
    bob = staff.user(store, "operator", "bob")
    handover.claim(store, case.id, bob)

    answer = post(web, case, act, text="hello", outcome="answered", operator=str(bob.id))

    assert answer.status_code == 409
    assert answer.json()["error"] == "This conversation is not with you."
    assert desks.now(store, case).state == "taken"


@pytest.mark.parametrize("act", ["claim", "answer", "close", "note"])
def test_a_conversation_that_is_not_there(web: TestClient, case: Case, act: str) -> None:
    answer = web.post(f"/desk/cases/{case.id + 9}/{act}", data={"text": "x", "outcome": "other"})

    assert answer.json()["error"] == "This conversation is over."


def test_a_note(web: TestClient, store: Store, mine: Case) -> None:
    assert post(web, mine, "note", text="ask again").status_code == 200
    assert post(web, mine, "note", text="").status_code == 409
    assert len(samples.column(store, notes.c.id)) == 1


def test_a_transfer_to_a_colleague_and_to_a_team(
    web: TestClient, store: Store, mine: Case
) -> None:
    bob = staff.user(store, "operator", "bob")

    assert post(web, mine, "transfer", operator=str(bob.id)).status_code == 200
    assert desks.now(store, mine).operator == bob.id


def test_a_transfer_to_a_team(web: TestClient, store: Store, mine: Case, content: Any) -> None:
    team = content.desk.teams[0].id

    assert post(web, mine, "transfer", team=team).status_code == 200
    assert (desks.now(store, mine).state, desks.now(store, mine).team) == ("waiting", team)


@pytest.mark.parametrize("form", [{}, {"operator": "999"}, {"team": "nobody"}])
def test_a_transfer_to_nobody(
    web: TestClient, store: Store, mine: Case, form: dict[str, str]
) -> None:
    assert post(web, mine, "transfer", **form).status_code == 409
    assert desks.now(store, mine).operator == mine.operator


def test_a_transfer_to_a_campaign_team_is_refused(
    web: TestClient, store: Store, mine: Case
) -> None:
    other = staff.user(store, "campaign", "carla")

    assert post(web, mine, "transfer", operator=str(other.id)).status_code == 409


def test_closing_needs_an_outcome(web: TestClient, store: Store, mine: Case) -> None:
    assert post(web, mine, "close").status_code == 409
    assert post(web, mine, "close", outcome="unsafe").status_code == 200
    assert desks.now(store, mine).outcome == "unsafe"


def test_a_failed_reply_is_due_again_once(web: TestClient, store: Store, mine: Case) -> None:
    number = handover.answer(store, mine.id, staff.user(store, "operator", "anna"), "hello")
    samples.change(store, outbox, state="failed")
    for _ in range(2):
        assert post(web, mine, "again", number=str(number)).status_code == 200

    assert written(store) == ["waiting"]
    assert samples.column(store, audit.c.action).count("sent_again") == 1


def test_a_reply_of_another_conversation_is_not_sent_again(
    web: TestClient, store: Store, mine: Case, content: Knowledge
) -> None:
    other = desks.waiting(store, content, "+50937009999")
    samples.change(store, outbox, state="failed")
    number = samples.column(store, outbox.c.id, outbox.c.conversation == other.conversation)[0]
    post(web, mine, "again", number=str(number))

    assert set(samples.column(store, outbox.c.state)) == {"failed"}


def test_only_an_admin_erases(web: TestClient, store: Store, case: Case, tmp_path: Path) -> None:
    assert post(web, case, "erase").status_code == 403
    ada = staff.signed_in(store, tmp_path, "admin", "ada")
    ada.headers |= SCRIPT
    answer = post(ada, case, "erase")

    assert answer.json() == {"next": "/desk"}
    assert samples.column(store, inbox.c.id) == []
    assert samples.column(store, calls.c.id) == []
    assert "deleted" in samples.column(store, audit.c.action)


def test_typing_is_seen(web: TestClient, store: Store, mine: Case) -> None:
    assert post(web, mine, "typing").status_code == 204
    assert samples.column(store, presence.c.handover) == [mine.id]


def test_a_call_is_counted_without_anybody(web: TestClient, store: Store) -> None:
    assert web.post("/desk/calls", data=CALL).json() == {"told": "The call is counted."}
    with store.read() as connection:
        row = connection.execute(usage.select().where(usage.c.measure == "call")).one()

    assert (row.value, row.language, row.country, row.topic, row.channel, row.count) == (
        "answered", "ht", "HT", "documents.passport", "phone", 1,
    )  # fmt: skip
    assert "called" in samples.column(store, audit.c.action)


@pytest.mark.parametrize("field", list(CALL))
@pytest.mark.parametrize("value", ["", "nonsense"])
def test_a_call_with_something_that_is_not_known(
    web: TestClient, store: Store, field: str, value: str
) -> None:
    assert web.post("/desk/calls", data={**CALL, field: value}).status_code == 409
    assert samples.column(store, usage.c.count, usage.c.measure == "call") == []


def test_without_a_script_one_is_led_to_a_page(web: TestClient, store: Store, case: Case) -> None:
    web.headers["accept"] = "text/html"
    answer = post(web, case, "claim", show="waiting")
    refused = post(web, case, "answer", text=" ")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/desk/cases/{case.id}?show=waiting"
    assert refused.status_code == 409
    assert "Write something first." in refused.text


def test_what_was_written_is_given_back(web: TestClient, store: Store, mine: Case) -> None:
    web.headers["accept"] = "text/html"
    long = "a long reply " * 200

    assert long.strip() in post(web, mine, "answer", text=long).text


def test_without_the_token_nothing_happens(web: TestClient, store: Store, case: Case) -> None:
    del web.headers["x-csrf-token"]

    assert post(web, case, "claim").status_code == 403
    assert desks.now(store, case).state == "waiting"
