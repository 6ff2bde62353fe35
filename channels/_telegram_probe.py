"""Whether Telegram took a message although the connection broke before it said so.

Telegram has no list of sent messages. But it numbers the messages of a bot's private chats in one
row, and an edit that changes nothing is answered "not modified" where the message is there, and
"not found" where it is not. So the numbers given at about that time are tried, without anybody
seeing anything of it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.wire import Call
from channels._telegram_api import meaning

SPAN = 40  # numbers that are tried: as many messages come and go during one call
UNCHANGED = "not modified"


def candidates(call: Call) -> list[int]:
    """The numbers that the message may have: after the last one given before the call.

    None where nothing is known of that time: then it is sent again.
    """
    known = [(int(number), at) for number, at in call.others if number.isdigit()]
    before = [number for number, at in known if at < call.began_at]
    if not before:
        return []
    others = {number for number, _ in known}
    later = len([number for number in others if number > max(before)])
    numbers = range(max(before) + 1, max(before) + 1 + SPAN + later)
    return [number for number in numbers if number not in others]


async def is_there(edit: Awaitable[Any]) -> bool:
    """Whether an edit that changes nothing finds its message. Raises ChannelError."""
    try:
        await edit
    except BadRequest as error:
        return UNCHANGED in error.message.lower()
    except TelegramError as error:
        raise meaning(error) from None
    return True
