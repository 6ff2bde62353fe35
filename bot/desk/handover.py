"""A person takes over: the one module that changes the table of hand-overs.

bot → waiting → taken by an operator → bot. Each change is one transaction with one entry in the
audit log, and what the person must hear of it goes into the outbox in the same transaction. A
change that somebody else was quicker with is none: it is written so that only the first counts.
"""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import dialogues, outbox, purge
from bot.counts import usage
from bot.desk import desk_words, patience, telling
from bot.desk.cases import Case, Note, alias, get, notes, of, queue, staffed
from bot.desk.desk_rules import Desk
from bot.errors import CaseChanged, NotYours
from bot.knowledge import Knowledge
from bot.model import Paragraph, Reply, Why
from bot.settings import Settings
from bot.staff import audit
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import handovers
from bot.tables import notes as notes_table

__all__ = ["Case", "Note", "get", "notes", "of", "queue", "staffed"]

OUTCOMES = ("answered", "referred", "unreachable", "unsafe", "nothing", "other")
LONGEST = 1500  # letters of a reply: ten SMS, and within what every service takes
NAMES = ["Alo"]  # where nobody has invented any
PROGRAM = "alo"  # who did it, in the audit log, where no user did


def begin(
    connection: Connection,
    conversation: str,
    *,
    why: Why,
    urgent: bool,
    channel: str,
    language: str,
    country: str,
    topic: str,
    desk: Desk | None = None,
) -> Case:
    """A conversation waits for a person from now on. One that waits already stays where it is."""
    known = of(connection, conversation)
    if known:
        return _more_urgent(connection, known, country) if urgent else known
    now = time.time()
    row = {
        "conversation": conversation,
        "state": "waiting",
        "urgent": urgent,
        "why": why,
        "channel": channel,
        "language": language,
        "country": country,
        "topic": topic,
        "alias": alias(connection, conversation, desk.names if desk else NAMES),
        "team": desk.team(language, country, topic) if desk else "",
        "began_at": now,
        "person_at": now,
        "said_at": now,
        "warned_at": now if urgent else None,
    }
    made = connection.execute(sa.insert(handovers).values(row)).inserted_primary_key[0]
    audit.note(connection, PROGRAM, "began", str(made), why)
    usage.of_case(connection, _found(connection, made), "handover", why)
    return _found(connection, made)


def claim(store: Store, case_id: int, user: User) -> bool:
    """A waiting conversation is the user's from now on. False if another was first."""
    with store.write() as connection:
        case = locked(connection, case_id)
        if case is None or case.state != "waiting":
            return False
        take(store, connection, case, user)
    return True


def take(store: Store, connection: Connection, case: Case, user: User) -> None:
    """The same within the caller's transaction, for a case that is `locked`.

    One that had ended goes on: somebody of another help desk has written once more.
    """
    now = time.time()
    again = case.state == "ended"
    _change(connection, case, "reopened" if again else "claimed", user.name, state="taken",
            operator=user.id, taken_at=(again and case.taken_at) or now,
            ended_at=None, outcome="")  # fmt: skip
    if case.taken_at is None:
        usage.of_case(connection, case, "wait", desk_words.wait_class(now - case.began_at))
    telling.tell(store, connection, case, "person_here")


def answer(store: Store, case_id: int, user: User, text: str, *, key: str = "") -> int:
    """Puts what an operator writes into the outbox and returns its number there.

    A form whose `key` is known was sent twice: it is one reply. Raises NotYours.
    """
    with store.write() as connection:
        locked(connection, case_id)
        if sent := outbox.known(connection, key):
            return sent
        case = _mine(connection, case_id, user, nobody_else=True)
        return write(store, connection, case, user, text, key=key)


def write(
    store: Store, connection: Connection, case: Case, user: User, text: str, *, key: str = ""
) -> int:
    """The same within the caller's transaction, for a case that is `locked`."""
    _change(connection, case, "answered", user.name, operator_at=time.time())
    to, said = (case.conversation, case.channel), telling.reply(case, Paragraph(text))
    return outbox.put(store, connection, *to, said, None, author=user.id, key=key)


def hand_back(store: Store, case_id: int, user: User) -> None:
    """The program has the conversation again, and says so. Raises NotYours."""
    with store.write() as connection:
        _end(store, connection, _mine(connection, case_id, user), "returned", user.name)


def close(store: Store, case_id: int, user: User, outcome: str) -> None:
    """The same, with what came of it: one of OUTCOMES. Raises NotYours and ValueError."""
    if outcome not in OUTCOMES:
        raise ValueError(f"the outcome is one of {', '.join(OUTCOMES)}")
    with store.write() as connection:
        over(store, connection, _mine(connection, case_id, user), user, outcome)


def over(store: Store, connection: Connection, case: Case, user: User, outcome: str) -> None:
    """The same within the caller's transaction, for a case that is `locked`."""
    _end(store, connection, case, outcome, user.name)
    usage.of_case(connection, case, "closed", outcome)


def transfer(
    store: Store, case_id: int, user: User, to: User | None = None, team: str = ""
) -> None:
    """Another operator has the conversation, or it waits for a team. Raises NotYours.

    An operator goes on in silence; of a team the person is told that they wait again.
    """
    now = time.time()
    with store.write() as connection:
        case = _mine(connection, case_id, user)
        if to is not None:
            _change(connection, case, "transferred", user.name, to.name, operator=to.id,
                    state="taken", operator_at=now)  # fmt: skip
            return
        _change(connection, case, "transferred", user.name, team, operator=None, team=team,
                state="waiting", told_at=now, said_at=now)  # fmt: skip
        telling.tell(store, connection, case, "person_other_team")


