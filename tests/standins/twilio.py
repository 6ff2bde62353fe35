"""A stand-in for Twilio: the Messages and Content API, numbers, webhooks with signatures.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
import uuid
from datetime import datetime, timezone
from email.utils import format_datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from tests.standins.server import BUSY, ERROR, LOST, Dropped, Faults, form

ACCOUNT, TOKEN = "AC" + "0" * 32, "a token of nobody"
SERVICE = "MG" + "1" * 32
LONGEST = 1600
DEMO = "https://demo.twilio.com/welcome/voice/"  # what a new number says to callers
STATES = ("sent", "delivered")
API = "/2010-04-01/Accounts/{account}"


class Twilio:
    """What Twilio would hold. `refuses` are error codes by address; `late` come by callback."""

    def __init__(self, faults: Faults | None = None, *, receipts: bool = False) -> None:
        self.faults = faults or Faults()
        self.receipts = receipts
        self.messages: list[dict[str, Any]] = []
        self.contents: dict[str, dict[str, Any]] = {}
        self.refuses: dict[str, int] = {}
        self.late: dict[str, int] = {}
        self.no_content = False
        self.calls: list[dict[str, str]] = []
        self.numbers = [
            {
                "sid": "PN1",
                "phone_number": "+15005550006",
                "sms_url": "",
                "sms_method": "POST",
                "voice_url": DEMO,
            }
        ]
        self.service: dict[str, Any] = {
            "sid": SERVICE,
            "inbound_request_url": "",
            "inbound_method": "POST",
            "use_inbound_webhook_on_number": True,
        }
        self._chance = random.Random(2)
        self._tasks: set[asyncio.Task[None]] = set()

    def app(self) -> Starlette:
        """The application that answers as Twilio does."""
        numbers = f"{API}/IncomingPhoneNumbers"
        return Starlette(
            routes=[
                Route(f"/v1/Services/{SERVICE}", self._service, methods=["GET", "POST"]),
                Route(f"{API}/Messages.json", self._send, methods=["POST"]),
                Route(f"{API}/Messages.json", self._list),
                Route(f"{numbers}.json", self._numbers),
                Route(f"{numbers}/{{sid}}.json", self._point, methods=["POST"]),
                Route(API + ".json", self._account),
                Route("/v1/Content", self._contents),
                Route("/v1/Content", self._make_content, methods=["POST"]),
            ]
        )

    async def _send(self, request: Request) -> Any:
        sent = await form(request)
        self.calls.append(sent)
        fault = await self.faults.next()
        if fault == BUSY:
            headers = {"Retry-After": "1"}
            return JSONResponse({"code": 20429, "message": "busy"}, 429, headers=headers)
        if fault == ERROR:
            return JSONResponse({"code": 20500, "message": "failed"}, 500)
        if fault == LOST:
            return Dropped()
        answer = self._checked(request, sent) or self._accept(sent)
        return Dropped() if fault else answer

    def _checked(self, request: Request, sent: dict[str, str]) -> Response | None:
        """The refusal that Twilio would give."""
        whatsapp = sent.get("To", "").startswith("whatsapp:")
        matching = sent.get("From", "").startswith("whatsapp:") == whatsapp
        body = self._body(sent)
        faults = (
            (not _allowed(request), 20003, 401),
            (sent.get("To", "") in self.refuses, self.refuses.get(sent.get("To", ""), 0), 400),
            (not matching and not sent.get("MessagingServiceSid"), 21910, 400),
            (body is None, 21655, 400),
            (not body, 21602, 400),
            (len(body or "") > LONGEST, 21617, 400),
        )
        for wrong, code, status in faults:
            if wrong:
                told = {"code": code, "message": f"no {sent.get('To')}", "status": status}
                return JSONResponse(told, status)
        return None

    def _body(self, sent: dict[str, str]) -> str | None:
        """What the person reads; None where the content is not there or has a gap left."""
        if "ContentSid" not in sent:
            return sent.get("Body", "")
        content = self.contents.get(sent["ContentSid"])
        text = json.dumps(content["types"]) if content else "{{"
        for name, value in json.loads(sent.get("ContentVariables", "{}")).items():
            text = text.replace(f"{{{{{name}}}}}", json.dumps(value)[1:-1])
        if "{{" in text:
            return None
        sent["Shown"] = text
        kind = next(iter(json.loads(text).values()))
        return str(kind["body"]) if _fits(kind) else None

    def _accept(self, sent: dict[str, str]) -> Response:
        now = datetime.now(timezone.utc)
        message = {
            "sid": f"SM{uuid.uuid4().hex}",
            "to": sent["To"],
            "body": self._body(sent),
            "status": "queued",
            "direction": "outbound-api",
            "date_created": format_datetime(now),
            "shown": sent.get("Shown", ""),
            "action": sent.get("PersistentAction", ""),
        }
        self.messages.append(message)
        if self.receipts and sent.get("StatusCallback"):
            task = asyncio.create_task(self._report(message, sent["StatusCallback"]))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return JSONResponse(message, 201)

    async def _report(self, message: dict[str, Any], url: str) -> None:
        """Receipts, in any order and some of them twice."""
        code = self.late.get(message["to"], 0)
        reports = [{"MessageStatus": state} for state in STATES]
        if code:
            reports = [{"MessageStatus": "undelivered", "ErrorCode": str(code)}]
        self._chance.shuffle(reports)
        async with httpx.AsyncClient(trust_env=False) as client:
            for report in [*reports, *self._chance.sample(reports, 1)]:
                fields = {**report, "MessageSid": message["sid"], "To": message["to"]}
                await _post(client, url, fields)

    async def _list(self, request: Request) -> Response:
        to = request.query_params.get("To")
        found = [x for x in reversed(self.messages) if x["to"] == to]
        return JSONResponse({"messages": found[:50], "page": 0, "next_page_uri": None})

    async def _account(self, request: Request) -> Response:
        if not _allowed(request):
            return JSONResponse({"code": 20003, "message": "Authenticate"}, 401)
        return JSONResponse({"sid": ACCOUNT, "status": "active"})

    async def _numbers(self, request: Request) -> Response:
        wanted = request.query_params.get("PhoneNumber")
        found = [x for x in self.numbers if x["phone_number"] == wanted]
        return JSONResponse({"incoming_phone_numbers": found, "next_page_uri": None})

    async def _service(self, request: Request) -> Response:
        """A messaging service, read or changed."""
        sent = await form(request)
        if "InboundRequestUrl" in sent:
            at_numbers = sent.get("UseInboundWebhookOnNumber") == "true"
            self.service["inbound_request_url"] = sent["InboundRequestUrl"]
            self.service["use_inbound_webhook_on_number"] = at_numbers
        return JSONResponse(self.service)

    async def _point(self, request: Request) -> Response:
        sent = await form(request)
        self.numbers[0]["sms_url"] = sent.get("SmsUrl", "")
        self.numbers[0]["voice_url"] = sent.get("VoiceUrl", self.numbers[0]["voice_url"])
        return JSONResponse(self.numbers[0])

    async def _contents(self, request: Request) -> Response:
        return JSONResponse(
            {"contents": list(self.contents.values()), "meta": {"key": "contents"}}
        )

    async def _make_content(self, request: Request) -> Response:
        made = json.loads(await request.body())
        if self.no_content or not made.get("language") or not made.get("types"):
            return JSONResponse({"code": 20001, "message": "invalid"}, 400)
        content = {**made, "sid": f"HX{uuid.uuid4().hex}"}
        self.contents[content["sid"]] = content
        return JSONResponse(content, 201)


def _allowed(request: Request) -> bool:
    expected = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    return request.headers.get("authorization") == f"Basic {expected}"


def _fits(kind: dict[str, Any]) -> bool:
    """https://www.twilio.com/docs/content/whatsapp-quick-reply and list-picker."""
    if "actions" in kind:
        titles, most, longest = [x["title"] for x in kind["actions"]], 3, 20
    else:
        titles, most, longest = [x["item"] for x in kind["items"]], 10, 24
        if not 0 < len(kind["button"]) <= 20:
            return False
    short = all(0 < len(title) <= longest for title in titles)
    return short and len(titles) <= most and len(kind["body"]) <= 1024


def signed(url: str, fields: dict[str, str], token: str = TOKEN) -> dict[str, str]:
    """The headers with which Twilio sends a form."""
    return {"X-Twilio-Signature": RequestValidator(token).compute_signature(url, fields)}


async def _post(client: httpx.AsyncClient, url: str, fields: dict[str, str]) -> int:
    try:
        return (await client.post(url, data=fields, headers=signed(url, fields))).status_code
    except httpx.TransportError:
        return 0


def message(number: int, address: str, **more: str) -> dict[str, str]:
    """The fields of a message from a person."""
    return {
        "MessageSid": f"SM{number:032x}",
        "SmsStatus": "received",
        "From": address,
        "To": "+15005550006",
        "NumMedia": "0",
        "ProfileName": "Zulmarina",
        **more,
    }


def call(number: int, address: str, **more: str) -> dict[str, str]:
    """The fields of a call that comes in."""
    return {
        "CallSid": f"CA{number:032x}",
        "From": address,
        "To": "+15005550006",
        "CallStatus": "ringing",
        "Direction": "inbound",
        "CallerName": "Zulmarina",
        **more,
    }
