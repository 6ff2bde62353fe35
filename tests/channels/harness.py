"""One way to test all channels: recorded requests in, what they mean for us out.

A channel with a webhook needs a rig here; the tests of the contract then run on it by themselves.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot import registry
from bot.model import Incoming, Place
from bot.settings import Settings
from bot.wire import Knock
from tests.channels import recorded
from tests.standins import telegram, twilio

PUBLIC = "https://alo.example.org"
PERSONAL = ("Zulmarina", "50937001122", "77190042", "Kalbastri", "Cité-Zq", "7719004213")
SECRETS = (twilio.TOKEN, telegram.TOKEN, telegram.SECRET)
TWILIO = {
    "ALO_PUBLIC_URL": PUBLIC,
    "TWILIO_ACCOUNT_SID": twilio.ACCOUNT,
    "TWILIO_AUTH_TOKEN": twilio.TOKEN,
    "TWILIO_WHATSAPP_FROM": "+15005550006",
    "TWILIO_SMS_FROM": "+15005550006",
}
TELEGRAM = {
    "ALO_PUBLIC_URL": PUBLIC,
    "TELEGRAM_BOT_TOKEN": telegram.TOKEN,
    "TELEGRAM_SECRET_TOKEN": telegram.SECRET,
}

Body = dict[str, Any]


@dataclass(frozen=True)
class Rig:
    """How the provider of a channel speaks. `sign` gives the headers of a body at a path."""

    name: str
    environment: dict[str, str]
    encode: Callable[[Body], bytes]
    sign: Callable[[str, bytes], dict[str, str]]
    recorded: list[recorded.Case]
    unknown: Body
    status: tuple[str, Body] | None = None
    forged: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The webhook."""
        return f"/hooks/{self.name}"

    @property
    def text(self) -> Body:
        """The body of a plain message."""
        return next(x.body for x in self.recorded if x.name == "text")

    def knock(self, body: Body | bytes, path: str = "") -> Knock:
        """A signed request."""
        raw = body if isinstance(body, bytes) else self.encode(body)
        headers = {k.lower(): v for k, v in self.sign(path or self.path, raw).items()}
        return Knock(path or self.path, headers, raw)

    def channel(self, config: Settings) -> Any:
        """The channel with these settings."""
        return registry.connected(config)[self.name]


def _form(body: Body) -> bytes:
    return urlencode(body, errors="replace").encode()


def _json(body: Body) -> bytes:
    return json.dumps(body).encode()


def _twilio(path: str, raw: bytes) -> dict[str, str]:
    from urllib.parse import parse_qsl

    fields = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
    content = {"Content-Type": "application/x-www-form-urlencoded"}
    return content | twilio.signed(PUBLIC + path, fields)


def _telegram(_path: str, _raw: bytes) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "X-Telegram-Bot-Api-Secret-Token": telegram.SECRET,
    }


_STATUS = ("/hooks/status/twilio?call=1", {"MessageSid": "SM" + "5" * 32,
           "MessageStatus": "delivered", "To": "+50937001122"})  # fmt: skip
_FORGED = {"X-Twilio-Signature": "bm90IHRoZSBzaWduYXR1cmU="}

RIGS = {
    rig.name: rig
    for rig in (
        Rig(
            "whatsapp", TWILIO, _form, _twilio, recorded.WHATSAPP,
            twilio.message(900, "whatsapp:+50937001122", MessageType="reaction", Body="👍"),
            _STATUS, _FORGED,
        ),
        Rig(
            "sms", TWILIO, _form, _twilio, recorded.SMS,
            twilio.message(901, "+50937001122", MessageType="system"), _STATUS, _FORGED,
        ),
        Rig(
            "telegram", TELEGRAM, _json, _telegram, recorded.TELEGRAM,
            {"update_id": 902, "a_kind_of_tomorrow": {"id": 1}}, None,
            {"X-Telegram-Bot-Api-Secret-Token": "a-secret-of-others"},
        ),
    )
}  # fmt: skip
CASES = [(rig, case) for rig in RIGS.values() for case in rig.recorded]
NAMES = [f"{rig.name}: {case.name}" for rig, case in CASES]


def mutated(rig: Rig, body: Body, chance: random.Random) -> bytes:
    """A recorded body with some of its bytes or fields turned into something else."""
    if chance.random() < 0.5:
        return rig.encode(_changed(body, chance))
    raw = bytearray(rig.encode(body))
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(raw))
        raw[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    return bytes(raw)


STRANGE: list[Any] = ["", None, -1, 10**30, "9" * 400, [], {}, [[[]]], "\x00", "\ud83d", "😀",
                      True, 1e308, "NaN", "../..", {"id": None}, "é" * 70]  # fmt: skip


def _changed(body: Body, chance: random.Random) -> Body:
    """The body with one value somewhere inside exchanged, or gone."""
    copy = json.loads(json.dumps(body))
    place = copy
    while True:
        key = chance.choice(list(place) or [""])
        if isinstance(place.get(key), dict) and place[key] and chance.random() < 0.8:
            place = place[key]
        elif chance.random() < 0.3:
            place.pop(key, None)
            return dict(copy)
        else:
            place[key] = chance.choice(STRANGE)
            return dict(copy)


def meaning(message: Incoming) -> dict[str, Any]:
    """What is not as it is in every message."""
    plain = Incoming(message.channel, message.message_id, message.address)
    same = vars(plain)
    found = {k: v for k, v in vars(message).items() if v != same[k]}
    if message.other == message.address:
        found.pop("other")
    place = found.get("place")
    return found | ({"place": (place.latitude, place.longitude, place.label)}
                    if isinstance(place, Place) else {})  # fmt: skip
