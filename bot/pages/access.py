"""Who may see which page: the only way to make a page for staff, and what such pages share."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Iterable
from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.templating import Jinja2Templates

from bot import knowledge
from bot.pages import language
from bot.settings import ROOT, Settings
from bot.staff import sessions
from bot.staff.accounts import Role, User
from bot.staff.sessions import Session
from bot.store import Store

ADMINS: frozenset[Role] = frozenset({"admin"})
OPERATORS: frozenset[Role] = frozenset({"operator", "admin"})
CAMPAIGN: frozenset[Role] = frozenset({"campaign", "admin"})
EVERYBODY: frozenset[Role] = frozenset({"operator", "campaign", "admin"})
NAVIGATION: tuple[tuple[str, str, frozenset[Role]], ...] = (
    ("desk", "/desk", OPERATORS),
    ("statistics", "/stats", CAMPAIGN),
    ("audit", "/audit", ADMINS),
)
SIGN_IN, SECOND_FACTOR = "/sign-in", "/second-factor"
SAFE_METHODS = {"GET", "HEAD"}

Endpoint = Callable[[Request], "Response | Awaitable[Response]"]

_templates = Jinja2Templates(directory=ROOT / "bot" / "pages" / "templates")
_templates.env.filters["address"] = lambda values: urlencode(
    {k: v for k, v in values.items() if v}
)


class StaffRoute(Route):
    """A route that only some roles may use."""

    roles: frozenset[Role]


def route(
    path: str,
    endpoint: Endpoint,
    *,
    roles: Iterable[Role] = ADMINS,
    methods: Iterable[str] = ("GET",),
    unfinished: bool = False,
) -> StaffRoute:
    """A route for staff: only admins, unless it names other roles.

    The endpoint finds `request.state.user`, `.csrf` and, of a request that changes something,
    `.form`. It may be async, or a plain function, which then runs in a thread. `unfinished` lets
    those in too who gave their password but no second factor yet.
    """
    allowed = frozenset(roles)

    async def guarded(request: Request) -> Response:
        refused = await _refused(request, allowed, unfinished)
        return refused or await _answer(endpoint, request)

    made = StaffRoute(path, guarded, methods=list(methods))
    made.roles = allowed
    return made


def render(
    request: Request, name: str, values: dict[str, Any] | None = None, status: int = 200
) -> Response:
    """A page from a template that extends `staff.html`."""
    known: User | None = getattr(request.state, "user", None)
    user = known if known and _enough(request, request.state.session) else None
    content = knowledge.load(settings(request).knowledge)
    code = language.chosen(request, content, known.language if known else "")
    shared = {
        "user": user,
        "csrf": getattr(request.state, "csrf", ""),
        "language": code,
        "languages": language.offered(content),
        "words": content.page_words(code),
        "navigation": [
            (key, path) for key, path, roles in NAVIGATION if user and user.role in roles
        ],
        "path": request.url.path,
        "home": home(user) if user else SIGN_IN,
    }
    return _templates.TemplateResponse(request, name, shared | (values or {}), status_code=status)


def home(user: User) -> str:
    """The first page that the role of a user may see."""
    return next((path for _, path, roles in NAVIGATION if user.role in roles), "/account")


async def alive(request: Request) -> bool:
    """Whether the session of a long request, as a stream of events, still holds.

    Ask at least once a minute: a password that is changed ends a stream too.
    """
    found = await run_in_threadpool(session, request)
    return found is not None and found.complete


def session(request: Request) -> Session | None:
    """The session of a request, complete or not, if there is one. Reads the database."""
    token = request.cookies.get(cookie(request), "")
    return sessions.find(store(request), token, settings(request).session_hours) if token else None


def cookie(request: Request) -> str:
    """The name of the session's cookie; browsers let nobody else set a `__Host-` one."""
    return "__Host-alo" if secure(request) else "alo"


def secure(request: Request) -> bool:
    """Whether the pages are reached by https."""
    return settings(request).public_url.startswith("https://")


def is_page(request: Request) -> bool:
    """Whether somebody looks at the answer; otherwise a script does."""
    return "text/html" in request.headers.get("accept", "")


def number(text: str, digits: int = 17) -> int:
    """The number that a form or an address names, or 0 where it is none that a row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else 0


def settings(request: Request) -> Settings:
    """The settings of the application."""
    found: Settings = request.app.state.settings
    return found


def store(request: Request) -> Store:
    """The store of the application."""
    found: Store = request.app.state.store
    return found


async def _refused(request: Request, roles: frozenset[Role], unfinished: bool) -> Response | None:
    """Why the request is not answered, or None; then its state says who asks."""
    found = await run_in_threadpool(session, request)
    if found is None:
        return _first(request, SIGN_IN)
    if not unfinished and not _enough(request, found):
        return _first(request, SECOND_FACTOR)
    request.state.user, request.state.csrf = found.user, found.csrf
    request.state.session = found
    if found.user.role not in roles:
        return _forbidden(request, "not_your_page")
    if not await same_csrf(request, found.csrf):
        return _forbidden(request, "old_form")
    return None


async def same_csrf(request: Request, expected: str) -> bool:
    """Whether a request that changes something carries the token of the session."""
    if request.method in SAFE_METHODS:
        return True
    request.state.form = await request.form() if _is_form(request) else FormData()
    given = request.headers.get("x-csrf-token") or request.state.form.get("csrf", "")
    return bool(expected) and hmac.compare_digest(str(given).encode(), expected.encode())


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "")
    return kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data"))


async def _answer(endpoint: Endpoint, request: Request) -> Response:
    if iscoroutinefunction(endpoint):
        answered: Response = await endpoint(request)
        return answered
    return await run_in_threadpool(endpoint, request)  # type: ignore[arg-type]


def _enough(request: Request, found: Session) -> bool:
    """Whether the second factor was given, and there is one where it must be."""
    required = settings(request).second_factor
    return found.complete and (found.user.second_factor or not required)


def _first(request: Request, address: str) -> Response:
    """To a page that comes first; it leads on to the one that was asked for."""
    if not is_page(request):
        return JSONResponse({"error": "sign in first"}, status_code=401)
    if request.method not in SAFE_METHODS:
        return RedirectResponse(address, 303)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{address}?{urlencode({'next': asked})}", 303)


def _forbidden(request: Request, why: str) -> Response:
    if is_page(request):
        return render(request, "refused.html", {"why": why}, 403)
    return JSONResponse({"error": why}, status_code=403)
