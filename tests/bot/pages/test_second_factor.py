"""One-time codes on their page."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from bot.pages.second_factor import MOST_CODES
from bot.staff import accounts, sessions
from bot.store import Store
from tests import staff
from tests.staff import PASSWORD, code, fields
from tests.web import client

PATH = "/second-factor"
OTHER = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def web(light: Store, tmp_path: Path) -> TestClient:
    """Somebody who has to set codes up before anything else, after giving the password."""
    made = client(light, tmp_path, ALO_SECOND_FACTOR="required")
    return staff.sign_in(made, light, staff.user(light), complete=False)


@pytest.fixture
def secret(light: Store) -> str:
    """The secret of somebody who has set codes up."""
    return staff.with_codes(light)[1]


@pytest.fixture
def asked(light: Store, secret: str, tmp_path: Path) -> TestClient:
    """They gave their password and are asked for a code."""
    return staff.sign_in(client(light, tmp_path), light, staff.user(light), complete=False)


def shown_secret(page: httpx.Response) -> str:
    """The key that the page shows as text."""
    return page.text.split('id="secret">')[1].split("<")[0].replace(" ", "")


def set_up(web: TestClient, **more: str) -> httpx.Response:
    """Opens the page and does what it says."""
    page = web.get(PATH)
    form = fields(page) | {"code": code(shown_secret(page))}
    return web.post(PATH, data=form | more)


def test_a_code_opens_the_pages(light: Store, asked: TestClient, secret: str) -> None:
    before = asked.cookies["alo"]
    answer = asked.post(f"{PATH}?next=/account", data={"code": code(secret, 1)})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert sessions.find(light, before, 12) is None
    assert asked.get("/account").status_code == 200


@pytest.mark.parametrize("wrong", ["000000", "", "x" * 1000])
def test_a_wrong_code_does_not(asked: TestClient, wrong: str) -> None:
    assert asked.post(PATH, data={"code": wrong}).status_code == 403
    assert asked.get("/account").status_code == 303


def test_a_code_is_not_taken_twice(
    light: Store, asked: TestClient, secret: str, tmp_path: Path
) -> None:
    again = staff.sign_in(client(light, tmp_path), light, staff.user(light), complete=False)
    now = {"code": code(secret, 1)}

    assert [x.post(PATH, data=now).status_code for x in (asked, again)] == [303, 403]


def test_after_too_many_codes_the_right_one_waits_too(asked: TestClient, secret: str) -> None:
    for _ in range(MOST_CODES):
        asked.post(PATH, data={"code": "000000"})

    assert asked.post(PATH, data={"code": code(secret, 1)}).status_code == 429


def test_who_has_codes_is_shown_no_secret_before_giving_one(asked: TestClient) -> None:
    assert "sealed" not in fields(asked.get(PATH))


def test_who_has_codes_cannot_set_others_up_before_giving_one(
    light: Store, asked: TestClient, secret: str
) -> None:
    sealed = light.keys.seal([staff.user(light).id, OTHER]).decode()

    assert asked.post(PATH, data={"sealed": sealed, "code": code(OTHER)}).status_code == 403


def test_setting_codes_up_opens_the_pages(light: Store, web: TestClient) -> None:
    answer = set_up(web)

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert accounts.named(light, "operator.one").second_factor
    assert web.get("/account").status_code == 200


def test_a_wrong_code_sets_nothing_up_and_keeps_the_same_secret(
    light: Store, web: TestClient
) -> None:
    page = web.get(PATH)
    answer = web.post(PATH, data=fields(page) | {"code": "000000"})

    assert (answer.status_code, shown_secret(answer)) == (403, shown_secret(page))
    assert not accounts.named(light, "operator.one").second_factor


@pytest.mark.parametrize("sealed", ["", "x", "é"])
def test_a_secret_that_is_not_ours_is_not_taken(web: TestClient, sealed: str) -> None:
    assert set_up(web, sealed=sealed).status_code == 403


def test_the_secret_of_somebody_else_is_not_taken(light: Store, web: TestClient) -> None:
    other = light.keys.seal([staff.user(light, name="paul").id, OTHER]).decode()

    assert set_up(web, sealed=other, code=code(OTHER)).status_code == 403


@pytest.mark.parametrize(("password", "status"), [(PASSWORD, 303), ("wrong", 403), ("", 403)])
def test_a_new_phone_takes_the_password_as_well(
    light: Store, secret: str, tmp_path: Path, password: str, status: int
) -> None:
    web = staff.signed_in(light, tmp_path)

    assert set_up(web, password=password).status_code == status


def test_a_new_phone_ends_what_the_old_one_could(
    light: Store, secret: str, tmp_path: Path
) -> None:
    set_up(staff.signed_in(light, tmp_path), password=PASSWORD)
    again = staff.sign_in(client(light, tmp_path), light, staff.user(light), complete=False)

    assert again.post(PATH, data={"code": code(secret, 1)}).status_code == 403


def test_after_a_reset_codes_are_set_up_anew(light: Store, secret: str, tmp_path: Path) -> None:
    accounts.remove_second_factor(light, staff.user(light))
    web = staff.sign_in(
        client(light, tmp_path, ALO_SECOND_FACTOR="required"),
        light,
        staff.user(light),
        complete=False,
    )

    assert set_up(web).status_code == 303
