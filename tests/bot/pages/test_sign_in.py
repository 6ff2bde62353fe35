"""Signing in: who gets in, who does not, how often one may try, and what a browser keeps."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from bot.knowledge import Knowledge
from bot.pages.sign_in import MOST_BY_ADDRESS, MOST_BY_NAME, ours
from bot.settings import Settings
from bot.staff import accounts, audit, sessions
from bot.staff.accounts import Role
from bot.staff.audit import Filter
from bot.store import Store
from tests import staff
from tests.staff import PAGE, PASSWORD, fields
from tests.web import client

NAME = "marie.p"
ENGLISH = {"accept-language": "en", **PAGE}


@pytest.fixture
def web(light: Store, tmp_path: Path) -> TestClient:
    """A client of the application, signed out; there is an account."""
    staff.user(light, "admin", NAME)
    made = client(light, tmp_path)
    made.headers |= ENGLISH
    return made


@pytest.fixture
def words(content: Knowledge) -> dict[str, str]:
    """The English words for what went wrong."""
    found: dict[str, str] = content.page_words("en")["staff"]["errors"]
    return found


def send(
    web: TestClient, name: str = NAME, password: str = PASSWORD, query: str = "", **more: str
) -> httpx.Response:
    """Fills the form in and sends it."""
    form = fields(web.get(f"/sign-in{query}")) | {"name": name, "password": password}
    return web.post(f"/sign-in{query}", data=form | more)


def log(store: Store) -> list[tuple[str, str]]:
    """Who did what, newest first."""
    with store.read() as connection:
        return [(x.user, x.action) for x in audit.entries(connection, Filter(), 100)]


def test_name_and_password_open_the_pages(web: TestClient) -> None:
    answer = send(web)

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert web.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("role", "first"), [("operator", "/desk"), ("campaign", "/stats"), ("admin", "/desk")]
)
def test_the_first_page_is_that_of_the_role(
    light: Store, web: TestClient, role: Role, first: str
) -> None:
    staff.user(light, role, "paul")

    assert send(web, "paul").headers["location"] == first


def test_the_page_that_was_asked_for_comes_first(web: TestClient) -> None:
    asked = web.get("/audit?user=paul").headers["location"]
    query = asked.removeprefix("/sign-in")

    assert send(web, query=query).headers["location"] == "/audit?user=paul"


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a\r\nb", "/\tx"],
)
def test_no_other_site_comes_after_signing_in(path: str) -> None:
    assert ours(path) == ""


@pytest.mark.parametrize(("name", "password"), [(NAME, "wrong"), ("nobody", PASSWORD), ("", "")])
def test_anything_else_does_not_open_them(
    web: TestClient, words: dict[str, str], name: str, password: str
) -> None:
    answer = send(web, name, password)

    assert (answer.status_code, words["wrong"] in answer.text) == (403, True)
    assert web.get("/account").status_code == 303


def test_the_form_keeps_the_name_and_never_the_password(web: TestClient) -> None:
    answer = send(web, '"><b>', "no password of anybody")

    assert "&#34;&gt;&lt;b&gt;" in answer.text
    assert "no password of anybody" not in answer.text


def test_signing_in_is_noted_and_so_is_a_wrong_password(light: Store, web: TestClient) -> None:
    send(web, password="wrong")
    send(web)

    assert log(light)[:2] == [(NAME, "signed_in"), (NAME, "wrong_password")]


def test_a_name_that_is_nobodys_is_not_written_down(light: Store, web: TestClient) -> None:
    send(web, "my password by mistake", "x")

    assert log(light) == [("alo", "user_added")]


def test_after_too_many_tries_the_right_password_waits_too(
    web: TestClient, words: dict[str, str]
) -> None:
    for _ in range(MOST_BY_NAME):
        send(web, password="wrong")
    answer = send(web)

    assert (answer.status_code, words["too_many"] in answer.text) == (429, True)


def test_a_name_in_capitals_is_the_same_name(web: TestClient) -> None:
    for _ in range(MOST_BY_NAME):
        send(web, NAME.upper(), "wrong")

    assert send(web).status_code == 429


def test_names_in_turn_are_counted_by_address(light: Store, web: TestClient) -> None:
    form = fields(web.get("/sign-in")) | {"password": "x"}
    answers = [
        web.post("/sign-in", data=form | {"name": f"nobody{i}"}).status_code
        for i in range(MOST_BY_ADDRESS + 1)
    ]

    assert answers == [403] * MOST_BY_ADDRESS + [429]


def test_the_right_password_forgives_what_went_before(web: TestClient) -> None:
    for _ in range(3):
        for _ in range(MOST_BY_NAME - 1):
            send(web, password="wrong")
        assert send(web).status_code == 303


@pytest.mark.parametrize("given", [{"csrf": ""}, {"csrf": "x"}, {"csrf": "é"}])
def test_a_form_that_is_not_ours_is_refused(web: TestClient, given: dict[str, str]) -> None:
    assert send(web, **given).status_code == 403
    assert web.get("/account").status_code == 303


def test_a_form_without_its_cookie_is_refused(web: TestClient) -> None:
    form = fields(web.get("/sign-in")) | {"name": NAME, "password": PASSWORD}
    web.cookies.clear()

    assert web.post("/sign-in", data=form).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_is_refused(web: TestClient, site: str) -> None:
    web.headers["sec-fetch-site"] = site

    assert send(web).status_code == 403


def test_two_tabs_with_the_form_both_work(web: TestClient) -> None:
    first = fields(web.get("/sign-in"))
    web.get("/sign-in")

    form = first | {"name": NAME, "password": PASSWORD}
    assert web.post("/sign-in", data=form).status_code == 303


def test_the_cookie_is_for_this_site_and_no_script(web: TestClient) -> None:
    made = next(x for x in send(web).headers.get_list("set-cookie") if x.startswith("alo="))

    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(made.split("; "))


def test_a_token_from_before_signing_in_is_worth_nothing(light: Store, web: TestClient) -> None:
    mine = sessions.begin(light, staff.user(light, "operator", "paul"), complete=True)
    web.cookies.set("alo", mine)
    send(web)

    assert sessions.find(light, mine, 12) is None


def test_signing_out_ends_the_session(light: Store, web: TestClient) -> None:
    send(web)
    token = web.cookies["alo"]
    answer = web.post("/sign-out", data=fields(web.get("/account")))

    assert (answer.headers["location"], sessions.find(light, token, 12)) == ("/sign-in", None)
    assert "alo" not in web.cookies


def test_the_language_that_was_chosen_is_kept(light: Store, web: TestClient) -> None:
    send(web, query="?lang=ht")

    assert accounts.named(light, NAME).language == "ht"
    assert '<html lang="ht">' in web.get("/account").text


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_the_form_is_in_the_language_of_the_browser(
    web: TestClient, content: Knowledge, language: str
) -> None:
    answer = web.get("/sign-in", headers={"accept-language": f"{language},en;q=0.5"})

    assert content.page_words(language)["staff"]["sign_in_intro"] in answer.text


def test_where_there_is_no_account_the_page_says_how_to_make_one(
    light: Store, config: Settings
) -> None:
    answer = client(light, config.var).get("/sign-in", headers=PAGE)

    assert "alo user add NAME --role admin" in answer.text
    assert "<form" not in answer.text


def test_where_codes_are_set_up_the_password_alone_opens_nothing(
    light: Store, web: TestClient
) -> None:
    staff.with_codes(light, "admin", NAME)
    answer = send(web, query="?next=/audit")

    assert answer.headers["location"] == "/second-factor?next=%2Faudit"
    assert web.get("/audit").headers["location"].startswith("/second-factor")
