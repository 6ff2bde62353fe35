"""The phone page: a page with a phone on it, to try the assistant without a phone."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import phonenumbers
import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from bot import inbox, knowledge, registry
from bot.errors import AloError
from bot.knowledge import Knowledge
from bot.model import Message, Reply
from bot.pages import language
from bot.settings import ROOT, Settings
from bot.store import Store
from bot.tables import outbox

LOOKS = ("whatsapp", "sms", "telegram")
WAIT_SECONDS = 15.0  # how long a request for news stays open
LOOK_SECONDS = 0.1

_templates = Jinja2Templates(directory=ROOT / "bot" / "pages" / "templates")


async def page(request: Request) -> Response:
    """GET /phone: the page in the language asked for, else the browser's, else the first."""
    content = knowledge.load(_settings(request).knowledge)
    code = language.chosen(request, content)
    values = {
        "language": code,
        "words": content.page_words(code),
        "languages": language.offered(content),
        "countries": _countries(content, code),
    }
    return _templates.TemplateResponse(request, "phone.html", values)


def _countries(content: Knowledge, tongue: str) -> list[dict[str, str]]:
    return [
        {
            "code": code,
            "name": content.country_name(tongue, code),
            "prefix": f"+{phonenumbers.country_code_for_region(code)}",
        }
        for code in content.programme_countries()
    ]


async def write(request: Request) -> Response:
    """POST /phone/messages: takes a message in."""
    web = registry.module("web")
    try:
        incoming = web.parse(json.loads(await request.body()))
    except (ValueError, RecursionError):
        return JSONResponse({"error": "the body is not JSON"}, status_code=400)
    except AloError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    await run_in_threadpool(inbox.receive, _store(request), incoming)
    return JSONResponse({}, status_code=202)


async def read(request: Request) -> Response:
    """GET /phone/messages: the replies after a given one, as soon as there are any."""
    try:
        web = registry.module("web")
        phone = web.phone(request.query_params.get("phone", ""))
        after = web.number(request.query_params.get("after", "0"))
    except AloError as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    store = _store(request)
    conversation = store.keys.pseudonym("web", phone)
    for _ in range(int(WAIT_SECONDS / LOOK_SECONDS)):
        replies = await run_in_threadpool(_sent, store, conversation, after)
        if replies or await request.is_disconnected():
            break
        await asyncio.sleep(LOOK_SECONDS)
    return JSONResponse({"replies": replies})


def _sent(store: Store, conversation: str, after: int) -> list[dict[str, Any]]:
    query = (
        sa.select(outbox.c.id, outbox.c.body)
        .where(outbox.c.conversation == conversation, outbox.c.state == "sent")
        .where(outbox.c.id > after)
        .order_by(outbox.c.id)
    )
    with store.read() as connection:
        rows = connection.execute(query).all()
    return [_shown(row.id, Reply.from_json(store.keys.unseal(bytes(row.body)))) for row in rows]


def _shown(number: int, reply: Reply) -> dict[str, Any]:
    """A reply as each service would show it, and what the program understood."""
    channels = registry.channels()
    return {
        "id": number,
        "views": {look: {"messages": _messages(channels[look].render(reply))} for look in LOOKS},
        "understood": {
            "topic": reply.topic,
            "confidence": reply.confidence,
            "language": reply.language,
            "country": reply.country,
            "outcome": reply.outcome,
            "options": reply.options,
            "sources": reply.sources,
        },
    }


def _messages(messages: list[Message]) -> list[dict[str, Any]]:
    return [
        {
            "type": message.type,
            "text": message.text,
            "encoding": message.encoding,
            "segments": message.segments,
            "characters": len(message.text),
            "buttons": [{"label": b.label, "payload": b.payload} for b in message.buttons],
        }
        for message in messages
    ]


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def _store(request: Request) -> Store:
    found: Store = request.app.state.store
    return found
