"""Signing in and out."""

from __future__ import annotations

import hmac
import secrets
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import accounts, attempts, sessions
from bot.accounts import User
from bot.pages import access

MOST_BY_NAME, MOST_BY_ADDRESS = 10, 50  # in `attempts.PERIOD_SECONDS`


def routes() -> list[BaseRoute]:
    """The pages that one reaches without being signed in, and the way out."""
    return [
        Route(access.SIGN_IN, page),
        Route(access.SIGN_IN, enter, methods=["POST"]),
        access.route("/sign-out", leave, roles=access.EVERYBODY, methods=["POST"]),
    ]


async def page(request: Request) -> Response:
    """GET /sign-in: the form, or how the first account is made."""
    there = await run_in_threadpool(accounts.all, access.store(request))
    return _form(request, {"accounts": bool(there)})


async def enter(request: Request) -> Response:
    """POST /sign-in: the next page, or the form again with what was wrong."""
    form = await request.form()
    if not _same_form(request, form):
        return _form(request, {"error": "old_form"}, 403)
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    if not await run_in_threadpool(_may_try, request, name):
        return _form(request, {"error": "too_many", "name": name}, 429)
    user = await run_in_threadpool(accounts.enter, access.store(request), name, password)
    if user is None:
        return _form(request, {"error": "wrong", "name": name}, 403)
    await run_in_threadpool(attempts.forgive, access.store(request), "name", name.lower())
    return await run_in_threadpool(_signed_in, request, user, wanted(request, user))


def leave(request: Request) -> Response:
    """POST /sign-out."""
    sessions.end(access.store(request), request.state.session)
    answer = RedirectResponse(access.SIGN_IN, 303)
    answer.delete_cookie(access.cookie(request), path="/", secure=access.secure(request))
    return answer


def wanted(request: Request, user: User) -> str:
    """The page of ours that was asked for before signing in, else the first of the role."""
    path = request.query_params.get("next", "")
    if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable():
        return path
    return access.home(user)


def remember(request: Request, answer: Response, name: str, value: str) -> None:
    """A cookie that no script and no other site can use."""
    answer.set_cookie(
        name, value, path="/", secure=access.secure(request), httponly=True, samesite="strict"
    )


def _signed_in(request: Request, user: User, then: str) -> Response:
    token = sessions.begin(access.store(request), user, complete=True)
    answer = RedirectResponse(then, 303)
    remember(request, answer, access.cookie(request), token)
    return answer


def _may_try(request: Request, name: str) -> bool:
    store, address = access.store(request), request.client.host if request.client else ""
    by_address = attempts.allowed(store, "address", address, MOST_BY_ADDRESS)
    return by_address and attempts.allowed(store, "name", name.lower(), MOST_BY_NAME)


def _form(request: Request, values: dict[str, Any], status: int = 200) -> Response:
    """The form, with a token of its own in a cookie and a field: nobody is signed in yet."""
    token = request.cookies.get(_form_cookie(request)) or secrets.token_urlsafe(32)
    request.state.csrf = token
    shown = {"accounts": True, "error": "", "name": "", "query": request.url.query, **values}
    answer = access.render(request, "sign_in.html", shown, status)
    remember(request, answer, _form_cookie(request), token)
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
