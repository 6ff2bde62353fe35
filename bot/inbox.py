"""Messages that came in: received once, worked on by one worker at a time, in order.

A worker leases a whole conversation, so no two messages of it are ever in work together. A lease
that runs out gives the conversation to another worker; whoever lost it can no longer finish.
"""

from __future__ import annotations

import logging
import time
import uuid
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from sqlalchemy.engine import Connection

from bot import dialogues, identity, masks, outbox, upsert
from bot.counts import usage
from bot.desk import called, handover
from bot.desk.handover import Case
from bot.errors import LeaseLost
from bot.model import Incoming, Kind, Place, Reply
from bot.store import Store
from bot.tables import conversations, inbox
from bot.text import has_words

NO_QUESTION = {"meta.thanks", "meta.goodbye", "meta.feedback_good", "meta.feedback_bad"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One message in work. `dialogue` is what the engine remembered of the conversation, if any.

    `token` proves the lease. `tries` counts this one. `masked`: numbers of papers were taken out.
    `case` is set while a person has, or is to have, the conversation; `staffed` says whether
    anybody could.
    """

    inbox_id: int
    token: str
    conversation: str
    channel: str
    region: str
    tries: int
    text: str
    choice: str
    place: Place | None
    dialogue: dict[str, Any] | None
    kind: Kind = "text"
    code: str = ""
    masked: bool = False
    case: Case | None = None
    staffed: bool = False


def receive(store: Store, incoming: Incoming) -> bool:
    """Commits the message, unless its id is known already. Returns whether it was new."""
    text, masked = masks.mask(incoming.text)
    body = {
        "text": text,
        "choice": incoming.choice,
        "place": asdict(incoming.place) if incoming.place else None,
        "kind": incoming.kind,
        "code": incoming.code,
        "masked": masked,
    }
    row = {
        "channel": incoming.channel,
        "message_id": incoming.message_id,
        "body": store.keys.seal(body),
        "state": "done" if incoming.control else "waiting",
        "tries": 0,
        "received_at": time.time(),
    }
    with store.write() as connection:
        conversation = identity.conversation_of(store, connection, incoming)
        row["conversation"] = conversation
        new = connection.execute(_insert(connection, inbox, row)).rowcount == 1
        if new:
            _remember(store, connection, conversation, incoming)
            _obey(connection, conversation, incoming)
    return new


def _obey(connection: Connection, conversation: str, incoming: Incoming) -> None:
    """A word of the network itself is kept; to any other message, what was held may be sent."""
    if incoming.control == "stop":
        outbox.silence(connection, conversation, "asked")
        handover.drop(connection, conversation, "stopped")
    elif incoming.control == "start":
        _speak_again(connection, conversation)
    if incoming.control != "stop":
        outbox.release_held(connection, conversation)


def _insert(connection: Connection, table: sa.Table, row: dict[str, Any], **renewed: Any) -> Any:
    """A row that is there already gets what is renewed.

    One statement, so that a purge at the same moment either keeps the row or is waited for.
    """
    insert = upsert.insert(connection, table).values(row)
    if not renewed:
        return insert.on_conflict_do_nothing()
    return insert.on_conflict_do_update(index_elements=table.primary_key, set_=renewed)


def _remember(store: Store, connection: Connection, conversation: str, incoming: Incoming) -> None:
    """The conversation with its address; an address that was erased is there again."""
    fresh = {
        "address": store.keys.seal(incoming.address),
        "last_at": time.time(),
        "erase": False,
        **identity.second(store, conversation, incoming),
    }
    row = {
        "id": conversation,
        "channel": incoming.channel,
        "region": incoming.region,
        "lease_until": 0.0,
        "stopped": "",
        "entry": incoming.code or None,  # of the first message only
        **fresh,
    }
    reachable: Any = sa.case(
        (conversations.c.stopped == "blocked", ""), else_=conversations.c.stopped
    )
    connection.execute(_insert(connection, conversations, row, stopped=reachable, **fresh))


def claim(store: Store, lease_seconds: float, worker: str) -> Job | None:
    """The oldest waiting message of a conversation nobody works on, now leased to `worker`."""
    token = f"{worker}:{uuid.uuid4().hex}"
    with store.write() as connection:
        conversation = _free_conversation(connection)
        if conversation is None:
            return None
        here = conversations.c.id == conversation.id
        lease = {"lease_owner": token, "lease_until": time.time() + lease_seconds}
        connection.execute(sa.update(conversations).where(here).values(lease))
        message = _oldest(connection, conversation.id)
        remembered = dialogues.load(store, connection, conversation.id)
        case = handover.of(connection, conversation.id)
        staffed = handover.staffed(connection, outside=store.outside)
    try:
        body = store.keys.unseal(bytes(message.body))
    except InvalidToken:
        _give_up(store, conversation.id, message.id)
        return None
    return Job(
        inbox_id=message.id,
        token=token,
        conversation=conversation.id,
        channel=conversation.channel,
        region=conversation.region,
        tries=message.tries + 1,
        text=body["text"],
        choice=body["choice"],
        place=Place(**body["place"]) if body["place"] else None,
        dialogue=remembered,
        kind=body.get("kind", "text"),
        code=body.get("code", ""),
        masked=body.get("masked", False),
        case=case,
        staffed=staffed,
    )


def _give_up(store: Store, conversation: str, message: int) -> None:
    """Sets aside a message that the present key cannot read, and frees its conversation."""
    log.error("a message cannot be read: was ALO_SECRET_KEY changed?")
    free = {"lease_owner": None, "lease_until": 0.0}
    with store.write() as connection:
        connection.execute(sa.update(inbox).where(inbox.c.id == message).values(state="failed"))
        here = conversations.c.id == conversation
        connection.execute(sa.update(conversations).where(here).values(free))


def _free_conversation(connection: Connection) -> Any:
    joined = sa.join(inbox, conversations, conversations.c.id == inbox.c.conversation)
    query = (
        sa.select(conversations.c.id, conversations.c.channel, conversations.c.region)
        .select_from(joined)
        .where(inbox.c.state == "waiting", conversations.c.lease_until <= time.time())
        .order_by(inbox.c.id)
        .limit(1)
        .with_for_update(of=conversations, skip_locked=True)
    )
    return connection.execute(query).first()


def _oldest(connection: Connection, conversation: str) -> Any:
    query = (
        sa.select(inbox.c.id, inbox.c.body, inbox.c.tries)
        .where(inbox.c.conversation == conversation, inbox.c.state == "waiting")
        .order_by(inbox.c.id)
        .limit(1)
    )
    message = connection.execute(query).one()
    count = sa.update(inbox).where(inbox.c.id == message.id).values(tries=message.tries + 1)
    connection.execute(count)
    return message


def finish(store: Store, job: Job, reply: Reply | None, dialogue: dict[str, Any] | None) -> None:
    """Commits reply, "done" and what the engine remembers, all or nothing.

    Without a reply the message is for a person to read. Raises LeaseLost if another worker has
    taken the conversation, CaseChanged if a person has taken it or given it back since it was
    claimed; then nothing is committed.
    """
    with store.write() as connection:
        _release(connection, job)
        done = sa.update(inbox).where(inbox.c.id == job.inbox_id).values(state="done")
        connection.execute(done)
        if job.case:
            handover.heard(store, connection, job.case, reply)
        if reply:
            _carry_out(store, connection, job, reply, dialogue)
        usage.of_reply(store, connection, job, reply)


def _carry_out(
    store: Store,
    connection: Connection,
    job: Job,
    reply: Reply,
    dialogue: dict[str, Any] | None,
) -> None:
    """What a reply does, and the reply itself where it may be sent."""
    if reply.effect == "erase":
        handover.forget(connection, job.conversation, confirm=True)
    elif dialogue is not None:
        dialogues.save(store, connection, job.conversation, dialogue)
    if reply.effect == "person":
        called.begin(store, connection, job, reply, dialogue or {})
    if _wanted(connection, job, reply):
        outbox.put(store, connection, job.conversation, job.channel, reply, job.inbox_id)


def _wanted(connection: Connection, job: Job, reply: Reply) -> bool:
    """Whether the person may be written to. STOP is confirmed once; any question ends it."""
    here = conversations.c.id == job.conversation
    stopped = connection.execute(sa.select(conversations.c.stopped).where(here)).scalar_one()
    if reply.effect == "stop":
        outbox.silence(connection, job.conversation, "asked")
        handover.drop(connection, job.conversation, "stopped")
        return bool(stopped != "asked")
    if stopped == "asked" and not _asks(job, reply):
        return False
    if stopped:
        _speak_again(connection, job.conversation)
    return True


def _asks(job: Job, reply: Reply) -> bool:
    """Whether the message wants an answer: it is no courtesy and not a mere picture or sign."""
    said = bool(job.choice or job.place or has_words(job.text))
    return said and reply.topic not in NO_QUESTION


def _speak_again(connection: Connection, conversation: str) -> None:
    here = conversations.c.id == conversation
    connection.execute(sa.update(conversations).where(here).values(stopped=""))


def _release(connection: Connection, job: Job) -> None:
    """Ends the lease, which must still be ours."""
    ours = (conversations.c.id == job.conversation, conversations.c.lease_owner == job.token)
    free = sa.update(conversations).where(*ours).values(lease_owner=None, lease_until=0.0)
    if connection.execute(free).rowcount != 1:
        raise LeaseLost("the conversation was taken over by another worker")


def put_back(store: Store, job: Job) -> None:
    """Ends the lease without an answer: the message waits again.

    Raises LeaseLost if another worker has taken the conversation.
    """
    with store.write() as connection:
        _release(connection, job)


def release_worker(store: Store, worker: str) -> None:
    """Ends every lease of a worker that is known to be dead, so that nobody waits for it."""
    theirs = conversations.c.lease_owner.startswith(f"{worker}:", autoescape=True)
    free = sa.update(conversations).where(theirs).values(lease_owner=None, lease_until=0.0)
    with store.write() as connection:
        connection.execute(free)
