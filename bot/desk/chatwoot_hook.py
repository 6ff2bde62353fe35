"""What Chatwoot tells us: its webhook, verified and parsed.

An inbox of the kind "API", and an agent bot, sign their requests with a secret that Chatwoot shows
in their settings; versions that do not are told apart by the same secret in the address.

- https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks
- https://github.com/chatwoot/docs/blob/main/docs/product/others/webhook-events.md
- https://github.com/chatwoot/chatwoot/pull/13573 (headers X-Chatwoot-Signature and -Timestamp)
- https://github.com/chatwoot/chatwoot/pull/13892 (the same for API inboxes and agent bots)
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from bot.settings import Settings
from bot.wire import Delivery, Event, Knock

OLDEST = 300.0  # seconds; Chatwoot's own advice
# A message that could not be delivered is sent once more as an update.
WRITTEN = ("message_created", "message_updated")
CHANGED = ("conversation_status_changed", "conversation_resolved")


class ChatwootHook:
    """The webhook. To bot/hooks.py it is a channel that only delivers."""

    name: ClassVar[str] = "chatwoot"
    provider: ClassVar[str] = ""
    meaning: ClassVar[Mapping[str, str]] = {}

    def __init__(self, config: Settings) -> None:
        self._secret = config.channel["CHATWOOT_WEBHOOK_SECRET"].reveal().encode()
        self._account = int(config.channel["CHATWOOT_ACCOUNT"].reveal())

    def polls(self) -> bool:
        """Nothing can be fetched."""
        return False

    def verify(self, knock: Knock) -> bool:
        """Whether who made the request knows the secret, judged in constant time."""
        stamp = knock.headers.get("x-chatwoot-timestamp", "")
        signed = stamp.encode("utf-8", "replace") + b"." + knock.body
        wanted = "sha256=" + hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        given = knock.headers.get("x-chatwoot-signature", "").encode("utf-8", "replace")
        is_signed = hmac.compare_digest(wanted.encode(), given)
        named = parse_qs(urlsplit(knock.path).query).get("secret", [""])[0]
        is_named = hmac.compare_digest(self._secret, named.encode("utf-8", "replace"))
        return (is_signed and _is_fresh(stamp)) or is_named

    def parse(self, knock: Knock) -> Delivery:
        """What an agent did. Nothing for all that is not for the person: notes, bots, typing."""
        told = json.loads(knock.body)
        kind = told["event"]
        if kind in WRITTEN and _is_reply(told) and told["account"]["id"] == self._account:
            return Delivery(events=(_reply(told),))
        if kind in CHANGED and told["status"] == "resolved":
            noted = (told.get("custom_attributes") or {}).get("outcome")
            return Delivery(events=(Event(int(told["id"]), over=True, outcome=str(noted or "")),))
        return Delivery()


def _is_fresh(stamp: str) -> bool:
    seconds = stamp.isascii() and stamp.isdigit() and len(stamp) < 12
    return seconds and abs(time.time() - int(stamp)) <= OLDEST


def _is_reply(told: dict[str, Any]) -> bool:
    """Whether an agent wrote it to the person, and has not taken it back."""
    author = (told.get("sender") or {}).get("type")
    deleted = (told.get("content_attributes") or {}).get("deleted")
    is_to_them = told.get("message_type") == "outgoing" and not told.get("private")
    return is_to_them and author == "user" and not deleted


def _reply(told: dict[str, Any]) -> Event:
    talk = told["conversation"]
    return Event(
        number=int(talk["id"]),
        message=int(told["id"]),
        agent=int(told["sender"].get("id") or 0),
        text=str(told.get("content") or "").strip(),
        files=bool(told.get("attachments")),
        open=talk.get("status") != "resolved",
        at=_seconds(told.get("created_at")),
    )


def _seconds(value: Any) -> float:
    """Seconds since 1970, from a number or from `2021-07-23T18:02:48.000Z`; 0 if it is neither."""
    if isinstance(value, (int, float)):
        return float(value)
    text = str(value).replace(" UTC", "+00:00").replace("Z", "+00:00")
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0  # a reply is worth more than its date
