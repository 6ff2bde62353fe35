"""One-time codes: giving one to get in, and setting them up on a phone."""

from __future__ import annotations

from typing import Any

from cryptography.fernet import InvalidToken
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.pages import access, sign_in
from bot.staff import attempts, codes

MOST_CODES = 5  # in `attempts.PERIOD_SECONDS`


def routes() -> list[BaseRoute]:
    """One page for both: which it is depends on the session."""
    path, roles = access.SECOND_FACTOR, access.EVERYBODY
    return [
        access.route(path, page, roles=roles, unfinished=True),
        access.route(path, give, roles=roles, methods=["POST"], unfinished=True),
    ]


def page(request: Request) -> Response:
    """GET /second-factor: asks for a code; of those who have none yet, to set them up."""
    return _ask(request) if _has_to_give(request) else _offer(request, codes.new_secret())


def give(request: Request) -> Response:
    """POST /second-factor: the next page, or the same again with what was wrong."""
    store, user = access.store(request), request.state.user
    again = _ask if _has_to_give(request) else _offer_again
    if not attempts.allowed(store, "code", str(user.id), MOST_CODES):
        return again(request, "too_many", 429)
    if error := (_given if _has_to_give(request) else _set_up)(request):
        return again(request, error, 403)
    attempts.forgive(store, "code", str(user.id))
    return sign_in.admit(request, user, sign_in.wanted(request, user))


def _has_to_give(request: Request) -> bool:
    return request.state.user.second_factor and not request.state.session.complete


def _given(request: Request) -> str:
    """What is wrong with the code, if anything."""
    code = str(request.state.form.get("code", ""))
    return "" if codes.accept(access.store(request), request.state.user, code) else "code"


def _set_up(request: Request) -> str:
    """Takes the new codes over, or says what is wrong. Whoever is in shows the password too."""
    store, user, form = access.store(request), request.state.user, request.state.form
    password = str(form.get("password", ""))
    if request.state.session.complete and not sign_in.password_right(store, user.name, password):
        return "present"
    code = str(form.get("code", ""))
    return "" if codes.set_up(store, user, _sent_secret(request), code) else "code"


def _sent_secret(request: Request) -> str:
    """The secret that the form carried, encrypted, for the one to whom it was shown."""
    try:
        sealed = str(request.state.form.get("sealed", "")).encode()
        owner, secret = access.store(request).keys.unseal(sealed)
    except InvalidToken:
        return codes.new_secret()
    return str(secret) if owner == request.state.user.id else codes.new_secret()


def _ask(request: Request, error: str = "", status: int = 200) -> Response:
    return _show(request, "code.html", {"error": error}, status)


def _offer_again(request: Request, error: str, status: int) -> Response:
    return _offer(request, _sent_secret(request), error, status)


def _offer(request: Request, secret: str, error: str = "", status: int = 200) -> Response:
    user = request.state.user
    values = {
        "error": error,
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "sealed": access.store(request).keys.seal([user.id, secret]).decode(),
        "picture": codes.picture(user, secret),
        "ask_password": request.state.session.complete,
    }
    return _show(request, "second_factor.html", values, status)


def _show(request: Request, name: str, values: dict[str, Any], status: int) -> Response:
    return access.render(request, name, {"query": request.url.query, **values}, status)
