"""What was not understood: never a message, only what several people's messages have in common.

Topics between which it wavered, and words that recur, each with a sketch of how many people it
came from: it is shown only from so many on. Names, numbers and places are left out. A whole
question is kept only where its writer agreed, and for a month.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import upsert
from bot.counts import days, people
from bot.counts.feedback import KEY, Remembered
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph, Reply
from bot.store import Store
from bot.tables import kept_questions, unanswered
from bot.text import has_words

if TYPE_CHECKING:
    from bot.inbox import Job

KEEP = "keep:yes"
MISSES = 2  # messages in a row that were not understood, before we ask to keep one
MISSED = ("clarified", "fallback")
NOT_ASKED_ON = {"sms", "web"}  # there each letter costs; and whoever tries the page out is nobody
MOST_WORDS = 20  # of a message
MOST_ROWS = 3000  # words of a month and language: invented ones must not fill the table
_NUMBER = re.compile(r"\+?\d[\d\s().-]{4,}\d")


@dataclass(frozen=True)
class Missed:
    """What several people were not understood with, and about how many they are at least.

    `words` are two topic ids between which it wavered (kind "topics"), or one word (kind "word").
    """

    language: str
    kind: str
    words: tuple[str, ...]
    people: int


@dataclass(frozen=True)
class Question:
    """A message whose writer agreed that it is kept for some days."""

    day: str
    language: str
    text: str


def carried(
    knowledge: Knowledge, job: Job, reply: Reply, remembered: Remembered
) -> tuple[Reply, Remembered]:
    """The reply, with the question whether we may keep theirs where it is time, once at most.

    What they wrote is remembered with the conversation until they say so, and erased with it.
    """
    known = dict((job.dialogue or {}).get(KEY, {}))
    often = int(remembered.get("misses") or 0) >= MISSES
    wanted = reply.outcome == "fallback" and often and reply.choices and has_words(job.text)
    if not wanted or "question" in known or job.channel in NOT_ASKED_ON:
        return reply, remembered
    known["question"] = _NUMBER.sub("***", job.text)
    label = knowledge.phrase(reply.language, "keep_yes").full
    ask = Paragraph(knowledge.phrase(reply.language, "keep_ask", label=label).full)
    asking = replace(
        reply,
        paragraphs=(*reply.paragraphs, ask),
        choices=(*reply.choices, Choice(label, KEEP)),
    )
    offered = [choice.payload for choice in asking.choices]
    return asking, {**remembered, KEY: known, "choices": offered}


def learn(store: Store, knowledge: Knowledge, job: Job, reply: Reply | None) -> None:
    """Notes what a message that was not understood has in common with others."""
    if reply is None or job.channel == "web":
        return
    if reply.effect == "keep":
        _keep(store, job, reply)
    if reply.outcome in MISSED and has_words(job.text):
        items = sorted(_items(knowledge, job.text, reply))
        with store.write() as connection:
            month = days.month_of(days.today(connection))
            for kind, words in items:
                _note(store, connection, (month, reply.language, kind), words, job.conversation)


def _keep(store: Store, job: Job, reply: Reply) -> None:
    question = (job.dialogue or {}).get(KEY, {}).get("question", "")
    if not question:
        return
    with store.write() as connection:
        day = days.today(connection).isoformat()
        row = {"day": day, "language": reply.language, "body": store.keys.seal(question)}
        connection.execute(sa.insert(kept_questions).values(row))


def _items(knowledge: Knowledge, text: str, reply: Reply) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Kind and words of what is noted. Of a message about danger nothing is."""
    if any(topic.startswith("protection.") for topic in reply.options):
        return
    topics = [topic for topic in reply.options if not topic.startswith("meta.")][:2]
    if len(topics) == 2:
        yield "topics", tuple(sorted(topics))
    for word in knowledge.sieve.words(text)[:MOST_WORDS]:
        yield "word", (word,)


def _note(
    store: Store,
    connection: Connection,
    where: tuple[str, str, str],
    words: tuple[str, ...],
    person: str,
) -> None:
    """Adds a person to what is known of a word or a pair of topics."""
    month, language, kind = where
    key = store.keys.pseudonym(f"unanswered {kind}", " ".join(words))
    row = {"month": month, "language": language, "kind": kind, "key": key}
    known = [unanswered.c[name] == value for name, value in row.items()]
    times = unanswered.c.count.label("times")
    query = sa.select(unanswered.c.sketch, times).where(*known).with_for_update()
    found = connection.execute(query).first()
    if found is None:
        if _is_full(connection, where):
            return
        fresh = {**row, "body": store.keys.seal(list(words)), "sketch": b"", "count": 0}
        connection.execute(
            upsert.insert(connection, unanswered).values(fresh).on_conflict_do_nothing()
        )
        found = connection.execute(query).one()
    mark = people.mark(store, connection, month, person)
    grown = people.grown(bytes(found.sketch), [mark]) or bytes(found.sketch)
    more = sa.update(unanswered).where(*known).values(sketch=grown, count=found.times + 1)
    connection.execute(more)


def _is_full(connection: Connection, where: tuple[str, str, str]) -> bool:
    columns = (unanswered.c.month, unanswered.c.language, unanswered.c.kind)
    same = [column == value for column, value in zip(columns, where, strict=True)]
    count = sa.select(sa.func.count()).select_from(unanswered).where(*same)
    return bool(connection.execute(count).scalar_one() >= MOST_ROWS)


def of(
    store: Store, connection: Connection, months: Iterable[str], floor: int
) -> tuple[Missed, ...]:
    """What came from at least `floor` people in a month, the most people first, in steps of it."""
    query = sa.select(unanswered).where(unanswered.c.month.in_(list(months)))
    most: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for row in connection.execute(query):
        number = int(people.estimate(bytes(row.sketch)) + 0.5) // floor * floor
        words = store.keys.opened(row.body) if number else None
        if words:
            group = (row.language, row.kind, tuple(words))
            most[group] = max(number, most.get(group, 0))
    found = [Missed(*group, number) for group, number in most.items()]
    return tuple(sorted(found, key=lambda m: (m.language, m.kind, -m.people, m.words)))


def questions(store: Store, connection: Connection, first: str, last: str) -> tuple[Question, ...]:
    """The questions of these days whose writers agreed, latest first."""
    query = sa.select(kept_questions).where(kept_questions.c.day.between(first, last))
    rows = connection.execute(query.order_by(kept_questions.c.id.desc()))
    found = [(row.day, row.language, store.keys.opened(row.body)) for row in rows]
    return tuple(Question(*row) for row in found if row[-1])


def tidy(connection: Connection, today: date, floor: int) -> None:
    """Forgets what will never be shown, and where words are too many those that came once."""
    over = unanswered.c.month < days.running(today)
    query = sa.select(unanswered).where(over)
    for row in connection.execute(query).all():
        if round(people.estimate(bytes(row.sketch))) < floor:
            here = [column == row._mapping[column] for column in unanswered.primary_key]
            connection.execute(sa.delete(unanswered).where(*here))
    for where in _crowded(connection):
        once = (*where, unanswered.c.kind == "word", unanswered.c.count == 1)
        connection.execute(sa.delete(unanswered).where(*once))


def _crowded(connection: Connection) -> list[list[Any]]:
    """The months and languages whose words are too many."""
    columns = (unanswered.c.month, unanswered.c.language)
    query = sa.select(*columns).where(unanswered.c.kind == "word").group_by(*columns)
    crowded = connection.execute(query.having(sa.func.count() >= MOST_ROWS)).all()
    return [[c == value for c, value in zip(columns, row, strict=True)] for row in crowded]
