"""What WhatsApp and SMS share, because both go through Twilio.

Requests: https://www.twilio.com/docs/messaging/guides/webhook-request and
https://www.twilio.com/docs/usage/webhooks/webhooks-security
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

import phonenumbers
from twilio.request_validator import RequestValidator, add_port, remove_port

from bot.model import Control, Incoming, Kind, Place
from bot.text import MAX_INCOMING
from bot.wire import Call, Delivery, Finding, Knock, Receipt
from channels._twilio_api import MEANING, Api
from channels.base import Sending

MAX_FIELDS = 200
TAKEN_IN = {"", "received", "receiving"}  # states of a message that came in
STATES = {
    "accepted": "queued", "scheduled": "queued", "queued": "queued", "sending": "queued",
    "sent": "sent", "delivered": "delivered", "read": "read",
    "undelivered": "failed", "failed": "failed", "canceled": "failed",
}  # fmt: skip
CONTROLS: dict[str, Control] = {"STOP": "stop", "START": "start", "HELP": "help"}
KINDS: dict[str, Kind] = {
    "audio": "voice", "image": "picture", "video": "picture", "document": "document",
    "sticker": "sticker", "contacts": "contact",
}  # fmt: skip
IGNORED = {"reaction", "system", "edit", "revoke", "ephemeral"}  # on purpose: see docs/channels.md
EMPTY = ("text/xml", "<Response/>")
CLOCKS = timedelta(seconds=60)  # by which Twilio's clock may be behind ours
LOOKED_AT = 20  # of the messages that a person got last
# https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,140}")
SID = re.compile(r"[A-Za-z0-9]{10,64}")
_ADDRESS = re.compile(r"[^\s\x00-\x1f]{3,160}")  # a WhatsApp user id has up to 131 letters


class Twilio(Sending):
    """A service behind Twilio. `sender` is the setting with our number there."""

    sender: ClassVar[str]
    prefix: ClassVar[str] = ""  # of the addresses
    provider = "twilio"
    meaning = MEANING

    @cached_property
    def api(self) -> Api:
        """The account."""
        account, token = self.setting("TWILIO_ACCOUNT_SID"), self.setting("TWILIO_AUTH_TOKEN")
        return Api(account, token, self.setting("TWILIO_API_URL"))

    def verify(self, knock: Knock) -> bool:
        """Whether X-Twilio-Signature fits the public address and the fields.

        A second token is accepted while one is rotated.
        """
        form = form_of(knock)
        if form is None or self._config is None:
            return False
        address = urlsplit(self._config.public_url + knock.path)
        given = knock.headers.get("x-twilio-signature", "").encode("utf-8", "replace")
        fitting = False
        for name in ("TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKEN_SECONDARY"):
            token = self.setting(name)
            for url in (add_port(address), remove_port(address)) if token else ():
                made = RequestValidator(token).compute_signature(url, form)
                fitting |= hmac.compare_digest(made.encode(), given)
        return fitting

    def parse(self, knock: Knock) -> Delivery:
        """The message of a request; what reports on one of ours is no message."""
        form = form_of(knock) or {}
        if _state(form) not in TAKEN_IN:
            return self.parse_status(knock)
        if form.get("MessageType", "").lower() in IGNORED:
            return Delivery(answer=EMPTY)
        return Delivery(messages=(self._incoming(form),), answer=EMPTY)

    def parse_status(self, knock: Knock) -> Delivery:
        """What became of a message of ours."""
        form = form_of(knock) or {}
        state = STATES.get(_state(form), "")
        if not state:
            return Delivery(answer=EMPTY)
        number = dict(parse_qsl(urlsplit(knock.path).query)).get("call", "")
        call = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
        receipt = Receipt(_sid(form), state, form.get("ErrorCode", "")[:16], call)
        return Delivery(receipts=(receipt,), answer=EMPTY)

    def _incoming(self, form: dict[str, str]) -> Incoming:
        address = form.get("From", "")
        if not _ADDRESS.fullmatch(address) or not address.startswith(self.prefix):
            raise ValueError("no sender of this channel")
        place = _place(form)
        return Incoming(
            channel=self.name,
            message_id=_sid(form),
            address=address,
            text=form.get("Body", "")[: MAX_INCOMING + 1],
            region=region(address.removeprefix(self.prefix)),
            choice=(form.get("ButtonPayload") or form.get("ListId") or "")[:64],
            place=place,
            kind=_kind(form),
            control=CONTROLS.get(form.get("OptOutType", "").upper(), ""),
        )

    async def send(self, call: Call) -> str:
        """Sends one message (see the parent class)."""
        values = {**self._envelope(call), **self._body(call)}
        made = await self.api.call(lambda client: client.messages.create(**values))
        return str(made.sid)

    def _body(self, call: Call) -> dict[str, Any]:
        return {"body": call.message.text}

    def _envelope(self, call: Call) -> dict[str, Any]:
        """From whom, to whom, and where the receipts go; they carry our number of the call."""
        hook = f"{self._config.public_url}/hooks/status/twilio" if self._config else ""
        ours = self.setting(self.sender)
        service = "messaging_service_sid" if ours.startswith("MG") else "from_"
        report = {"status_callback": f"{hook}?call={call.number}"} if call.number else {}
        return {"to": call.address, service: self._from(ours), **report}

    def _from(self, ours: str) -> str:
        plain = ours.startswith("MG") or ours.startswith(self.prefix)
        return ours if plain else self.prefix + ours

    async def taken(self, call: Call) -> str | None:
        """Looks through what the person got last for a message that we do not know of."""
        since = datetime.fromtimestamp(call.began_at, timezone.utc) - CLOCKS
        found = await self.api.call(
            lambda client: client.messages.list(to=call.address, limit=LOOKED_AT)
        )
        fresh = (x for x in found if x.date_created and x.date_created >= since)
        ours = [x for x in fresh if str(x.direction).startswith("outbound")]
        return next((str(x.sid) for x in ours if x.sid not in call.known), None)

    async def check(self) -> list[Finding]:
        """Whether the credentials work."""
        account = self.setting("TWILIO_ACCOUNT_SID")
        found = await self.api.call(lambda client: client.api.accounts(account).fetch())
        active = str(found.status) == "active"
        return [Finding(active, f"the Twilio account is {found.status}", "" if active else
                        "activate it in Twilio's console")]  # fmt: skip

    async def close(self) -> None:
        """Gives the threads back."""
        if "api" in vars(self):
            self.api.close()


def form_of(knock: Knock) -> dict[str, str] | None:
    """The fields of the body, or None where it is no form."""
    try:
        text = knock.body.decode("utf-8")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        return None


def _state(form: dict[str, str]) -> str:
    return (form.get("MessageStatus") or form.get("SmsStatus") or "").lower()


def _sid(form: dict[str, str]) -> str:
    sid = form.get("MessageSid") or form.get("SmsSid") or ""
    if not SID.fullmatch(sid):
        raise ValueError("no message id")
    return sid


def _kind(form: dict[str, str]) -> Kind:
    """What came besides text."""
    said = form.get("MessageType", "").lower()
    if said in KINDS:
        return KINDS[said]
    media = form.get("MediaContentType0", "").lower() if form.get("NumMedia", "0") != "0" else ""
    if media.startswith("image/webp"):
        return "sticker"
    if "vcard" in media:
        return "contact"
    if media:
        return KINDS.get(media.split("/")[0], "document")
    return "unknown" if said == "unsupported" else "text"


def _place(form: dict[str, str]) -> Place | None:
    """A pin; one that lies nowhere on earth is none."""
    try:
        latitude, longitude = float(form["Latitude"]), float(form["Longitude"])
    except (KeyError, ValueError):
        return None
    return Place.on_earth(latitude, longitude, form.get("Label") or form.get("Address") or "")


def region(address: str) -> str:
    """The country of a number, or of a WhatsApp user id (`US.1349…`), as ISO 3166; or nothing."""
    if USER_ID.fullmatch(address):
        return address[:2]
    try:
        found = phonenumbers.region_code_for_number(phonenumbers.parse(address))
    except phonenumbers.NumberParseException:
        return ""
    return found if found and len(found) == 2 else ""
