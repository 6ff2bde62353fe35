"""The operators' desk: all its routes, which are for operators and admins."""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.pages import desk_events, desk_forms, desk_help, desk_page
from bot.pages.access import OPERATORS, route


def routes() -> list[BaseRoute]:
    """The routes of the desk."""
    return [
        route("/desk", desk_page.page, roles=OPERATORS),
        route("/desk/queue", desk_page.queue, roles=OPERATORS),
        route("/desk/cases/{case:int}", desk_page.page, roles=OPERATORS),
        route("/desk/cases/{case:int}/parts", desk_page.parts, roles=OPERATORS),
        *desk_forms.routes(),
        *desk_help.routes(),
        *desk_events.routes(),
    ]
