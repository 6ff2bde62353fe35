"""Signing in and out."""

from __future__ import annotations

import hmac
import secrets
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import knowledge
from bot.pages import access
from bot.staff import accounts, attempts, audit, sessions
from bot.staff.accounts import User
from bot.store import Store

MOST_BY_NAME, MOST_BY_ADDRESS = 10, 50  # in `attempts.PERIOD_SECONDS`


def routes() -> list[BaseRoute]:
    """The page that one reaches without being signed in, and the way out."""
    return [
        Route(access.SIGN_IN, page),
        Route(access.SIGN_IN, enter, methods=["POST"]),
        access.route(
            "/sign-out", leave, roles=access.EVERYBODY, methods=["POST"], unfinished=True
        ),
    ]


def page(request: Request) -> Response:
    """GET /sign-in: the form, or how the first account is made."""
    return _form(request, {"accounts": bool(accounts.all(access.store(request)))})


async def enter(request: Request) -> Response:
    """POST /sign-in: the next page, or the form again with what was wrong."""
    form = await request.form()
    if not _same_form(request, form):
        return _form(request, {"error": "old_form"}, 403)
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    return await run_in_threadpool(_enter, request, name, password)


def leave(request: Request) -> Response:
    """POST /sign-out."""
    sessions.end(access.store(request), request.state.session)
    answer = RedirectResponse(access.SIGN_IN, 303)
    answer.delete_cookie(access.cookie(request), path="/", secure=access.secure(request))
    return answer


def password_right(store: Store, name: str, password: str) -> User | None:
    """Who comes in with this password. One that is wrong is noted with its account."""
    user = accounts.enter(store, name, password)
    if user:
        attempts.forgive(store, "name", name.lower())
    elif known := accounts.by_name(store, name):
        with store.write() as connection:
            audit.note(connection, known.name, "wrong_password")
    return user


def may_try(store: Store, name: str) -> bool:
    """Whether there were not yet too many tries with this name."""
    return attempts.allowed(store, "name", name.lower(), MOST_BY_NAME)


def admit(request: Request, user: User, then: str) -> Response:
    """Signs somebody in, with everything that it takes, and goes on to a page."""
    store = access.store(request)
    with store.write() as connection:
        audit.note(connection, user.name, "signed_in")
    return _begin(request, user, then, complete=True)


def wanted(request: Request, user: User) -> str:
    """The page of ours that was asked for before signing in, else the first of the role."""
    return ours(request.query_params.get("next", "")) or access.home(user)


def ours(path: str) -> str:
    """The path if it is one of this site; otherwise nothing."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else ""


def _enter(request: Request, name: str, password: str) -> Response:
    store = access.store(request)
    address = request.client.host if request.client else ""
    fits = attempts.allowed(store, "address", address, MOST_BY_ADDRESS)
    if not (fits and may_try(store, name)):
        return _form(request, {"error": "too_many", "name": name}, 429)
    user = password_right(store, name, password)
    if user is None:
        return _form(request, {"error": "wrong", "name": name}, 403)
    return _go_on(request, _in_language(request, user))


def _go_on(request: Request, user: User) -> Response:
    """In, or first to the second factor."""
    then = wanted(request, user)
    if not user.second_factor and not access.settings(request).second_factor:
        return admit(request, user, then)
    first = f"{access.SECOND_FACTOR}?{urlencode({'next': then})}"
    return _begin(request, user, first, complete=False)


def _in_language(request: Request, user: User) -> User:
    """Keeps the language that was chosen on the page."""
    language = request.query_params.get("lang", "")
    known = knowledge.load(access.settings(request).knowledge).languages
    if language in known and language != user.language:
        accounts.set_language(access.store(request), user, language)
    return user


def _begin(request: Request, user: User, then: str, *, complete: bool) -> Response:
    """A new session in the place of the old one: a token from before is worth nothing."""
    store, old = access.store(request), access.session(request)
    token = sessions.begin(store, user, complete=complete, instead_of=old.id if old else "")
    answer = RedirectResponse(then, 303)
    _remember(request, answer, access.cookie(request), token)
    return answer


def _form(request: Request, values: dict[str, Any], status: int = 200) -> Response:
    """The form, with a token of its own in a cookie and a field: nobody is signed in yet."""
    token = request.cookies.get(_form_cookie(request)) or secrets.token_urlsafe(32)
    request.state.csrf = token
    shown = {"accounts": True, "error": "", "name": "", "query": request.url.query, **values}
    answer = access.render(request, "sign_in.html", shown, status)
    _remember(request, answer, _form_cookie(request), token)
    return answer


def _same_form(request: Request, form: FormData) -> bool:
    """Whether the form is ours, from this browser and not from another site."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    expected = request.cookies.get(_form_cookie(request), "")
    given = str(form.get("csrf", ""))
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def _form_cookie(request: Request) -> str:
    return f"{access.cookie(request)}-form"


def _remember(request: Request, answer: Response, name: str, value: str) -> None:
    """A cookie that no script and no other site can use."""
    answer.set_cookie(
        name, value, path="/", secure=access.secure(request), httponly=True, samesite="strict"
    )
