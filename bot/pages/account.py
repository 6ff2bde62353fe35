"""One's own account: password, language of the pages, one-time codes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot import knowledge
from bot.pages import access, sign_in
from bot.staff import accounts, passwords
from bot.staff.accounts import User

PATH = "/account"


def routes() -> list[BaseRoute]:
    """The page and what its forms change."""
    everybody = access.EVERYBODY
    return [
        access.route(PATH, page, roles=everybody),
        access.route(f"{PATH}/language", set_language, roles=everybody, methods=["POST"]),
        access.route(f"{PATH}/password", set_password, roles=everybody, methods=["POST"]),
        access.route(f"{PATH}/second-factor", remove_factor, roles=everybody, methods=["POST"]),
    ]


def page(request: Request) -> Response:
    """GET /account."""
    return _page(request)


def set_language(request: Request) -> Response:
    """POST /account/language: keeps it and goes back to the page."""
    language = str(request.state.form.get("language", ""))
    if language in knowledge.load(access.settings(request).knowledge).languages:
        accounts.set_language(access.store(request), request.state.user, language)
    back = sign_in.ours(str(request.state.form.get("next", "")))
    return RedirectResponse(back or PATH, 303)


def set_password(request: Request) -> Response:
    """POST /account/password: ends all sessions; this one goes on as a new one."""
    user, new = request.state.user, str(request.state.form.get("new", ""))
    error = _wrong_password(request) or passwords.fault(new, user.name)
    if not error and new != request.state.form.get("again"):
        error = "different"
    if error:
        return _page(request, "password", error)
    accounts.set_password(access.store(request), user, new, by=user.name)
    return sign_in.admit(request, user, f"{PATH}?saved=password")


def remove_factor(request: Request) -> Response:
    """POST /account/second-factor: no one-time codes any more, where they are not required."""
    user: User = request.state.user
    if access.settings(request).second_factor:
        return _page(request)
    if error := _wrong_password(request):
        return _page(request, "factor", error)
    accounts.remove_second_factor(access.store(request), user, by=user.name)
    return sign_in.admit(request, user, f"{PATH}?saved=factor")


def _wrong_password(request: Request) -> str:
    """What is wrong with the present password that was given, if anything."""
    store, user = access.store(request), request.state.user
    if not sign_in.may_try(store, user.name):
        return "too_many"
    given = str(request.state.form.get("present", ""))
    return "" if sign_in.password_right(store, user.name, given) else "present"


def _page(request: Request, part: str = "", error: str = "") -> Response:
    """The page; an error stands at the part of the page to which it belongs."""
    values = {
        "part": part or request.query_params.get("saved", ""),
        "error": error,
        "required": access.settings(request).second_factor,
        "shortest": passwords.SHORTEST,
    }
    return access.render(request, "account.html", values, 403 if error else 200)
