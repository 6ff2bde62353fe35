"""Delivers one reply: its messages in order, each recorded before and after the provider's call.

The one place that decides whether to try again, to keep it, or to give up. What remains open: a
sender that is killed between a call and its record asks the provider whether the message was
taken; where the provider cannot be asked, the message is sent again rather than lost.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot import calls, outbox
from bot.calls import WINDOW, Attempt
from bot.errors import Blocked, ChannelError, Retryable, Undeliverable, Unsure, WindowClosed
from bot.model import Message
from bot.outbox import Parcel
from bot.store import Store
from bot.wire import Call

LONGEST_WAIT = 300.0
SETTLE_SECONDS = 15.0  # after which a call that broke off has arrived, or never will

log = logging.getLogger(__name__)
Pace = Callable[[str], Awaitable[None]]


async def _at_once(_conversation: str) -> None:
    """No rate."""


async def deliver(store: Store, channel: Any, parcel: Parcel, pace: Pace = _at_once) -> float:
    """Sends what is left of a reply. Returns for how many seconds the provider wants no call."""
    try:
        await _messages(store, channel, parcel, pace)
    except WindowClosed:
        await _hold(store, channel, parcel)
    except Retryable as error:
        log.warning("%s: %s, to be tried again", parcel.channel, error.code)
        outbox.retry(store, parcel, max(error.after, min(2.0**parcel.tries, LONGEST_WAIT)))
        return error.after if error.everybody else 0.0
    except Blocked as error:
        log.info("%s: %s, not written to until they write", parcel.channel, error.code)
        outbox.give_up(store, parcel)
        outbox.blocked(store, parcel)
    except Undeliverable as error:
        log.error("%s: %s, given up", parcel.channel, error.code)
        outbox.give_up(store, parcel)
    except Exception:
        log.exception("%s: a mistake of ours, to be tried again", parcel.channel)
        outbox.retry(store, parcel, min(2.0**parcel.tries, LONGEST_WAIT))
    else:
        outbox.sent(store, parcel)
    return 0.0


async def _messages(store: Store, channel: Any, parcel: Parcel, pace: Pace) -> None:
    """The messages of a reply that the provider does not have yet."""
    tried = calls.so_far(store, parcel)
    for part, message in enumerate(channel.render(parcel.reply)):
        before = tried.get(part)
        if before is None or before.state != "taken":
            if _closed(channel, parcel, before):
                raise WindowClosed(WINDOW)
            await _message(store, channel, parcel, (part, message, before), pace)


def _closed(channel: Any, parcel: Parcel, before: Attempt | None) -> bool:
    """Whether the person wrote too long ago, by the clock or by the provider's word."""
    told = before is not None and before.code == WINDOW and parcel.last_at < before.ended_at
    late = channel.window and time.time() - parcel.last_at > channel.window
    return bool(told or late)


async def _message(
    store: Store,
    channel: Any,
    parcel: Parcel,
    which: tuple[int, Message, Attempt | None],
    pace: Pace,
) -> None:
    """One message: asks first, where an earlier call broke off, and then calls."""
    part, message, before = which
    if before is not None and before.state == "calling":
        early = before.ended_at + SETTLE_SECONDS - time.time()
        if early > 0:  # the provider does not know yet what is still on its way to it
            raise Retryable("a call broke off", early)
        found = await channel.taken(_call(store, parcel, message, before, known=True))
        if found is not None:
            calls.taken(store, before.number, found)
            return
    await pace(parcel.conversation)
    attempt = calls.begin(store, parcel, part, before)
    try:
        provider_id = await channel.send(_call(store, parcel, message, attempt))
    except Unsure:
        raise  # the record stays "calling": the next try asks first
    except ChannelError as error:
        calls.refused(store, attempt.number, error.code)
        raise
    calls.taken(store, attempt.number, provider_id)


def _call(
    store: Store, parcel: Parcel, message: Message, attempt: Attempt, *, known: bool = False
) -> Call:
    if not known:
        return Call(attempt.number, parcel.address, message, attempt.began_at)
    return Call(
        attempt.number,
        parcel.address,
        message,
        attempt.began_at,
        calls.known(store, parcel.conversation, attempt.number),
        calls.around(store, parcel.channel, attempt.ended_at),
        calls.answered(store, parcel),
        attempt.ended_at,
    )


async def _hold(store: Store, channel: Any, parcel: Parcel) -> None:
    """Keeps a reply until the person writes, and asks them to, once, if there is a way."""
    log.info("%s: kept until the person writes again", parcel.channel)
    tried = calls.so_far(store, parcel)
    try:
        if calls.INVITATION not in tried:
            attempt = calls.begin(store, parcel, calls.INVITATION, None)
            await channel.invite(parcel.address)
            calls.taken(store, attempt.number, "")
    except ChannelError as error:
        log.warning("%s: %s, the invitation was not sent", parcel.channel, error.code)
    outbox.hold(store, parcel)
