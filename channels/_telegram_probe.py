"""Whether Telegram took a message although the connection broke before it said so.

Telegram has no list of sent messages. But it numbers the messages of a bot's private chats in one
row, and an edit that changes nothing is answered "not modified" where the message is there, and
"not found" where it is not. So the numbers given at about that time are tried, without anybody
seeing anything of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import islice
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.wire import Call
from channels._telegram_api import meaning

SPAN = 80  # numbers that are tried: so many messages of others may have broken off as well
AT_ONCE = 10
LONGEST = 60.0  # seconds within which a call has been made or has not
UNCHANGED = "not modified"


def candidates(call: Call) -> list[int]:
    """The numbers that the message may have: after the last one known from before the call.

    None where nothing is known of that time: then it is sent again.
    """
    others = [(_number(name), began, known) for name, began, known in call.others]
    before = [number for number, _, known in others if known < call.tried_at]
    before = [number for number in (*before, _number(call.answers)) if number]
    if not before:
        return []
    taken = {number for number, _, _ in others}
    after = [number for number, began, _ in others if began > call.tried_at + LONGEST]
    end = min([max(before) + 1 + SPAN + len(taken), *after])
    found = (number for number in range(max(before) + 1, end) if number not in taken)
    return list(islice(found, SPAN))


def _number(name: str) -> int:
    """The number in an id, `12` or, of what a person wrote, `chat.12`; 0 if there is none."""
    number = name.rpartition(".")[2]
    return int(number) if number.isascii() and number.isdigit() else 0


async def find(numbers: list[int], edit: Callable[[int], Awaitable[Any]]) -> int | None:
    """The first of the numbers that an edit finds, a few tried at once. Raises ChannelError."""
    for first in range(0, len(numbers), AT_ONCE):
        some = numbers[first : first + AT_ONCE]
        there = await asyncio.gather(*(is_there(edit(number)) for number in some))
        if True in there:
            return some[there.index(True)]
    return None


async def is_there(edit: Awaitable[Any]) -> bool:
    """Whether an edit that changes nothing finds its message. Raises ChannelError."""
    try:
        await edit
    except BadRequest as error:
        return UNCHANGED in error.message.lower()
    except TelegramError as error:
        raise meaning(error) from None
    return True
