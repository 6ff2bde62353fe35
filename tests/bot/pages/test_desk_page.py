"""The page of the desk, as it comes from the program."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import audit, handovers, outbox
from tests import desks, samples, staff

OTHER = "+50937009999"
HOUR = 3600.0


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
    """A conversation that waits."""
    return desks.waiting(store, content, channel="whatsapp")


def rows(page: str) -> list[int]:
    """The conversations of the queue, in order."""
    return [int(number) for number in re.findall(r'id="row-(\d+)"', page)]


def test_an_empty_desk_says_so(web: TestClient) -> None:
    assert "It is quiet now." in web.get("/desk").text


def test_a_row_tells_what_an_operator_needs(web: TestClient, case: Case) -> None:
    page = web.get("/desk/queue").text

    for words in (case.alias, "English", "Haiti", "WhatsApp", "Passport", "waiting for"):
        assert words in page


def test_no_page_has_a_number_or_a_pseudonym(web: TestClient, case: Case) -> None:
    pages = [web.get(path).text for path in ("/desk", f"/desk/cases/{case.id}")]

    for hidden in (case.conversation, samples.ADDRESS[1:]):
        page = "".join(pages).replace(f"first of {samples.ADDRESS}", "")  # what the person wrote
        assert hidden not in page


def test_urgent_ones_are_first_and_ring(
    web: TestClient, store: Store, case: Case, content: Knowledge
) -> None:
    urgent = desks.waiting(store, content, OTHER, urgent=True, why="danger")
    page = web.get("/desk/queue").text

    assert rows(page) == [urgent.id, case.id]
    assert f'data-id="{urgent.id}"' in page
    assert f'data-id="{case.id}"' not in page


def test_an_urgent_one_rings_under_every_filter(
    web: TestClient, store: Store, content: Knowledge
) -> None:
    urgent = desks.waiting(store, content, OTHER, urgent=True, why="danger")
    page = web.get("/desk/queue?show=mine").text

    assert rows(page) == []
    assert f'data-id="{urgent.id}"' in page


@pytest.fixture
def several(store: Store, content: Knowledge) -> dict[str, int]:
    """One that waits, one of Anna, one of Bob, one of a team."""
    found = {}
    for number, name in enumerate(("waiting", "anna", "bob", "team")):
        topic = "h2.cost" if name == "team" else "documents.passport"
        made = desks.waiting(store, content, f"+5093700999{number}", topic=topic, country="MX")
        found[name] = made.id
        if name in ("anna", "bob"):
            assert handover.claim(store, made.id, staff.user(store, "operator", name))
    return found


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("all", {"waiting", "anna", "bob", "team"}),
        ("waiting", {"waiting", "team"}),
        ("mine", {"anna"}),
        ("teams", {"waiting", "anna", "bob"}),
        ("nonsense", {"waiting", "anna", "bob", "team"}),
    ],
)
def test_the_queue_is_filtered(
    web: TestClient, several: dict[str, int], show: str, names: set[str]
) -> None:
    page = web.get(f"/desk/queue?show={show}").text

    assert set(rows(page)) == {several[name] for name in names}


def test_the_conversation_beside_the_queue(web: TestClient, case: Case) -> None:
    page = web.get(f"/desk/cases/{case.id}").text

    assert f"text of first of {samples.ADDRESS}" in page
    assert "Take it" in page
    assert 'id="reply"' not in page


def test_ones_own_conversation_can_be_answered(web: TestClient, store: Store, case: Case) -> None:
    handover.claim(store, case.id, staff.user(store, "operator", "anna"))
    page = web.get(f"/desk/cases/{case.id}").text

    for piece in ('id="reply"', "Back to Alo", "Could not reach the person", 'name="key"'):
        assert piece in page
    assert "Take it" not in page


def test_one_of_others_can_only_be_read(web: TestClient, store: Store, case: Case) -> None:
    handover.claim(store, case.id, staff.user(store, "operator", "bob"))
    page = web.get(f"/desk/cases/{case.id}").text

    assert "With bob" in page
    assert 'id="reply"' not in page
    assert 'id="giving"' not in page


def test_an_admin_can_take_one_of_others_over(store: Store, case: Case, tmp_path: Path) -> None:
    handover.claim(store, case.id, staff.user(store, "operator", "bob"))
    ada = staff.signed_in(store, tmp_path, "admin", "ada")
    ada.headers["accept-language"] = "en"
    page = ada.get(f"/desk/cases/{case.id}").text

    assert 'id="reply"' not in page
    assert 'id="giving"' in page
    assert "ada (you)" in page


@pytest.mark.parametrize("path", ["/desk/cases/99", "/desk/cases/99?show=mine"])
def test_a_conversation_that_is_gone_leads_to_the_queue(web: TestClient, path: str) -> None:
    answer = web.get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")


def test_the_parts_of_one_that_is_gone(web: TestClient) -> None:
    assert web.get("/desk/cases/99/parts").status_code == 404


def test_opening_is_written_down_once_an_hour(web: TestClient, store: Store, case: Case) -> None:
    for _ in range(2):
        web.get(f"/desk/cases/{case.id}")
    opened = (audit.c.action == "opened", audit.c.subject == str(case.id))
    assert samples.column(store, audit.c.user, *opened) == ["anna"]
    samples.change(store, audit, at=time.time() - 2 * HOUR)
    web.get(f"/desk/cases/{case.id}")

    assert samples.column(store, audit.c.user, *opened) == ["anna", "anna"]


def test_the_queue_alone_opens_nothing(web: TestClient, store: Store, case: Case) -> None:
    web.get("/desk")
    web.get(f"/desk/queue?case={case.id}")

    assert "opened" not in samples.column(store, audit.c.action)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (10, "less than 1 min"),
        (61, "1 min"),
        (59 * 60, "59 min"),
        (2 * HOUR + 300, "2 h 5 min"),
        (30 * HOUR, "30 h 0 min"),
        (49 * HOUR, "2 days"),
    ],
)
def test_how_long_somebody_waits(
    web: TestClient, store: Store, case: Case, ago: float, words: str
) -> None:
    samples.change(store, handovers, began_at=time.time() - ago)

    assert f"waiting for {words}" in web.get("/desk/queue").text


def test_a_failed_reply_offers_to_send_again_to_who_has_it(
    web: TestClient, store: Store, case: Case
) -> None:
    handover.claim(store, case.id, staff.user(store, "operator", "anna"))
    samples.change(store, outbox, state="failed")

    assert "Send again" in web.get(f"/desk/cases/{case.id}").text


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Atención"), ("ht", "Biwo"), ("fr", "Demandes")]
)
def test_the_desk_speaks_the_language_of_the_operator(
    store: Store, tmp_path: Path, case: Case, language: str, title: str
) -> None:
    staff.user(store, "operator", f"one.{language}", language=language)
    page = staff.signed_in(store, tmp_path, "operator", f"one.{language}").get("/desk").text

    assert f'lang="{language}"' in page
    assert f"({1}) {title}" in page


@pytest.mark.parametrize("path", ["/desk", "/desk/queue", "/desk/events", "/desk/cases/1"])
def test_a_campaign_team_sees_none_of_it(store: Store, tmp_path: Path, path: str) -> None:
    assert staff.signed_in(store, tmp_path, "campaign").get(path).status_code == 403


def test_nothing_on_the_page_is_inline(web: TestClient, store: Store, case: Case) -> None:
    handover.claim(store, case.id, staff.user(store, "operator", "anna"))
    page = web.get(f"/desk/cases/{case.id}").text

    assert not re.search(r"<style|style=|\son\w+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
