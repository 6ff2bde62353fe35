"""One's own account."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.knowledge import Knowledge
from bot.pages.sign_in import MOST_BY_NAME
from bot.staff import accounts, sessions
from bot.store import Store
from tests import staff
from tests.staff import PASSWORD

NEW = "another good sentence"
NAME = "operator.one"


@pytest.fixture
def web(light: Store, tmp_path: Path) -> TestClient:
    """Somebody who is signed in."""
    made = staff.signed_in(light, tmp_path)
    made.headers["accept-language"] = "en"
    return made


def change(web: TestClient, present: str = PASSWORD, new: str = NEW, again: str = NEW) -> int:
    """Sends the form for a new password."""
    form = {"present": present, "new": new, "again": again}
    return web.post("/account/password", data=form).status_code


def test_a_new_password_is_taken_and_one_stays_signed_in(light: Store, web: TestClient) -> None:
    assert change(web) == 303
    assert accounts.enter(light, NAME, NEW) is not None
    assert web.get("/account").status_code == 200


def test_a_new_password_signs_one_out_everywhere_else(light: Store, web: TestClient) -> None:
    elsewhere = sessions.begin(light, staff.user(light), complete=True)
    change(web)

    assert sessions.find(light, elsewhere, 12) is None


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"present": "wrong"}, "present"),
        ({"new": "short", "again": "short"}, "short"),
        ({"new": f"i am {NAME} yes", "again": f"i am {NAME} yes"}, "weak"),
        ({"again": "something else here"}, "different"),
    ],
)
def test_what_is_wrong_changes_nothing_and_is_said(
    light: Store, web: TestClient, content: Knowledge, form: dict[str, str], error: str
) -> None:
    sent = {"present": PASSWORD, "new": NEW, "again": NEW} | form
    answer = web.post("/account/password", data=sent)

    assert content.page_words("en")["staff"]["errors"][error] in answer.text
    assert accounts.enter(light, NAME, PASSWORD) is not None


def test_the_present_password_cannot_be_tried_for_long(web: TestClient) -> None:
    for _ in range(MOST_BY_NAME):
        change(web, present="wrong")

    assert change(web) == 403


@pytest.mark.parametrize(("language", "kept"), [("ht", "ht"), ("xx", ""), ("", "")])
def test_the_language_of_the_pages_is_kept(
    light: Store, web: TestClient, language: str, kept: str
) -> None:
    answer = web.post("/account/language", data={"language": language, "next": "/audit"})

    assert answer.headers["location"] == "/audit"
    assert accounts.named(light, NAME).language == kept


def test_changing_the_language_leads_to_no_other_site(web: TestClient) -> None:
    form = {"language": "ht", "next": "//evil.example"}

    assert web.post("/account/language", data=form).headers["location"] == "/account"


@pytest.mark.parametrize(("present", "left"), [(PASSWORD, False), ("wrong", True)])
def test_codes_are_switched_off_with_the_password(
    light: Store, tmp_path: Path, present: str, left: bool
) -> None:
    staff.with_codes(light)
    web = staff.signed_in(light, tmp_path)
    web.post("/account/second-factor", data={"present": present})

    assert accounts.named(light, NAME).second_factor is left


def test_codes_that_are_required_cannot_be_switched_off(light: Store, tmp_path: Path) -> None:
    staff.with_codes(light)
    web = staff.signed_in(light, tmp_path, ALO_SECOND_FACTOR="required")
    web.post("/account/second-factor", data={"present": PASSWORD})

    assert accounts.named(light, NAME).second_factor
    assert "/account/second-factor" not in web.get("/account").text
