"""The log of who did what, for admins."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.pages import access
from bot.staff import audit
from bot.staff.audit import Entry, Filter

AT_ONCE = 50  # entries on a page
LONGEST_NUMBER = 15  # digits


def routes() -> list[BaseRoute]:
    """The one page."""
    return [access.route("/audit", page)]


def page(request: Request) -> Response:
    """GET /audit: the newest entries, of a user, an action or a subject where one is asked for."""
    wanted = _filter(request)
    with access.store(request).read() as connection:
        found = audit.entries(connection, wanted, AT_ONCE + 1)
        users, actions = (audit.seen(connection, name) for name in ("user", "action"))
    values = {
        "entries": [_shown(entry) for entry in found[:AT_ONCE]],
        "older": found[AT_ONCE - 1].id if len(found) > AT_ONCE else 0,
        "wanted": wanted,
        "users": users,
        "actions": actions,
    }
    return access.render(request, "audit.html", values)


def _filter(request: Request) -> Filter:
    asked = request.query_params
    return Filter(
        user=asked.get("user", ""),
        action=asked.get("action", ""),
        subject=asked.get("subject", "").strip(),
        before=access.number(asked.get("before", ""), LONGEST_NUMBER),
    )


def _shown(entry: Entry) -> dict[str, Any]:
    at = datetime.fromtimestamp(entry.at, timezone.utc)
    return {"entry": entry, "time": at.isoformat(), "shown": f"{at:%Y-%m-%d %H:%M}"}
