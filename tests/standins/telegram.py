"""A stand-in for Telegram's Bot API, with its limits and errors. https://core.telegram.org/bots/api"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.server import BUSY, ERROR, LOST, Dropped, Faults, form

TOKEN = "110201543:a-token-of-nobody"
SECRET = "a-secret-for-tests-only"
SENDING = {"sendMessage", "sendLocation", "sendVenue"}
LONGEST = 4096


class Telegram:
    """What Telegram would hold. `blocked` are chats whose person has blocked the bot."""

    def __init__(self, faults: Faults | None = None, *, flood: bool = False) -> None:
        self.faults = faults or Faults()
        self.flood = flood
        self.messages: list[dict[str, Any]] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.blocked: set[str] = set()
        self.unknown: set[str] = set()
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, str] = {}
        self.acknowledged: list[str] = []
        self._last_id = 1000
        self._last_at: dict[str, float] = {}
        self._methods: dict[str, Callable[[dict[str, str]], Any]] = {
            "getMe": lambda _: {"id": 1, "is_bot": True, "first_name": "Alo", "username": "alo"},
            "getWebhookInfo": self._webhook_info,
            "setWebhook": self._set_webhook,
            "deleteWebhook": lambda _: self.webhook.clear() or True,
            "answerCallbackQuery": self._acknowledge,
            "editMessageReplyMarkup": self._edit,
            **dict.fromkeys(SENDING, self._keep),
        }

    def app(self) -> Starlette:
        """The application that answers as Telegram does."""
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/number", self._give_number, methods=["POST"]),
            ]
        )

    async def _give_number(self, request: Request) -> Any:
        """For a message that a person is about to send."""
        return JSONResponse(self.number())

    async def _call(self, request: Request) -> Any:
        method, sent = request.path_params["method"], await form(request)
        if request.path_params["token"] != TOKEN:
            return _error(401, "Unauthorized")
        if method == "getUpdates":
            return await self._get_updates(sent)
        self.calls.append((method, sent))
        fault = await self.faults.next() if method in SENDING else ""
        if fault == BUSY:
            return _error(429, "Too Many Requests", {"retry_after": 1})
        if fault == ERROR:
            return _error(500, "Internal Server Error")
        if fault == LOST:
            return Dropped()
        refused = self._refused(method, sent) if method in SENDING else None
        answer = refused or self._done(method, sent)
        return Dropped() if fault else answer

    def _done(self, method: str, sent: dict[str, str]) -> Response:
        result = self._methods[method](sent)
        if result is None:
            return _error(400, "Bad Request: message to edit not found")
        if result == "same":
            return _error(400, "Bad Request: message is not modified")
        return JSONResponse({"ok": True, "result": result})

    def _refused(self, method: str, sent: dict[str, str]) -> Response | None:
        chat = sent.get("chat_id", "")
        wait = self._last_at.get(chat, 0.0) + 1.0 - time.monotonic()
        buttons = json.loads(sent.get("reply_markup", '{"inline_keyboard": []}'))
        data = [x["callback_data"] for row in buttons["inline_keyboard"] for x in row]
        wrong: tuple[tuple[bool, int, str], ...] = (
            (chat in self.blocked, 403, "Forbidden: bot was blocked by the user"),
            (chat in self.unknown, 400, "Bad Request: chat not found"),
            (method == "sendMessage" and not _readable(sent), 400, "Bad Request: can't parse"),
            (any(len(x.encode()) > 64 for x in data), 400, "Bad Request: BUTTON_DATA_INVALID"),
        )
        for fault, status, text in wrong:
            if fault:
                return _error(status, text)
        if self.flood and wait > 0.05:
            return _error(429, "Too Many Requests", {"retry_after": 1})
        return None

    def number(self) -> int:
        """The next number in the row of all private chats."""
        self._last_id += 1
        return self._last_id

    def _keep(self, sent: dict[str, str]) -> dict[str, Any]:
        number, chat = self.number(), sent["chat_id"]
        self._last_at[chat] = time.monotonic()
        self.messages.append({"id": number, "chat": chat, **sent})
        kept: dict[str, Any] = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": int(chat), "type": "private"},
        }
        return kept

    def _edit(self, sent: dict[str, str]) -> Any:
        """An edit that changes nothing says so; one of a message that is not there as well."""
        number, chat = int(sent["message_id"]), sent["chat_id"]
        there = [x for x in self.messages if x["id"] == number and x["chat"] == chat]
        if not there:
            return None
        same = there[0].get("reply_markup", "") == sent.get("reply_markup", "")
        return "same" if same else True

    def _acknowledge(self, sent: dict[str, str]) -> bool:
        self.acknowledged.append(sent["callback_query_id"])
        return True

    def _set_webhook(self, sent: dict[str, str]) -> bool:
        self.webhook = sent
        return True

    def _webhook_info(self, _sent: dict[str, str]) -> dict[str, Any]:
        url = self.webhook.get("url", "")
        return {"url": url, "has_custom_certificate": False, "pending_update_count": 0}

    async def _get_updates(self, sent: dict[str, str]) -> Response:
        offset, until = int(sent.get("offset", 0)), time.monotonic() + 1.0
        if self.webhook:
            return _error(409, "Conflict: can't use getUpdates while webhook is active")
        self.updates = [x for x in self.updates if x["update_id"] >= offset]
        while not self.updates and time.monotonic() < until:
            await asyncio.sleep(0.02)
        return JSONResponse({"ok": True, "result": self.updates[:100]})


def _error(status: int, text: str, parameters: dict[str, int] | None = None) -> Response:
    told: dict[str, Any] = {"ok": False, "error_code": status, "description": text}
    return JSONResponse({**told, "parameters": parameters or {}}, status)


def _readable(sent: dict[str, str]) -> bool:
    """Whether the text is HTML that Telegram reads, and not too long without its tags."""
    bare = re.sub(r"</?(b|i|u|code)>", "", sent.get("text", ""))
    clean = not re.search(r"<|&(?!amp;|lt;|gt;|quot;)", bare)
    return clean and 0 < len(bare) <= LONGEST


def update(number: int, chat: int, **more: Any) -> dict[str, Any]:
    """An update with a message of a person."""
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1700000000,
            "chat": {"id": chat, "type": "private", "first_name": "Zulmarina"},
            "from": {"id": chat, "is_bot": False, "first_name": "Zulmarina"},
            **more,
        },
    }


def pressed(number: int, chat: int, payload: str) -> dict[str, Any]:
    """An update with a button that was pressed."""
    message = update(number, chat, text="x")["message"]
    author = message.pop("from")
    query = {"id": f"q{number}", "chat_instance": "1", "from": author, "message": message}
    return {"update_id": number, "callback_query": {**query, "data": payload}}
