"""The pages of the desk: the queue, one conversation beside it, and parts of them alone."""

from __future__ import annotations

import secrets
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.desk import cases, handover, news, presence, reach, transcript
from bot.desk.cases import Case
from bot.pages import access, desk_help, desk_view
from bot.pages.access import OPERATORS
from bot.pages.desk_view import View
from bot.staff import audit
from bot.staff.accounts import OUTSIDE
from bot.store import Store
from bot.tables import audit as audit_rows
from bot.tables import users

OPENED_SECONDS = 3600.0  # who opens a conversation again within an hour is not written down again


def page(request: Request) -> Response:
    """GET /desk, /desk/cases/12: the whole page."""
    case_id = request.path_params.get("case", 0)
    case = _opened(access.store(request), case_id, request.state.user.name) if case_id else None
    if case_id and case is None:
        return RedirectResponse("/desk", 303)
    return render(request, case)


def refused(request: Request, case_id: int, word: str, text: str) -> Response:
    """Says why a form was not accepted, and gives back what was written in it."""
    view, case = _view(request), _case(access.store(request), case_id)
    name = view.names.get(case.operator or 0, "") if case else ""
    said = str(view.words[word]).format(name=name, number=handover.LONGEST)
    if not access.is_page(request):
        return JSONResponse({"error": said}, 409)
    return render(request, case, said, 409, text)


def told(request: Request, word: str, status: int = 200) -> Response:
    """Says what came of a form that belongs to no conversation."""
    said = str(_view(request).words[word])
    if not access.is_page(request):
        return JSONResponse({"told" if status == 200 else "error": said}, status)
    return render(request, None, said, status)


def render(
    request: Request, case: Case | None, told: str = "", status: int = 200, text: str = ""
) -> Response:
    """The whole page, with something to tell the operator and the text they had written."""
    view = _view(request)
    values = {**_shared(request, view, case), **_queue(request, view)}
    values |= {"told": told, "text": text, "key": secrets.token_hex(16)}
    values |= _conversation(request, view, case) if case else {}
    return access.render(request, "desk.html", values, status)


def queue(request: Request) -> Response:
    """GET /desk/queue: the queue alone."""
    view = _view(request)
    case = _case(access.store(request), access.number(request.query_params.get("case", "")))
    values = {**_shared(request, view, case), **_queue(request, view)}
    return access.render(request, "desk_queue.html", values)


def parts(request: Request) -> Response:
    """GET /desk/cases/12/parts: the transcript, how it stands, and what can be done."""
    view = _view(request)
    case = _case(access.store(request), request.path_params["case"])
    if case is None:
        return Response(status_code=404)
    values = {**_shared(request, view, case), **_conversation(request, view, case)}
    values |= {"text": "", "key": secrets.token_hex(16)}
    return access.render(request, "desk_parts.html", values)


def _view(request: Request) -> View:
    with access.store(request).read() as connection:
        rows = connection.execute(sa.select(users.c.id, users.c.name)).all()
    names = {row.id: row.name for row in rows} | {OUTSIDE.id: OUTSIDE.name}
    return desk_view.of(request, names)


def _shared(request: Request, view: View, case: Case | None) -> dict[str, Any]:
    show = request.query_params.get("show", "all")
    return {
        "desk": view.words,
        "view": view,
        "show": show if show in desk_view.SHOWS else "all",
        "shows": desk_view.SHOWS,
        "case": case,
    }


def _queue(request: Request, view: View) -> dict[str, Any]:
    show = request.query_params.get("show", "all")
    store = access.store(request)
    seen = news.look(store, ())  # before the rows: a change in between shows at the next look
    with store.read() as connection:
        found = cases.queue(connection)
    urgent = [case for case in found if case.urgent and case.state == "waiting"]
    return {
        "rows": desk_view.shown(view, found, show),
        "urgent": [desk_view.row(view, case) for case in urgent],
        "waiting": seen.waiting,
        "queue_mark": seen.queue,
        **_call_choices(view),
    }


def _call_choices(view: View) -> dict[str, Any]:
    """What can be chosen of a call that is logged."""
    content = view.content
    groups = [group for group in content.groups() if group != "meta"]
    return {
        "tongues": {code: view.tongue(code) for code in content.languages},
        "countries": {code: view.country(code) for code in content.countries},
        "groups": {view.topic(x): {t: view.topic(t) for t in content.group(x)} for x in groups},
        "outcomes": _outcomes(view),
    }


def _outcomes(view: View) -> dict[str, str]:
    return {key: view.words["outcomes"].get(key, key) for key in handover.OUTCOMES}


def _conversation(request: Request, view: View, case: Case) -> dict[str, Any]:
    store = access.store(request)
    mark = news.look(store, [case.id]).cases.get(case.id, "")
    with store.read() as connection:
        there = presence.of(connection, [case.id]).get(case.id, [])
        reached = reach.of(store, connection, case)
        colleagues = _colleagues(connection, view)
    return {
        "row": desk_view.row(view, case),
        "lines": [desk_view.line(view, said) for said in transcript.of(store, case)],
        "warnings": desk_view.warnings(view, case, reached),
        "others": desk_view.visitors(view, there),
        "mine": view.mine(case),
        "case_mark": mark,
        "colleagues": colleagues,
        "teams": view.content.desk.team_names(),
        "outcomes": _outcomes(view),
        "canned": desk_help.canned(view, case),
        "longest": handover.LONGEST,
    }


def _colleagues(connection: Connection, view: View) -> dict[int, str]:
    """Who else can take a conversation over."""
    query = (
        sa.select(users.c.id, users.c.name)
        .where(users.c.active, users.c.role.in_(OPERATORS), users.c.id != view.user.id)
        .order_by(users.c.name)
    )
    return {row.id: row.name for row in connection.execute(query)}


def _case(store: Store, case_id: int) -> Case | None:
    with store.read() as connection:
        return cases.get(connection, case_id)


def _opened(store: Store, case_id: int, user: str) -> Case | None:
    """The hand-over, and in the log that somebody looks at it."""
    case = _case(store, case_id)
    if case is None:
        return None
    before = sa.select(audit_rows.c.id).where(
        audit_rows.c.action == "opened",
        audit_rows.c.user == user,
        audit_rows.c.subject == str(case_id),
        audit_rows.c.at > time.time() - OPENED_SECONDS,
    )
    with store.read() as connection:
        known = connection.execute(before.limit(1)).first()
    if known is None:
        with store.write() as connection:
            audit.note(connection, user, "opened", str(case_id))
    return case
