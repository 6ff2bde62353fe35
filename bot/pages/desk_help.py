"""What helps with writing a reply: its cost, ready-made replies, and any answer of the content."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from bot import registry
from bot.desk import cases, finder
from bot.desk.cases import Case
from bot.desk.finder import Found
from bot.model import Paragraph, Reply
from bot.pages import access, desk_view
from bot.pages.access import OPERATORS, route
from bot.pages.desk_view import View
from bot.text import gsm_form, not_gsm

LONGEST_SEARCH = 200


def routes() -> list[BaseRoute]:
    """The routes of this file."""
    return [
        route("/desk/cases/{case:int}/cost", cost, roles=OPERATORS, methods=("POST",)),
        route("/desk/cases/{case:int}/find", find, roles=OPERATORS, methods=("POST",)),
    ]


def cost(request: Request) -> Response:
    """POST …/cost: what a reply would cost as SMS. The text is in the body, not in the address."""
    text = str(request.state.form.get("text", ""))
    view = desk_view.of(request, {})
    messages = registry.channels()["sms"].render(Reply(paragraphs=(Paragraph(text.strip()),)))
    shown = {
        "segments": sum(message.segments for message in messages),
        "encoding": next((x.encoding for x in messages if x.encoding != "GSM-7"), "GSM-7"),
        "letters": sum(len(message.text) for message in messages),
    }
    dear = not_gsm(gsm_form(text))
    words = view.words["cost"].format(**shown) if text.strip() else ""
    more = view.words["cost_dear"].format(letters=" ".join(dear)) if dear else ""
    return JSONResponse({**shown, "words": words, "dear": more})


def find(request: Request) -> Response:
    """POST …/find: answers for the words, in the person's language, ready to be inserted."""
    view = desk_view.of(request, {})
    with access.store(request).read() as connection:
        case = cases.get(connection, request.path_params["case"])
    if case is None:
        return Response(status_code=404)
    words = str(request.state.form.get("words", ""))[:LONGEST_SEARCH]
    found = [_answer(view, case, topic) for topic in _topics(view, case, words)]
    country = view.country(case.country)
    values = {"desk": view.words, "found": found, "case": case, "country": country}
    return access.render(request, "desk_found.html", values)


def canned(view: View, case: Case) -> list[Found]:
    """The ready-made replies for a person."""
    return finder.canned(view.content, view.language, case.language, case.country)


def _topics(view: View, case: Case, words: str) -> list[str]:
    return finder.topics(view.content, words, (view.language, case.language))


def _answer(view: View, case: Case, topic: str) -> Found:
    found = finder.answer(view.content, topic, case.language, case.country, case.channel)
    return Found(topic, view.topic(topic), found.text, found.sources)
