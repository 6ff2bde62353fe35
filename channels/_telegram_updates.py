"""What Telegram delivers, turned into messages of ours. https://core.telegram.org/bots/api#update

Private chats only: what is said in groups and channels is not said to us.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.constants import ChatType

from bot.model import Incoming, Kind, Place
from bot.text import MAX_INCOMING
from bot.wire import Delivery

Kept = TypeVar("Kept", int, str)
CHANNEL = "telegram"
WANTED = ["message", "callback_query", "my_chat_member"]  # the rest Telegram need not deliver
MENU = "meta.menu"
_START = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*")
_HELP = re.compile(r"/(?:help|menu|settings)(?:@\w+)?\s*")
# Fields of a message and what they are to us, in this order: a caption is looked at as well.
_KINDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("voice", ("voice", "audio", "video_note")),
    ("picture", ("photo", "video", "animation", "paid_media", "live_photo")),
    ("document", ("document", "passport_data")),
    ("sticker", ("sticker", "dice", "game", "story")),
    ("contact", ("contact",)),
    ("unknown", ("poll", "invoice", "checklist", "giveaway", "users_shared", "web_app_data")),
)


def delivery(data: Any) -> Delivery:
    """What an update holds. Raises ValueError, TypeError or KeyError for what is none."""
    if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
        raise ValueError("no update")
    update = Update.de_json(data, None)
    if update.message:
        found = _message(update.update_id, update.message)
        return Delivery(messages=(found,) if found else ())
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query)
    changed = update.my_chat_member
    if changed and changed.new_chat_member.status in (ChatMember.BANNED, ChatMember.LEFT):
        return Delivery(left=(str(_checked(changed.chat.id, int)),))
    return Delivery()  # on purpose: see docs/channels.md


def _message(number: int, message: Message) -> Incoming | None:
    """A message of a person; None for groups, bots, and what Telegram says of itself."""
    author = message.from_user
    if message.chat.type != ChatType.PRIVATE or author is None or author.is_bot:
        return None
    text = _checked(message.text or message.caption or "", str)[: MAX_INCOMING + 1]
    kind, place = _kind(message), _place(message)
    if not text and kind == "text" and not place:
        return None
    started, helped = _START.fullmatch(text), _HELP.fullmatch(text)
    return Incoming(
        channel=CHANNEL,
        message_id=_id(number, message.message_id),
        address=str(_checked(message.chat.id, int)),
        text="" if started or helped else text,
        choice=MENU if started or helped else "",
        place=place,
        kind=kind,
        code=(started[1] or "") if started else "",
    )


def _id(update: int, message: Any) -> str:
    """Unique, and with the number in which the search of a lost reply begins."""
    return f"{update}.{_checked(message, int)}"


def _checked(value: Any, kind: type[Kept]) -> Kept:
    """The value, which the library does not check. Raises ValueError for one of another kind."""
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError("a field of a wrong kind")
    return value


def _kind(message: Message) -> Kind:
    for kind, fields in _KINDS:
        if any(getattr(message, name, None) for name in fields):
            return kind
    return "text"


def _place(message: Message) -> Place | None:
    """A pin; of a venue also its name."""
    venue = message.venue
    point = venue.location if venue else message.location
    if point is None:
        return None
    label = ", ".join(x for x in (venue.title, venue.address) if x) if venue else ""
    return Place.on_earth(float(point.latitude), float(point.longitude), label)


def _pressed(number: int, query: CallbackQuery) -> Delivery:
    """A button. The answer to the request stops the clock that Telegram shows on it."""
    reply = {"method": "answerCallbackQuery", "callback_query_id": query.id}
    messages: tuple[Incoming, ...] = ()
    chat = query.message.chat if query.message else None
    if chat and chat.type == ChatType.PRIVATE and query.data:
        messages = (
            Incoming(
                channel=CHANNEL,
                message_id=_id(number, query.message.message_id if query.message else 0),
                address=str(_checked(chat.id, int)),
                choice=_checked(query.data, str)[:64],
            ),
        )
    return Delivery(messages=messages, reply=reply)
