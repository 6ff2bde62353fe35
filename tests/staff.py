"""People who work here, signed in, for the tests of pages for staff."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from bot import accounts, sessions
from bot.accounts import Role, User
from bot.store import Store
from tests.web import client

PASSWORD = "four calm words here"
PAGE = {"accept": "text/html"}  # what a browser sends that shows a page


def user(store: Store, role: Role = "operator", name: str = "", **more: str) -> User:
    """The account of this name, made if there is none; the name of the role if none is given."""
    wanted = name or f"{role}.one"
    return accounts.by_name(store, wanted) or accounts.add(store, wanted, PASSWORD, role, **more)


def sign_in(web: TestClient, store: Store, who: User) -> TestClient:
    """The client with a session of this user, who sends its token with every request."""
    token = sessions.begin(store, who, complete=True)
    found = sessions.find(store, token, 12)
    assert found is not None
    web.cookies.set("alo", token)
    web.headers |= {"x-csrf-token": found.csrf, **PAGE}
    return web


def signed_in(
    store: Store, folder: Path, role: Role = "operator", name: str = "", **environment: str
) -> TestClient:
    """A client of the application in which somebody of this role is signed in."""
    return sign_in(client(store, folder, **environment), store, user(store, role, name))
