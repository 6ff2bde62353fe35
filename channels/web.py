"""The phone page: a channel like any other, whose phones are browser windows on this machine."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from bot.errors import AloError
from bot.model import Incoming
from bot.text import MAX_INCOMING
from bot.wire import Call
from channels.base import Sending

_PHONE = re.compile(r"[A-Za-z0-9]{16,40}")
_MESSAGE = re.compile(r"[A-Za-z0-9-]{8,64}")
_NUMBER = re.compile(r"\d{1,18}")
_REGION = re.compile(r"([A-Z]{2})?")
_CHOICE = re.compile(r"[a-z0-9_.:A-Z-]{0,64}")


class BadMessage(AloError):
    """What the page sent is not a message."""


class Web(Sending):
    """The channel of the phone page."""

    name = "web"
    longest = 4096
    most_buttons = 100
    per_person = 0.0
    hooked = False

    async def send(self, call: Call) -> str:
        """Nothing to do: the page reads what the outbox calls sent."""
        return ""


def parse(body: Any) -> Incoming:
    """The message of a request body. Raises BadMessage, which names the field."""
    if not isinstance(body, dict):
        raise BadMessage("the body must be a JSON object")
    return Incoming(
        channel=Web.name,
        address=_field(body, "phone", _PHONE),
        message_id=_message_id(body),
        region=_field(body, "region", _REGION),
        choice=_field(body, "choice", _CHOICE),
        text=_text(body),
    )


def phone(value: str) -> str:
    """The phone id of a query. Raises BadMessage."""
    return _field({"phone": value}, "phone", _PHONE)


def number(value: str) -> int:
    """The number of the last reply seen. Raises BadMessage."""
    return int(_field({"after": value}, "after", _NUMBER))


def _message_id(body: dict[str, Any]) -> str:
    """Unique among all phones, without naming the phone: it stands in the table as it is."""
    both = _field(body, "phone", _PHONE) + " " + _field(body, "id", _MESSAGE)
    return hashlib.sha256(both.encode()).hexdigest()


def _field(body: dict[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = body.get(name, "")
    if not isinstance(value, str) or not form.fullmatch(value):
        raise BadMessage(f"`{name}` is missing or not of the right form")
    return value


def _text(body: dict[str, Any]) -> str:
    text = body.get("text", "")
    if not isinstance(text, str):
        raise BadMessage("`text` must be text")
    return text[: MAX_INCOMING + 1]  # one more than is read: the engine says that it is too long
