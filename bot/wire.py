"""What passes between the program and a channel: requests that come in, calls that go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Incoming, Message


@dataclass(frozen=True)
class Knock:
    """A request to a webhook, as it came.

    `path` has the query with it; names of `headers` are in lower case; nothing is decoded.
    """

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Receipt:
    """What the provider says later of a message that it took.

    `call` is our own number of the call, if the request carries it; `code` is its error code.
    """

    provider_id: str
    state: str
    code: str = ""
    call: int | None = None


@dataclass(frozen=True)
class Event:
    """What an agent of another help desk did with a conversation, which is `number` there.

    A reply has the numbers of its `message` and `agent`, and `files` where there are any. `over`
    is set where the conversation is over, with the `outcome` that the agent wrote down, if any.
    `open` is whether it goes on there, `at` when it happened, in seconds since 1970.
    """

    number: int
    over: bool = False
    outcome: str = ""
    message: int = 0
    agent: int = 0
    text: str = ""
    files: bool = False
    open: bool = True
    at: float = 0.0


@dataclass(frozen=True)
class Delivery:
    """What a verified request held. Nothing at all is right where it is ignored on purpose.

    `left` are addresses of people who have blocked us, `events` come from another help desk.
    `answer` is what the provider wants to
    read: its media type and the text; `reply` takes its place as JSON.
    """

    messages: tuple[Incoming, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    left: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    answer: tuple[str, str] = ("text/plain", "")
    reply: dict[str, Any] | None = None


@dataclass(frozen=True)
class Call:
    """One message on its way to one person.

    `number` is our own record of it, `began_at` when it was first tried and `tried_at` when it was
    last. For a call that broke off, `known` are the provider's ids of what this person got
    before: whatever else is found there is this message. `others` are the ids of everybody's
    messages of about that time, in and out, each with when its sending began (0 for one that came
    in) and when we knew its id; `answers` is the id of the person's own message.
    """

    number: int
    address: str
    message: Message
    began_at: float
    known: frozenset[str] = frozenset()
    others: tuple[tuple[str, float, float], ...] = ()
    answers: str = ""
    tried_at: float = 0.0


@dataclass(frozen=True)
class Finding:
    """A line of `alo doctor`. `todo` says what to do where it is not `good`."""

    good: bool
    what: str
    todo: str = ""
