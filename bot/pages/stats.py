"""The statistics page for campaign teams: figures, charts, and the same as files."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute

from bot import knowledge, reports
from bot.counts import figures
from bot.counts.days import Period
from bot.errors import PeriodError
from bot.knowledge import Knowledge
from bot.pages import access, language
from bot.reports import loading, pictures
from bot.reports.document import Document
from bot.staff import audit

CHARTS = {"months": pictures.curve, "map": pictures.map_of}


def routes() -> list[BaseRoute]:
    """The routes of the statistics page."""
    return [
        access.route("/stats", page, roles=access.CAMPAIGN),
        access.route("/stats/figures.json", as_json, roles=access.CAMPAIGN),
        access.route("/stats/chart/{name}.svg", chart, roles=access.CAMPAIGN),
        access.route("/stats/report", report, roles=access.CAMPAIGN, methods=["POST"]),
    ]


def page(request: Request) -> Response:
    """GET /stats?period=2026-Q3&tests=on."""
    try:
        found = loading.periods(access.store(request))
        document = _document(request, request.query_params)
    except PeriodError as error:
        return PlainTextResponse(f"{error}\n", 400)
    return access.render(request, "stats.html", _values(request, document, found))


def _values(request: Request, document: Document, found: list[Period]) -> dict[str, Any]:
    return {
        "document": document,
        "stats": document.words,
        "pictures": pictures,
        "content": _content(request),
        "periods": {
            kind: [(p.name, document.wording.period(p)) for p in found if p.length == length]
            for length, kind in ((3, "quarter"), (1, "month"), (12, "year"))
        },
        "formats": list(reports.FORMATS),
    }


def as_json(request: Request) -> Response:
    """GET /stats/figures.json?period=2026-Q3: the same figures for other programs."""
    try:
        period = _period(request, request.query_params.get("period", ""))
    except PeriodError as error:
        return JSONResponse({"error": str(error)}, 400)
    trial = request.query_params.get("tests") == "on"
    floor = access.settings(request).count_floor
    found = figures.figures(access.store(request), period, trial=trial, floor=floor)
    return JSONResponse(found.as_json())


def chart(request: Request) -> Response:
    """GET /stats/chart/map.svg and months.svg; `narrow=on` is for a phone."""
    name = request.path_params["name"]
    if name not in CHARTS:
        return PlainTextResponse("There is no such chart.\n", 404)
    try:
        document = _document(request, request.query_params)
    except PeriodError as error:
        return PlainTextResponse(f"{error}\n", 400)
    narrow = request.query_params.get("narrow") == "on"
    drawn = CHARTS[name](document, _content(request), narrow)
    return Response(drawn, media_type="image/svg+xml")


def report(request: Request) -> Response:
    """POST /stats/report: the report as a file. Who took it is noted."""
    form = request.state.form
    kind = str(form.get("format", ""))
    if kind not in reports.FORMATS:
        return PlainTextResponse(f"Choose a format: {', '.join(reports.FORMATS)}.\n", 400)
    try:
        document = _document(request, form)
    except PeriodError as error:
        return PlainTextResponse(f"{error}\n", 400)
    made = reports.write(document, _content(request), kind)
    period = Period.of(document.figures.period)
    with access.store(request).write() as connection:
        audit.note(connection, request.state.user.name, "exported", period.name, kind)
    name = reports.file_name(period, document.wording.language, kind)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=reports.FORMATS[kind], headers=headers)


def _document(request: Request, asked: Any) -> Document:
    """The document of what was asked for. Raises PeriodError."""
    config, store, content = (
        access.settings(request),
        access.store(request),
        _content(request),
    )
    period = _period(request, str(asked.get("period", "")))
    tongue = str(asked.get("language", ""))
    if tongue not in content.languages:
        tongue = language.chosen(request, content, request.state.user.language)
    trial = asked.get("tests") == "on"
    return loading.load(store, config, content, period, tongue, trial=trial)


def _period(request: Request, name: str) -> Period:
    store = access.store(request)
    return Period.of(name) if name else loading.usual(loading.periods(store), store)


def _content(request: Request) -> Knowledge:
    return knowledge.load(access.settings(request).knowledge)
