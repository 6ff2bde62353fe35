"""What was not understood: what many have in common, and nothing of one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from bot.counts import days, unanswered
from bot.inbox import Job
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph, Reply
from bot.store import Store
from bot.tables import kept_questions
from bot.tables import unanswered as table
from tests import samples
from tests.talks import payloads

FLOOR = 5
TOPICS = ("h2.cost", "h2.what", "meta.human")
CLARIFIED = Reply(outcome="clarified", options=TOPICS, language="es")
MISSED = Reply(
    paragraphs=(Paragraph("I did not understand"),),
    choices=(Choice("H-2", "group:h2"),),
    outcome="fallback",
    language="es",
)


def job(
    person: str = "a person", text: str = "el bono solidario", channel: str = "whatsapp"
) -> Job:
    """A message of a person."""
    return Job(1, "token", person, channel, "HN", 1, text, "", None, None)


def miss(store: Store, content: Knowledge, *people: str, **more: Any) -> None:
    """These people were not understood with the same words."""
    for person in people:
        unanswered.learn(store, content, job(person, **more), CLARIFIED)


def found(store: Store, *months: str) -> list[tuple[str, tuple[str, ...], int]]:
    """What is shown."""
    with store.read() as connection:
        here = months or (days.month_of(days.today(connection)),)
        rows = unanswered.of(store, connection, here, FLOOR)
    return [(row.kind, row.words, row.people) for row in rows]


def test_what_five_people_have_in_common_is_shown(store: Store, content: Knowledge) -> None:
    miss(store, content, *"abcdef")

    assert found(store) == [
        ("topics", ("h2.cost", "h2.what"), 5),
        ("word", ("bono",), 5),
        ("word", ("solidario",), 5),
    ]


def test_what_one_person_says_often_is_not(store: Store, content: Knowledge) -> None:
    miss(store, content, *"aaaaaaabcd")

    assert found(store) == []


@pytest.mark.parametrize(
    "text",
    [
        "me llamo zulmarina quexaltoc y necesito bono",
        "Hola quiero bono para Zulmarina",
        "bono para 0801-1990-12345 zulmarina",
        "bono calle 19 zulmarina",
        "bono zulmarina@example.org",
        "bono en Ouanaminthe",
    ],
)
def test_names_numbers_and_places_are_left_out(content: Knowledge, text: str) -> None:
    assert content.sieve.words(text) == ["bono"]


def test_an_abbreviation_is_a_word(content: Knowledge) -> None:
    assert "tps" in content.sieve.words("what happens with TPS")


def test_the_table_does_not_hold_a_word_in_clear(store: Store, content: Knowledge) -> None:
    miss(store, content, *"abcdef")
    with store.read() as connection:
        held = repr(connection.execute(sa.select(table)).all())

    assert [word for word in ("bono", "solidario", "h2.cost") if word in held] == []


@pytest.mark.parametrize(
    ("reply", "channel"),
    [
        (replace(CLARIFIED, outcome="answered"), "whatsapp"),
        (replace(CLARIFIED, options=("protection.violence", "h2.what")), "whatsapp"),
        (CLARIFIED, "web"),
        (None, "whatsapp"),
    ],
)
def test_nothing_else_is_noted(
    store: Store, content: Knowledge, reply: Reply | None, channel: str
) -> None:
    unanswered.learn(store, content, job(channel=channel), reply)

    assert samples.column(store, table.c.key) == []


def test_invented_words_do_not_fill_the_table(
    store: Store, content: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unanswered, "MOST_ROWS", 4)
    letters = "bcdfghjklm"
    miss(store, content, "a", text=" ".join(f"{x}zqx{x}" for x in letters))
    assert len(samples.column(store, table.c.key, table.c.kind == "word")) == 4

    with store.write() as connection:
        unanswered.tidy(connection, days.today(connection), FLOOR)
    assert samples.column(store, table.c.key, table.c.kind == "word") == []


def test_what_too_few_said_is_forgotten_with_the_month(store: Store, content: Knowledge) -> None:
    miss(store, content, *"abcdef")
    miss(store, content, "a", text="subsidio")
    with store.write() as connection:
        today = days.today(connection)
        unanswered.tidy(connection, date(today.year + 1, 3, 3), FLOOR)

    assert len(samples.column(store, table.c.key)) == 3


def asked(content: Knowledge, misses: int = 2, **more: Any) -> tuple[Reply, Any]:
    """A reply to a message that was not understood, and what is remembered."""
    message = replace(job(**more), dialogue={"misses": misses - 1})
    return unanswered.carried(
        content, message, MISSED, {"misses": misses, "choices": ["group:h2"]}
    )


def test_after_two_misses_it_asks_whether_it_may_keep_the_question(content: Knowledge) -> None:
    reply, remembered = asked(content, text="el bono, mi numero es +504 9999-8888")

    assert payloads(reply) == remembered["choices"] == ["group:h2", "keep:yes"]
    assert remembered["feedback"] == {"question": "el bono, mi numero es ***"}


@pytest.mark.parametrize("more", [{"misses": 1}, {"channel": "sms"}, {"text": "???"}])
def test_it_asks_so_rarely(content: Knowledge, more: dict[str, Any]) -> None:
    assert asked(content, **more)[0] == MISSED


def test_it_asks_once(content: Knowledge) -> None:
    message = replace(job(), dialogue={"feedback": {"question": ""}})

    assert unanswered.carried(content, message, MISSED, {"misses": 5})[0] == MISSED


def test_a_question_is_kept_when_its_writer_agrees(store: Store, content: Knowledge) -> None:
    agreed = replace(job(), dialogue={"feedback": {"question": "el bono"}})
    unanswered.learn(store, content, agreed, Reply(effect="keep", language="es"))
    with store.read() as connection:
        today = days.today(connection).isoformat()
        kept = unanswered.questions(store, connection, today, today)

    assert [(q.day, q.language, q.text) for q in kept] == [(today, "es", "el bono")]
    assert b"bono" not in bytes(samples.column(store, kept_questions.c.body)[0])


def test_without_a_question_nothing_is_kept(store: Store, content: Knowledge) -> None:
    """A second tap on the button."""
    agreed = replace(job(), dialogue={"feedback": {"question": ""}})
    unanswered.learn(store, content, agreed, Reply(effect="keep", language="es"))

    assert samples.column(store, kept_questions.c.id) == []


def test_what_no_key_opens_is_left_out(store: Store, content: Knowledge) -> None:
    miss(store, content, *"abcdef")
    unanswered.learn(
        store,
        content,
        replace(job(), dialogue={"feedback": {"question": "el bono"}}),
        Reply(effect="keep", language="es"),
    )
    for sealed in (table, kept_questions):
        samples.change(store, sealed, body=b"sealed with another key")
    with store.read() as connection:
        today = days.today(connection).isoformat()
        kept = unanswered.questions(store, connection, today, today)

    assert (found(store), kept) == ([], ())
