"""Who may see which page: every route with every role, and with none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from bot import edge
from bot.knowledge import Knowledge
from bot.pages import access
from bot.pages.access import StaffRoute
from bot.settings import Settings
from bot.staff import accounts, sessions
from bot.staff.accounts import ROLES, Role
from bot.store import Store
from tests import staff
from tests.conftest import make_settings
from tests.staff import PAGE
from tests.web import client

PUBLIC = {
    ("GET", "/"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/phone"),
    ("GET", "/phone/messages"),
    ("POST", "/phone/messages"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/hooks/{name}"),
    ("POST", "/hooks/status/{name}"),
    ("GET", "/static"),
}
REACHED = 299  # no route answers so


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is let in gets an answer that says so, and nothing else happens."""

    async def answer(_endpoint: Any, _request: Request) -> Response:
        return Response(status_code=REACHED)

    monkeypatch.setattr(access, "_answer", answer)


@pytest.fixture
def web(light: Store, config: Settings) -> TestClient:
    """A client of the whole application, signed out."""
    return client(light, config.var)


def routes(store: Store, config: Settings) -> Iterator[tuple[str, str, Route]]:
    """Method, path and route of everything that the application serves."""
    app = cast(Any, edge.application(config, store)).app.app
    for route in app.routes:
        for method in getattr(route, "methods", None) or {"GET"}:
            yield method, route.path, route


def staffs(store: Store, config: Settings) -> list[tuple[str, str, StaffRoute]]:
    """The routes for staff, with paths that can be asked for."""
    found = [x for x in routes(store, config) if isinstance(x[2], StaffRoute)]
    assert len(found) > 5
    return [
        (method, re.sub(r"{[^}]*}", "1", path), cast(StaffRoute, x)) for method, path, x in found
    ]


def test_what_is_open_to_everybody_is_a_short_list(light: Store, config: Settings) -> None:
    found = {(m, p) for m, p, x in routes(light, config) if not isinstance(x, StaffRoute)}

    assert {x for x in found if x[0] != "HEAD"} - PUBLIC == set()


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize("role", ROLES)
def test_each_route_is_open_to_the_roles_it_names_alone(
    light: Store, config: Settings, role: Role
) -> None:
    web = staff.signed_in(light, config.var, role)
    asked = [(m, p, x.roles, web.request(m, p).status_code) for m, p, x in staffs(light, config)]

    wrong = [x for x in asked if x[3] != (REACHED if role in x[2] else 403)]
    assert wrong == []


@pytest.mark.usefixtures("reached")
def test_whoever_is_not_signed_in_is_led_to_the_form(
    light: Store, config: Settings, web: TestClient
) -> None:
    asked = [(m, p, web.request(m, p, headers=PAGE)) for m, p, _ in staffs(light, config)]

    wrong = [
        (method, path, answer.status_code)
        for method, path, answer in asked
        if answer.status_code != 303 or not answer.headers["location"].startswith("/sign-in")
    ]
    assert wrong == []


@pytest.mark.usefixtures("reached")
def test_a_script_that_is_not_signed_in_is_told_so(
    light: Store, config: Settings, web: TestClient
) -> None:
    asked = {web.request(m, p).status_code for m, p, _ in staffs(light, config)}

    assert asked == {401}


@pytest.mark.usefixtures("reached")
@pytest.mark.parametrize("token", [None, "", "x", "é"], ids=["none", "empty", "another", "accent"])
def test_nothing_is_changed_without_the_token_of_the_session(
    light: Store, config: Settings, token: str | None
) -> None:
    web = staff.signed_in(light, config.var, "admin")
    del web.headers["x-csrf-token"]
    changing = [(m, p) for m, p, _ in staffs(light, config) if m not in access.SAFE_METHODS]
    sent = {} if token is None else {"csrf": token}

    assert {web.request(m, p, data=sent).status_code for m, p in changing} == {403}


@pytest.mark.usefixtures("reached")
def test_the_token_may_be_a_field_of_the_form(light: Store, config: Settings) -> None:
    web = staff.signed_in(light, config.var, "admin")
    token = web.headers.pop("x-csrf-token")

    assert web.post("/account/language", data={"csrf": token}).status_code == REACHED


