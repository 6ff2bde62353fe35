"""Requests as the providers send them, and what each means. Names and numbers are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.standins.telegram import pressed, update
from tests.standins.twilio import call, message

PHONE = "+50937001122"
PERSON = f"whatsapp:{PHONE}"
CHAT = 77190042
FILE = {"file_id": "a", "file_unique_id": "b", "file_size": 9}
HAITI = {"region": "HT"}


@dataclass(frozen=True)
class Case:
    """A body, the address it comes from, and what differs from an empty message.

    `ignored` are those that must leave no trace.
    """

    name: str
    body: dict[str, Any]
    means: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    ignored: bool = False


def _media(kind: str, **more: str) -> dict[str, str]:
    return {"NumMedia": "1", "MediaContentType0": kind, "MediaUrl0": "https://x.test/1", **more}


def _whatsapp(number: int, name: str, means: dict[str, Any], **fields: str) -> Case:
    return Case(name, message(number, PERSON, **fields), HAITI | means, PERSON)


WHATSAPP = [
    _whatsapp(1, "text", {"text": "¡Hola! Kalbastri"}, Body="¡Hola! Kalbastri"),
    _whatsapp(2, "button", {"choice": "h2.cost", "text": "Cost"}, Body="Cost",
              ButtonPayload="h2.cost", ButtonText="Cost"),
    _whatsapp(3, "list row", {"choice": "country:HT", "text": "Haiti"}, Body="Haiti",
              ListId="country:HT", ListTitle="Haiti"),
    _whatsapp(4, "pin", {"place": (18.5, -72.3, "")}, Latitude="18.5", Longitude="-72.3",
              MessageType="location"),
    _whatsapp(5, "pin with a name", {"place": (18.5, -72.3, "Cité-Zq")}, Latitude="18.5",
              Longitude="-72.3", Label="Cité-Zq", Address="Street 1"),
    _whatsapp(6, "pin that lies nowhere", {}, Latitude="NaN", Longitude="500"),
    _whatsapp(7, "voice note", {"kind": "voice"}, **_media("audio/ogg")),
    _whatsapp(8, "picture", {"kind": "picture"}, **_media("image/jpeg")),
    _whatsapp(9, "picture with words", {"kind": "picture", "text": "paspò m"},
              **_media("image/jpeg", Body="paspò m")),
    _whatsapp(10, "film", {"kind": "picture"}, **_media("video/mp4")),
    _whatsapp(11, "document", {"kind": "document"}, **_media("application/pdf")),
    _whatsapp(12, "sticker", {"kind": "sticker"}, **_media("image/webp")),
    _whatsapp(13, "contact", {"kind": "contact"}, **_media("text/vcard")),
    _whatsapp(14, "kind of tomorrow", {"kind": "unknown"}, MessageType="unsupported"),
    _whatsapp(15, "opted out", {"control": "stop", "text": "STOP"}, Body="STOP",
              OptOutType="STOP"),
    Case("a person without a number",
         message(16, "whatsapp:US.7719004213", Body="hi", ExternalUserId="US.7719004213"),
         {"text": "hi", "region": "US"}, "whatsapp:US.7719004213"),
    _whatsapp(19, "a number and a user id",
              {"text": "hi", "other": "whatsapp:HT.7719004213"}, Body="hi",
              ExternalUserId="HT.7719004213"),
    _whatsapp(20, "a user id that is none", {"text": "hi"}, Body="hi", ExternalUserId="<>"),
    Case("a user id of several businesses",
         message(29, "whatsapp:US.ENT.7719004213", Body="hi"),
         {"text": "hi", "region": "US"}, "whatsapp:US.ENT.7719004213"),
    Case("reaction", message(17, PERSON, MessageType="reaction", Body="👍"), ignored=True),
    Case("report on a message of ours",
         {**message(18, PERSON), "SmsStatus": "delivered", "MessageStatus": "delivered"},
         ignored=True),
]  # fmt: skip

SMS = [
    Case("text", message(21, PHONE, Body="bonjou Kalbastri"),
         HAITI | {"text": "bonjou Kalbastri"}, PHONE),
    Case("nothing", message(22, PHONE, Body=""), HAITI, PHONE),
    Case("picture", message(23, PHONE, **_media("image/png")), HAITI | {"kind": "picture"}, PHONE),
    Case("start again", message(24, PHONE, Body="START", OptOutType="START"),
         HAITI | {"control": "start", "text": "START"}, PHONE),
    Case("help of the network", message(25, PHONE, Body="HELP", OptOutType="HELP"),
         HAITI | {"control": "help", "text": "HELP"}, PHONE),
    Case("call", call(28, PHONE), HAITI | {"kind": "call"}, PHONE),
    Case("call that hides its number", call(29, "+266696687"), ignored=True),
    Case("call that is over", call(30, PHONE, CallStatus="completed"), ignored=True),
    Case("short number", message(26, "72345", Body="hi"), {"text": "hi"}, "72345"),
    Case("report on a message of ours", {**message(27, PHONE), "SmsStatus": "sent"},
         ignored=True),
]  # fmt: skip


def _telegram(number: int, name: str, means: dict[str, Any], **fields: Any) -> Case:
    return Case(name, update(number, CHAT, **fields), means, str(CHAT))


def _elsewhere(number: int, name: str, kind: str, key: str = "message") -> Case:
    """Something that was said where it is not said to us."""
    body = update(number, CHAT, text="Kalbastri")
    body["message"]["chat"] = {"id": -100, "type": kind, "title": "Cité-Zq"}
    return Case(name, {"update_id": number, key: body["message"]}, ignored=True)


_VENUE = {"location": {"latitude": 18.5, "longitude": -72.3}, "title": "Cité-Zq",
          "address": "Street 1"}  # fmt: skip
_MEMBER = {"user": {"id": 1, "is_bot": True, "first_name": "Alo"}}

TELEGRAM = [
    _telegram(31, "text", {"text": "bonjou Kalbastri"}, text="bonjou Kalbastri"),
    _telegram(32, "start", {"choice": "meta.menu"}, text="/start"),
    _telegram(33, "start with a code", {"choice": "meta.menu", "code": "radio_1"},
              text="/start radio_1"),
    _telegram(34, "help", {"choice": "meta.menu"}, text="/help"),
    _telegram(35, "any other command is a text", {"text": "/stop"}, text="/stop"),
    _telegram(36, "pin", {"place": (18.5, -72.3, "")},
              location={"latitude": 18.5, "longitude": -72.3}),
    _telegram(37, "venue", {"place": (18.5, -72.3, "Cité-Zq, Street 1")},
              venue=_VENUE, location=_VENUE["location"]),
    _telegram(38, "voice note", {"kind": "voice"}, voice={**FILE, "duration": 3}),
    _telegram(39, "picture with words", {"kind": "picture", "text": "paspò m"},
              photo=[{**FILE, "width": 9, "height": 9}], caption="paspò m"),
    _telegram(40, "document", {"kind": "document"}, document=FILE),
    _telegram(41, "sticker", {"kind": "sticker"},
              sticker={**FILE, "width": 9, "height": 9, "is_animated": False, "is_video": False,
                       "type": "regular"}),
    _telegram(42, "contact", {"kind": "contact"},
              contact={"phone_number": PHONE, "first_name": "Zulmarina"}),
    _telegram(43, "dice", {"kind": "sticker"}, dice={"emoji": "🎲", "value": 3}),
    Case("button", pressed(44, CHAT, "h2.cost"), {"choice": "h2.cost"}, str(CHAT)),
    _elsewhere(45, "group", "supergroup"),
    _elsewhere(46, "channel post", "channel", "channel_post"),
    Case("edited", {"update_id": 47, "edited_message": update(47, CHAT, text="x")["message"]},
         ignored=True),
    Case("what Telegram says of itself", update(48, CHAT, new_chat_title="x"), ignored=True),
    Case("video call", update(49, CHAT, video_chat_ended={"duration": 3}), ignored=True),
    Case("reaction", {"update_id": 50, "message_reaction": {
        "chat": {"id": CHAT, "type": "private"}, "message_id": 1, "date": 1,
        "old_reaction": [], "new_reaction": []}}, ignored=True),
    Case("unblocked", {"update_id": 51, "my_chat_member": {
        "chat": {"id": CHAT, "type": "private"}, "date": 1,
        "from": {"id": CHAT, "is_bot": False, "first_name": "Zulmarina"},
        "old_chat_member": {**_MEMBER, "status": "kicked", "until_date": 0},
        "new_chat_member": {**_MEMBER, "status": "member"}}}, ignored=True),
]  # fmt: skip
