"""A stand-in for a Chatwoot installation: the client API of an inbox of the kind "API", the parts
of the application API that we use, and its webhooks.

https://developers.chatwoot.com/api-reference/introduction and
https://github.com/chatwoot/docs/blob/main/docs/product/others/webhook-events.md
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.server import BUSY, ERROR, LOST, Dropped, Faults

ACCOUNT, INBOX = "1", "an-inbox-of-nobody"
TOKEN, AGENT_TOKEN = "a-token-of-an-administrator", "a-token-of-an-agent"
SECRET = "a-webhook-secret-for-tests"
LONGEST = 150_000  # letters of a message
SETTINGS = {
    "CHATWOOT_ACCOUNT": ACCOUNT,
    "CHATWOOT_INBOX": INBOX,
    "CHATWOOT_TOKEN": TOKEN,
    "CHATWOOT_WEBHOOK_SECRET": SECRET,
}
KINDS = {"incoming": 0, "outgoing": 1}


@dataclass
class Talk:
    """A conversation. `about` are its custom attributes."""

    number: int
    source: str
    about: dict[str, Any]
    status: str = "open"
    priority: str = ""
    messages: list[dict[str, Any]] = field(default_factory=list)

    def said(self, *, private: bool = False) -> list[str]:
        """What the person wrote, or the private notes."""
        kind = "outgoing" if private else "incoming"
        mine = [x for x in self.messages if x["kind"] == kind and x["private"] == private]
        return [x["content"] for x in mine]


class Chatwoot:
    """What Chatwoot would hold. `bot` is whether an agent bot has new conversations first."""

    def __init__(self, faults: Faults | None = None, *, bot: bool = False) -> None:
        self.faults = faults or Faults()
        self.bot = bot
        self.single = False  # one conversation for each person
        self.contacts: dict[str, dict[str, Any]] = {}
        self.talks: list[Talk] = []
        self.calls: list[tuple[str, str]] = []
        self.webhook_url = ""
        self._last = 100

    def app(self) -> Starlette:
        """The application that answers as Chatwoot does."""
        public = "/public/api/v1/inboxes/{inbox}/contacts"
        account = "/api/v1/accounts/{account}"
        talk = f"{account}/conversations/{{talk:int}}"
        routes = (
            ("POST", public, self._contact),
            ("GET", f"{public}/{{source}}", self._known),
            ("POST", f"{public}/{{source}}/conversations", self._begin),
            ("GET", f"{public}/{{source}}/conversations", self._list),
            ("POST", f"{public}/{{source}}/conversations/{{talk:int}}/messages", self._write),
            ("GET", f"{public}/{{source}}/conversations/{{talk:int}}/messages", self._read),
            ("POST", f"{talk}/messages", self._note),
            ("POST", f"{talk}/toggle_status", self._status),
            ("POST", f"{talk}/toggle_priority", self._priority),
            ("GET", f"{account}/inboxes", self._inboxes),
            ("DELETE", f"{account}/contacts/{{contact:int}}", self._erase),
        )
        made = [Route(path, self._guarded(work), methods=[how]) for how, path, work in routes]
        return Starlette(routes=made)

    def _guarded(self, work: Any) -> Any:
        """The work, unless it fails as networks do or the caller may not do it."""

        async def answer(request: Request) -> Any:
            sent = json.loads(await request.body() or b"{}")
            self.calls.append((request.method, request.url.path))
            fault = await self.faults.next()
            if fault == BUSY:
                return JSONResponse({}, 429, {"retry-after": "1"})
            if fault == ERROR:
                return JSONResponse({"error": "Internal Server Error"}, 500)
            if fault == LOST:
                return Dropped()
            done = self._refused(request) or work(request, sent)
            return Dropped() if fault else done

        return answer

    def _refused(self, request: Request) -> Response | None:
        where = request.path_params
        if "inbox" in where:
            return None if where["inbox"] == INBOX else _missing()
        if request.headers.get("api_access_token") not in (TOKEN, AGENT_TOKEN):
            return JSONResponse({"error": "Invalid Access Token"}, 401)
        return None if where["account"] == ACCOUNT else _missing()

    def _contact(self, _request: Request, sent: dict[str, Any]) -> Response:
        source = sent.get("source_id") or f"made-{self._next()}"
        made = {"id": self._next(), "source_id": source, "pubsub_token": "none", **sent}
        return JSONResponse(self.contacts.setdefault(source, made))

    def _known(self, request: Request, _sent: dict[str, Any]) -> Response:
        found = self.contacts.get(request.path_params["source"])
        return JSONResponse(found) if found else _missing()

    def _begin(self, request: Request, sent: dict[str, Any]) -> Response:
        source = request.path_params["source"]
        if source not in self.contacts:
            return _missing()
        mine = [x for x in self.talks if x.source == source]
        if not (mine and self.single):
            number = len(self.talks) + 1
            state = "pending" if self.bot else "open"
            mine = [Talk(number, source, sent.get("custom_attributes", {}), state)]
            self.talks += mine
        return JSONResponse(_shown(mine[0]))

    def _list(self, request: Request, _sent: dict[str, Any]) -> Response:
        source = request.path_params["source"]
        if source not in self.contacts:
            return _missing()
        return JSONResponse([_shown(x) for x in self.talks if x.source == source])

    def _write(self, request: Request, sent: dict[str, Any]) -> Response:
        talk = self._of(request)
        if talk is None:
            return _missing()
        if not 0 < len(sent["content"]) <= LONGEST:
            return JSONResponse({"message": "Content is too long"}, 422)
        made = self.add(talk, sent["content"], kind="incoming")
        talk.status = "open" if talk.status == "resolved" else talk.status
        return JSONResponse(_message(made))

    def _read(self, request: Request, _sent: dict[str, Any]) -> Response:
        talk = self._of(request)
        if talk is None:
            return _missing()
        return JSONResponse([_message(x) for x in talk.messages if not x["private"]][-20:])

    def _note(self, request: Request, sent: dict[str, Any]) -> Response:
        talk = self._of(request)
        if talk is None:
            return _missing()
        made = self.add(talk, sent["content"], kind=sent["message_type"], private=sent["private"])
        return JSONResponse(_message(made))

    def _status(self, request: Request, sent: dict[str, Any]) -> Response:
        talk = self._of(request)
        if talk is None:
            return _missing()
        talk.status = sent["status"]
        return JSONResponse({"payload": {"success": True, "current_status": talk.status}})

    def _priority(self, request: Request, sent: dict[str, Any]) -> Response:
        talk = self._of(request)
        if talk is None:
            return _missing()
        talk.priority = sent["priority"]
        return Response()

    def _inboxes(self, _request: Request, _sent: dict[str, Any]) -> Response:
        mine = {"id": 3, "inbox_identifier": INBOX, "webhook_url": self.webhook_url}
        return JSONResponse({"payload": [{"id": 2, "channel_type": "Channel::Email"}, mine]})

    def _erase(self, request: Request, _sent: dict[str, Any]) -> Response:
        if request.headers["api_access_token"] == AGENT_TOKEN:
            return JSONResponse({"error": "You are not authorized to do this action"}, 401)
        number = request.path_params["contact"]
        gone = [x for x, contact in self.contacts.items() if contact["id"] == number]
        if not gone:
            return _missing()
        self.contacts.pop(gone[0])
        for talk in [x for x in self.talks if x.source == gone[0]]:
            self.delete(talk)
        return Response()

    def _of(self, request: Request) -> Talk | None:
        source = request.path_params.get("source")
        number = request.path_params["talk"]
        mine = (x for x in self.talks if x.number == number and source in (None, x.source))
        return next(mine, None)

    def delete(self, talk: Talk) -> None:
        """Somebody deletes a conversation. Its number is never given again."""
        talk.source, talk.number = "", 0

    def add(self, talk: Talk, content: str, *, kind: str, private: bool = False) -> dict[str, Any]:
        """A message in a conversation."""
        made = {"id": self._next(), "content": content, "kind": kind, "private": private}
        talk.messages.append({**made, "talk": talk.number})
        return talk.messages[-1]

    def _next(self) -> int:
        self._last += 1
        return self._last

    def reply(self, talk: Talk, text: str, **more: Any) -> dict[str, Any]:
        """An agent writes: the request to the webhook. `more` overrides its parts."""
        private = bool(more.get("private"))
        made = self.add(talk, text, kind="outgoing", private=private)
        return {
            "event": "message_created",
            "id": made["id"],
            "content": text,
            "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.999Z", time.gmtime()),
            "message_type": "outgoing",
            "content_type": "text",
            "content_attributes": {},
            "private": private,
            "sender": {"id": 7, "name": "Marie", "email": "marie@example.org", "type": "user"},
            "account": {"id": int(ACCOUNT), "name": "Team"},
            "inbox": {"id": 3, "name": "Alo"},
            "conversation": {"id": talk.number, "inbox_id": 3, "status": talk.status},
            **more,
        }

    def turned(self, talk: Talk, status: str, **more: Any) -> dict[str, Any]:
        """An agent resolves or opens a conversation: the request to the webhook."""
        talk.status = status
        told = {"event": "conversation_status_changed", "id": talk.number, "inbox_id": 3}
        return {**told, "status": status, "custom_attributes": {}, **more}


def _missing() -> Response:
    return JSONResponse({"error": "Resource could not be found"}, 404)


def _shown(talk: Talk) -> dict[str, Any]:
    messages = [_message(x) for x in talk.messages if not x["private"]]
    return {"id": talk.number, "inbox_id": 3, "status": talk.status, "messages": messages}


def _message(made: dict[str, Any]) -> dict[str, Any]:
    told = {"id": made["id"], "content": made["content"], "content_type": "text"}
    return {**told, "message_type": KINDS[made["kind"]], "conversation_id": made["talk"]}


def signed(
    told: dict[str, Any], secret: str = SECRET, at: float = 0.0
) -> tuple[bytes, dict[str, str]]:
    """A request to the webhook: its body and headers, as Chatwoot signs them."""
    body, stamp = json.dumps(told).encode(), str(int(at or time.time()))
    code = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    headers = {"X-Chatwoot-Timestamp": stamp, "X-Chatwoot-Signature": f"sha256={code}"}
    return body, {"content-type": "application/json", **headers}