@pytest.mark.usefixtures("reached")
def test_the_token_of_another_session_is_worth_nothing(light: Store, config: Settings) -> None:
    mine, other = (staff.signed_in(light, config.var, "admin") for _ in range(2))
    mine.headers["x-csrf-token"] = other.headers["x-csrf-token"]

    assert mine.post("/account/language").status_code == 403


@pytest.mark.usefixtures("reached")
def test_before_the_second_factor_only_that_is_open(light: Store, config: Settings) -> None:
    web = staff.sign_in(
        client(light, config.var), light, staff.user(light, "admin"), complete=False
    )
    asked = staffs(light, config)

    open_to = {p for m, p, _ in asked if web.request(m, p).status_code == REACHED}
    assert open_to == {"/second-factor", "/sign-out"}


@pytest.mark.usefixtures("reached")
def test_where_a_second_factor_is_required_nothing_else_is_open(
    light: Store, config: Settings
) -> None:
    web = staff.signed_in(light, config.var, "admin", ALO_SECOND_FACTOR="required")

    answer = web.get("/audit?user=paul")
    assert answer.headers["location"] == "/second-factor?next=%2Faudit%3Fuser%3Dpaul"


@pytest.mark.usefixtures("reached")
def test_an_account_that_is_switched_off_is_out_at_once(light: Store, config: Settings) -> None:
    web = staff.signed_in(light, config.var, "admin")
    accounts.set_active(light, staff.user(light, "admin"), False)

    assert web.get("/audit").status_code == 303


def test_a_page_that_is_not_open_says_so_in_words(
    light: Store, config: Settings, content: Knowledge
) -> None:
    web = staff.signed_in(light, config.var, "operator")
    answer = web.get("/audit", headers={"accept-language": "ht"})

    assert content.page_words("ht")["staff"]["not_your_page"] in answer.text


def test_a_script_whose_role_does_not_fit_gets_no_page(light: Store, config: Settings) -> None:
    web = staff.signed_in(light, config.var, "operator")
    answer = web.get("/audit", headers={"accept": "text/event-stream"})

    assert (answer.status_code, answer.json()) == (403, {"error": "not_your_page"})


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("operator", ["/desk"]),
        ("campaign", ["/stats"]),
        ("admin", ["/desk", "/stats", "/audit"]),
    ],
)
def test_a_page_leads_only_where_its_reader_may_go(
    light: Store, config: Settings, role: Role, seen: list[str]
) -> None:
    answer = staff.signed_in(light, config.var, role).get("/account")
    header = answer.text.split("<main")[0].split('class="menu"')[0]

    assert re.findall(r'<a href="(/\w+)"', header) == seen


async def alive(request: Request) -> Response:
    """Whether the session still holds, after what was asked for has happened."""
    store = access.store(request)
    if "end" in request.query_params:
        sessions.end(store, request.state.session)
    return Response(status_code=200 if await access.alive(request) else 410)


@pytest.mark.parametrize(("path", "status"), [("/long", 200), ("/long?end=1", 410)])
def test_a_long_request_learns_that_its_session_is_over(
    light: Store, config: Settings, path: str, status: int
) -> None:
    app = Starlette(routes=[access.route("/long", alive)])
    app.state.settings, app.state.store = config, light
    web = staff.sign_in(TestClient(app), light, staff.user(light, "admin"))

    assert web.get(path).status_code == status


def test_a_page_reached_by_https_has_a_cookie_that_needs_it(light: Store, tmp_path: Path) -> None:
    staff.user(light)
    web = client(light, tmp_path, ALO_PUBLIC_URL="https://alo.example.org")
    made = web.get("/sign-in").headers["set-cookie"]

    assert made.startswith("__Host-alo-form=")
    assert "Secure" in made


def test_the_settings_for_tests_are_those_of_a_machine_alone(tmp_path: Path) -> None:
    assert not make_settings(tmp_path).second_factor
