"""What an operator does on the desk: each form is one change, made by bot/desk/handover.py.

A form that a browser sends by itself is answered with a page; one that the script sends, with
`{"next": address}` or `{"error": words}`.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from bot import knowledge, outbox
from bot.counts import usage
from bot.desk import cases, handover, presence
from bot.desk.cases import Case
from bot.errors import NotYours
from bot.pages import access, desk_page, desk_view
from bot.pages.access import ADMINS, OPERATORS, route
from bot.staff import accounts, audit
from bot.store import Store

LONGEST_NOTE = 2000
CALL = "phone"  # the channel of a call that is counted

Act = Callable[[Request, Store, Case], str]  # returns the word for what is wrong, or nothing


def routes() -> list[BaseRoute]:
    """The routes of this file."""
    acts: dict[str, Act] = {
        "claim": _claim,
        "answer": _answer,
        "again": _again,
        "note": _note,
        "transfer": _transfer,
        "hand-back": _hand_back,
        "close": _close,
    }
    of_a_case = "/desk/cases/{case:int}"
    return [
        *(
            route(f"{of_a_case}/{name}", _form(act), roles=OPERATORS, methods=("POST",))
            for name, act in acts.items()
        ),
        route(f"{of_a_case}/erase", _form(_erase), roles=ADMINS, methods=("POST",)),
        route(f"{of_a_case}/typing", typing, roles=OPERATORS, methods=("POST",)),
        route("/desk/calls", call, roles=OPERATORS, methods=("POST",)),
    ]


def _form(act: Act) -> Callable[[Request], Response]:
    """The endpoint of a form of one hand-over."""

    def endpoint(request: Request) -> Response:
        store = access.store(request)
        case_id = request.path_params["case"]
        with store.read() as connection:
            case = cases.get(connection, case_id)
        if case is None:
            return _refused(request, case_id, "gone")
        try:
            wrong = act(request, store, case)
        except NotYours:
            wrong = _lost(store, case_id)
        return _refused(request, case_id, wrong) if wrong else _done(request, case_id)

    return endpoint


def _lost(store: Store, case_id: int) -> str:
    """Why a conversation is not the operator's."""
    with store.read() as connection:
        case = cases.get(connection, case_id)
    return "gone" if case is None or case.state == "ended" else "not_yours"


def _done(request: Request, case_id: int) -> Response:
    """To the conversation; of one that is erased there is nothing left to see."""
    with access.store(request).read() as connection:
        left = cases.get(connection, case_id)
    address = f"/desk/cases/{case_id}" if left else "/desk"
    show = str(request.state.form.get("show", ""))
    address += f"?show={show}" if show in desk_view.SHOWS else ""
    if access.is_page(request):
        return RedirectResponse(address, 303)
    return JSONResponse({"next": address})


def _refused(request: Request, case_id: int, wrong: str) -> Response:
    """Says what is wrong, and gives back what was written."""
    text = str(request.state.form.get("text", ""))
    return desk_page.refused(request, case_id, wrong, text)


def _claim(request: Request, store: Store, case: Case) -> str:
    taken = handover.claim(store, case.id, request.state.user)
    return "" if taken else _first(store, case.id, request.state.user.id)


def _first(store: Store, case_id: int, user: int) -> str:
    """Why a conversation cannot be taken; one's own is taken already."""
    with store.read() as connection:
        case = cases.get(connection, case_id)
    if case is None or case.state == "ended":
        return "gone"
    return "" if case.operator == user else "claimed_by"


def _answer(request: Request, store: Store, case: Case) -> str:
    """A reply goes to the outbox once, however often its form is sent: its key is remembered."""
    text, key = _text(request), str(request.state.form.get("key", ""))[:36]
    if not text:
        return "empty_reply"
    if len(text) > handover.LONGEST:
        return "too_long"
    handover.answer(store, case.id, request.state.user, text, key=key)
    return ""


def _again(request: Request, store: Store, case: Case) -> str:
    """Sends a reply again that has failed."""
    if case.state != "taken" or case.operator != request.state.user.id:
        raise NotYours("only who has a conversation may write in it")
    number = _number(request, "number")
    with store.write() as connection:
        if outbox.send_again(connection, number, case.conversation):
            audit.note(connection, request.state.user.name, "sent_again", str(case.id))
    return ""


def _note(request: Request, store: Store, case: Case) -> str:
    text = _text(request)
    if not text:
        return "empty_reply"
    handover.note(store, case.id, request.state.user, text[:LONGEST_NOTE])
    return ""


def _transfer(request: Request, store: Store, case: Case) -> str:
    team = str(request.state.form.get("team", ""))
    to = accounts.by_id(store, _number(request, "operator"))
    if to is not None and to.active and to.role in OPERATORS:
        handover.transfer(store, case.id, request.state.user, to=to)
    elif team in _teams(request):
        handover.transfer(store, case.id, request.state.user, team=team)
    else:
        return "transfer_choose"
    return ""


def _hand_back(request: Request, store: Store, case: Case) -> str:
    handover.hand_back(store, case.id, request.state.user)
    return ""


def _close(request: Request, store: Store, case: Case) -> str:
    outcome = str(request.state.form.get("outcome", ""))
    if outcome not in handover.OUTCOMES:
        return "close_choose"
    handover.close(store, case.id, request.state.user, outcome)
    return ""


def _erase(request: Request, store: Store, case: Case) -> str:
    """Erases a conversation at once, as the word BORRAR does."""
    with store.write() as connection:
        handover.forget(connection, case.conversation)
        audit.note(connection, request.state.user.name, "deleted", str(case.id))
    return ""


def typing(request: Request) -> Response:
    """POST …/typing: the operator writes in the reply box."""
    case_id = request.path_params["case"]
    presence.typed(access.store(request), case_id, request.state.user.id)
    return Response(status_code=204)


def call(request: Request) -> Response:
    """POST /desk/calls: counts a call to the line. Nothing is kept of who called."""
    content = knowledge.load(access.settings(request).knowledge)
    names = ("language", "country", "topic", "outcome")
    language, country, topic, outcome = (str(request.state.form.get(x, "")) for x in names)
    known = language in content.languages and country in content.countries
    if not known or topic not in content.topics or outcome not in handover.OUTCOMES:
        return desk_page.told(request, "calls_choose", status=409)
    with access.store(request).write() as connection:
        usage.count(
            connection,
            measure="call",
            value=outcome,
            channel=CALL,
            language=language,
            country=country,
            topic=topic,
        )
        audit.note(connection, request.state.user.name, "called", "", outcome)
    return desk_page.told(request, "calls_saved")


def _text(request: Request) -> str:
    """What was written, with the line ends of a text and not of a form."""
    return str(request.state.form.get("text", "")).replace("\r\n", "\n").strip()


def _number(request: Request, name: str) -> int:
    return access.number(str(request.state.form.get(name, "")), 9)


def _teams(request: Request) -> list[str]:
    rules = knowledge.load(access.settings(request).knowledge).desk
    return [team.id for team in rules.teams]
