"""The language of a page."""

from __future__ import annotations

from starlette.requests import Request

from bot.knowledge import Knowledge


def chosen(request: Request, content: Knowledge, kept: str = "") -> str:
    """The one asked for in the address, else the one kept, else the browser's, else the first."""
    accepted = request.headers.get("accept-language", "").lower().split(",")
    wanted = [request.query_params.get("lang", ""), kept, *(item.strip()[:2] for item in accepted)]
    return next(
        (code for code in wanted if code in content.languages), next(iter(content.languages))
    )


def offered(content: Knowledge) -> list[dict[str, str]]:
    """The code and the own name of each language."""
    return [
        {"code": code, "name": tongue.settings.name} for code, tongue in content.languages.items()
    ]
