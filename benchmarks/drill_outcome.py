"""What came of a drill: who got what, and how long it took."""

from __future__ import annotations

import html
import re
import statistics
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from bot import registry
from bot.model import Reply
from bot.store import Store
from bot.tables import calls, conversations, inbox, outbox

if TYPE_CHECKING:
    from benchmarks.channels_drill import Drill


def _expected(store: Store) -> dict[str, list[str]]:
    """What each person must have read, in order."""
    query = (
        sa.select(outbox.c.channel, outbox.c.body, conversations.c.address)
        .join(conversations, conversations.c.id == outbox.c.conversation)
        .order_by(outbox.c.id)
    )
    channels, unseal = registry.channels(), store.keys.unseal
    found: dict[str, list[str]] = defaultdict(list)
    with store.read() as connection:
        for channel, body, address in connection.execute(query):
            messages = channels[channel].render(Reply.from_json(unseal(bytes(body))))
            found[f"{channel} {unseal(bytes(address))}"] += [x.text for x in messages]
    return found


def _received(made: Drill) -> dict[str, list[str]]:
    """What each person has read, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for message in made.twilio.messages:
        channel = "whatsapp" if message["to"].startswith("whatsapp:") else "sms"
        found[f"{channel} {message['to']}"].append(message["body"])
    for message in made.telegram.messages:
        text = html.unescape(re.sub(r"</?b>", "", message["text"]))
        found[f"telegram {message['chat']}"].append(text)
    return found


def outcome(made: Drill, seconds: float) -> dict[str, Any]:
    """What is to be shown."""
    expected, received = _expected(made.store), _received(made)
    wrong = {
        person: _fault(replies, received.get(person, []))
        for person, replies in expected.items()
        if replies != received.get(person, [])
    }
    states = Counter(_column(made.store, outbox.c.state))
    delays = sorted(made.answers.delays)
    happened = made.twilio.faults.happened + made.telegram.faults.happened
    return {
        "conversations": len(expected),
        "messages in": len(_column(made.store, inbox.c.id)),
        "replies": dict(states),
        "messages out": sum(map(len, received.values())),
        "people with all replies once and in order": len(expected) - len(wrong),
        "people with something else": dict(Counter(wrong.values())),
        "by channel": dict(Counter(person.split()[0] for person in wrong)),
        "strangers": len(set(received) - set(expected)),
        "faults of providers": dict(happened),
        "killed": dict(made.killed),
        "requests answered": dict(made.answers.statuses),
        "acknowledged ms median": round(statistics.median(delays) * 1000, 1),
        "acknowledged ms p95": round(delays[int(len(delays) * 0.95)] * 1000, 1),
        "receipts": dict(Counter(_column(made.store, calls.c.receipt))),
        "seconds": round(seconds, 1),
    }


def _column(store: Store, column: Any) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(sa.select(column)).scalars())


def _fault(expected: list[str], received: list[str]) -> str:
    """What is wrong with what a person got."""
    more, less = Counter(received) - Counter(expected), Counter(expected) - Counter(received)
    if more and less:
        return "other"
    return "doubled" if more else "lost" if less else "order"
