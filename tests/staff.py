"""People who work here, signed in, for the tests of pages for staff."""

from __future__ import annotations

import re
import time
from pathlib import Path

import httpx
import pyotp
from starlette.testclient import TestClient

from bot.staff import accounts, codes, sessions
from bot.staff.accounts import Role, User
from bot.store import Store
from tests.web import client

PASSWORD = "four calm words here"
PAGE = {"accept": "text/html"}  # what a browser sends that shows a page
STEP = 30


def user(store: Store, role: Role = "operator", name: str = "", **more: str) -> User:
    """The account of this name, made if there is none; the name of the role if none is given."""
    wanted = name or f"{role}.one"
    return accounts.by_name(store, wanted) or accounts.add(store, wanted, PASSWORD, role, **more)


def sign_in(web: TestClient, store: Store, who: User, *, complete: bool = True) -> TestClient:
    """The client with a session of this user, who sends its token with every request."""
    token = sessions.begin(store, who, complete=complete)
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


def in_english(store: Store, folder: Path, role: Role, name: str = "") -> TestClient:
    """The same, with a browser in English."""
    made = signed_in(store, folder, role, name)
    made.headers["accept-language"] = "en"
    return made


def code(secret: str, steps: int = 0) -> str:
    """The one-time code that a phone shows now, or some steps of half a minute from now."""
    return pyotp.TOTP(secret).at(time.time() + steps * STEP)


def with_codes(store: Store, role: Role = "operator", name: str = "") -> tuple[User, str]:
    """Somebody who has set up one-time codes, and their secret: the next code is step 1."""
    secret, made = codes.new_secret(), user(store, role, name)
    assert codes.set_up(store, made, secret, code(secret))
    return accounts.named(store, made.name), secret


def fields(answer: httpx.Response) -> dict[str, str]:
    """The hidden fields of the forms of a page."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    return dict(found)
