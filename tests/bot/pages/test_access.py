"""Who may see which page."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient

from bot.pages import access
from bot.settings import Settings
from bot.store import Store
from tests import staff
from tests.conftest import make_settings


async def shown(request: Request) -> Response:
    """A page that says who sees it."""
    return JSONResponse({"user": request.state.user.name})


def small(store: Store, folder: Path) -> TestClient:
    """An application with one route of each kind."""
    routes = [
        access.route("/nothing-said", shown),
        access.route("/operators", shown, roles=access.OPERATORS, methods=["GET", "POST"]),
    ]
    app = Starlette(routes=routes)
    app.state.settings, app.state.store = make_settings(folder), store
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("admin", "/nothing-said", 200),
        ("operator", "/nothing-said", 403),
        ("campaign", "/nothing-said", 403),
        ("admin", "/operators", 200),
        ("operator", "/operators", 200),
        ("campaign", "/operators", 403),
    ],
)
def test_a_route_is_open_to_the_roles_it_names_and_else_to_admins(
    store: Store, config: Settings, role: access.Role, path: str, status: int
) -> None:
    web = staff.sign_in(small(store, config.var), store, staff.user(store, role))

    assert web.get(path).status_code == status
