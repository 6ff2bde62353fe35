"""What helps an operator with writing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.store import Store
from tests import desks, staff


@pytest.fixture
def store(light: Store) -> Store:
    """SQLite is enough here."""
    return light


@pytest.fixture
def web(store: Store, tmp_path: Path) -> TestClient:
    """The browser of an operator."""
    return staff.in_english(store, tmp_path, "operator", "anna")


@pytest.fixture
def case(store: Store, content: Knowledge) -> Case:
    """A conversation in Creole, by SMS."""
    return desks.waiting(store, content, language="ht", channel="sms")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hello", {"segments": 1, "encoding": "GSM-7", "letters": 5}),
        ("x" * 160, {"segments": 1, "encoding": "GSM-7", "letters": 160}),
        ("x" * 161, {"segments": 2, "encoding": "GSM-7", "letters": 161}),
        ("é€" * 55, {"segments": 2, "encoding": "GSM-7", "letters": 110}),
        ("áêç", {"segments": 1, "encoding": "GSM-7", "letters": 3}),
        ("你" * 71, {"segments": 2, "encoding": "UCS-2", "letters": 71}),
    ],
)
def test_a_reply_costs_what_the_channel_will_send(
    web: TestClient, case: Case, text: str, shown: dict[str, Any]
) -> None:
    said = web.post(f"/desk/cases/{case.id}/cost", data={"text": text}).json()

    assert {key: said[key] for key in shown} == shown


def test_dear_letters_are_named(web: TestClient, case: Case) -> None:
    said = web.post(f"/desk/cases/{case.id}/cost", data={"text": "a你b你"}).json()

    assert said["dear"] == "Letters outside the SMS alphabet cost more: 你"


def test_nothing_costs_nothing(web: TestClient, case: Case) -> None:
    assert web.post(f"/desk/cases/{case.id}/cost", data={"text": " "}).json()["words"] == ""


def test_an_answer_is_found_for_the_person(web: TestClient, case: Case) -> None:
    page = web.post(f"/desk/cases/{case.id}/find", data={"words": "passport"}).text

    assert "Ayiti" in page
    assert "data-insert" in page
    assert "Sources" in page


def test_nothing_is_found(web: TestClient, case: Case) -> None:
    page = web.post(f"/desk/cases/{case.id}/find", data={"words": "qwxzjk"}).text

    assert "No answer found" in page


def test_a_country_without_an_answer_is_named(
    web: TestClient, store: Store, content: Knowledge
) -> None:
    case = desks.waiting(store, content, "+50937009999", country="")
    page = web.post(f"/desk/cases/{case.id}/find", data={"words": "passport"}).text

    assert "There is no answer for Country not known." in page


def test_a_conversation_that_is_gone(web: TestClient) -> None:
    assert web.post("/desk/cases/99/find", data={"words": "visa"}).status_code == 404