def note(store: Store, case_id: int, user: User, text: str) -> None:
    """A note for other operators, which the person never sees."""
    row = {"handover": case_id, "user": user.id, "at": time.time(), "body": store.keys.seal(text)}
    with store.write() as connection:
        connection.execute(sa.insert(notes_table).values(row))
        audit.note(connection, user.name, "noted", str(case_id))


def heard(store: Store, connection: Connection, case: Case, reply: Reply | None) -> None:
    """The person has written while the case is open; `reply` is what the program says to it.

    Raises CaseChanged where the state is no longer what it was when the case was read.
    """
    now = time.time()
    present = locked(connection, case.id)
    if present is None or (present.state, present.operator) != (case.state, case.operator):
        raise CaseChanged("a conversation was taken or given back in mid-work")
    values: dict[str, Any] = {"person_at": now}
    if reply and reply.effect == "waits":
        values["said_at"] = now
    _set(connection, case.id, **values)
    if reply and reply.effect == "program":
        _end(store, connection, present, "cancelled", PROGRAM, words="")


def drop(connection: Connection, conversation: str, outcome: str) -> None:
    """The person wants silence, or to be forgotten: nobody is to write to them."""
    case = of(connection, conversation)
    present = case and locked(connection, case.id)
    if present and present.state != "ended":
        _change(connection, present, outcome, PROGRAM, state="ended", outcome=outcome,
                ended_at=time.time())  # fmt: skip


def forget(connection: Connection, conversation: str, *, confirm: bool = False) -> None:
    """Erases a conversation at once, with all that an operator had of it (see purge.erase)."""
    drop(connection, conversation, "erased")
    purge.erase(connection, conversation, confirm=confirm)


def overdue(store: Store, config: Settings, content: Knowledge, now: float) -> int:
    """Tells those whom nobody took, and hands back those whose operator is silent.

    Returns how many. Any number of senders may call it: each case is looked at again, locked.
    """
    with store.read() as connection:
        cases = queue(connection)
    return sum(_look(store, content, case.id, now) for case in cases)


def _look(store: Store, content: Knowledge, case_id: int, now: float) -> bool:
    """Whether anything was due for one case."""
    with store.write() as connection:
        case = locked(connection, case_id)
        if case and patience.is_late(content.desk, case, now):
            _change(connection, case, "nobody", PROGRAM, told_at=now, said_at=now)
            telling.put(store, connection, case, desk_words.nobody(content, case))
            return True
        if case and patience.is_silent(content.desk, case, now):
            _end(store, connection, case, "silent", PROGRAM, "person_silent")
            return True
    return False


def _more_urgent(connection: Connection, case: Case, country: str) -> Case:
    """In danger a case goes to the front; the numbers to call are given now."""
    _set(connection, case.id, warned_at=time.time(), country=case.country or country)
    if not case.urgent:
        _change(connection, case, "urgent", PROGRAM, urgent=True)
    return _found(connection, case.id)


def _end(
    store: Store,
    connection: Connection,
    case: Case,
    outcome: str,
    user: str,
    words: str = "person_gone",
) -> None:
    """The program has the conversation again, says so, and knows what was talked about."""
    _change(connection, case, "ended", user, outcome, state="ended", outcome=outcome,
            ended_at=time.time())  # fmt: skip
    if case.taken_at is None:
        usage.of_case(connection, case, "wait", "never")
    known = dialogues.load(store, connection, case.conversation) or {}
    about = {"language": case.language, "country": case.country, "topic": case.topic}
    remembered = {name: value for name, value in about.items() if value} | known
    fresh = {"greeted": True, "misses": 0, "choices": [], "others": []}
    remembered.pop("asked", None)
    dialogues.save(store, connection, case.conversation, remembered | fresh)
    if words:
        telling.tell(store, connection, case, words)


def _mine(connection: Connection, case_id: int, user: User, *, nobody_else: bool = False) -> Case:
    """The case, locked, if it is the user's; an admin may do all but write in those of others."""
    case = locked(connection, case_id)
    if case and case.state == "taken" and case.operator == user.id:
        return case
    if case and case.state != "ended" and user.role == "admin" and not nobody_else:
        return case
    raise NotYours("this conversation is not yours; open the queue again")


def placed(connection: Connection, case_id: int, number: int) -> None:
    """Another help desk has the case as well, under this number."""
    _set(connection, case_id, external=str(number))


def locked(connection: Connection, case_id: int) -> Case | None:
    """The case as it is now; nobody else changes it before this transaction ends."""
    query = sa.select(handovers).where(handovers.c.id == case_id).with_for_update()
    row = connection.execute(query).first()
    return Case(**row._mapping) if row else None


def _change(
    connection: Connection, case: Case, action: str, user: str, detail: str = "", **values: Any
) -> None:
    """The one way a case changes: its values and an entry in the audit log."""
    _set(connection, case.id, **values)
    audit.note(connection, user, action, str(case.id), detail)


def _set(connection: Connection, case_id: int, **values: Any) -> None:
    here = handovers.c.id == case_id
    connection.execute(sa.update(handovers).where(here).values(**values))


def _found(connection: Connection, case_id: int) -> Case:
    case = get(connection, case_id)
    assert case is not None
    return case
