"""A run that was recorded, counted again from its replies; and what the counts keep of it."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot import inbox
from bot.counts import days, figures, months, unanswered
from bot.counts.days import Period
from bot.knowledge import Knowledge
from bot.model import Reply
from bot.store import Store
from bot.tables import metadata, outbox, published
from tests import samples

PEOPLE = [f"+5093700{number:04}" for number in range(12)]
LANGUAGES = ("ht", "ht", "ht", "es", "es", "fr")
OUTCOMES = ("answered", "answered", "answered", "clarified", "fallback")
NAME = "zulmarina"
COUNTS = ("usage", "people", "published", "unanswered", "salts", "faults")


def reply(dice: random.Random) -> Reply:
    """A reply of any kind."""
    outcome = dice.choice(OUTCOMES)
    topics = ("h2.what", "h2.cost") if outcome == "clarified" else ()
    known = {"language": dice.choice(LANGUAGES), "country": "HT", "topic": "h2.what"}
    return samples.reply(outcome=outcome, options=topics, **known)


@pytest.fixture
def run(store: Store, content: Knowledge) -> Store:
    """A store after 80 messages, each received, answered, and learnt from as the worker does."""
    dice = random.Random(7)
    for number in range(80):
        text = f"me llamo {NAME} y busco bono solidario"
        message = samples.incoming(f"m{number}", dice.choice(PEOPLE), channel="sms", text=text)
        inbox.receive(store, message)
        job = inbox.claim(store, 60, "worker-1")
        said = reply(dice)
        inbox.finish(store, job, said, None)
        unanswered.learn(store, content, job, said)
    return store


def replies(store: Store) -> list[Reply]:
    """What was said, as it waits to be sent."""
    bodies = samples.column(store, outbox.c.body)
    return [Reply.from_json(store.keys.unseal(bytes(body))) for body in bodies]


def of_this_month(store: Store) -> tuple[figures.Figures, str]:
    """The figures of the month of the run, when it is over."""
    with store.read() as connection:
        today = days.today(connection)
    month = days.month_of(today)
    later = today + timedelta(days=40)
    return figures.figures(store, Period.of(month), today=later), month


def known(counts: Counter[str], rows: dict[str, int]) -> Counter[str]:
    """The counts that are shown; those that are not must not be large."""
    hidden = [n for key, n in counts.items() if key not in rows and n]
    assert len(hidden) != 1
    return Counter({key: n for key, n in counts.items() if key in rows})


def test_figures_are_those_of_a_recount_of_the_replies(run: Store) -> None:
    found, month = of_this_month(run)
    said = replies(run)
    for name, values in (
        ("language", [r.language for r in said]),
        ("outcome", [r.outcome for r in said]),
        ("topic", [r.topic for r in said]),
    ):
        rows = {row.key: row.count for row in found.tables[name].rows}

        assert rows == known(Counter(values), rows)
        assert found.tables[name].total == len(said) == 80
        assert _exported(run, month, name) == rows


def _exported(store: Store, month: str, name: str) -> dict[str, int]:
    here = (published.c.month == month, published.c.name == name, published.c.key != months.REST)
    query = sa.select(published.c.key, published.c.count).where(*here)
    with store.read() as connection:
        return dict(tuple(row) for row in connection.execute(query.where(~published.c.trial)))


def test_people_are_as_many_as_wrote(run: Store) -> None:
    found, _ = of_this_month(run)

    assert found.months[0].people == 10  # twelve, in steps of five


def test_what_recurs_is_shown_and_the_name_is_not(run: Store) -> None:
    found, _ = of_this_month(run)
    words = {word for missed in found.unanswered for word in missed.words}

    assert ({"bono", "solidario"} <= words, NAME in words) == (True, False)


def test_a_dump_of_the_counts_holds_nothing_of_a_person(run: Store) -> None:
    of_this_month(run)
    ids = [run.keys.pseudonym("sms", address) for address in PEOPLE]
    personal: list[Any] = [*PEOPLE, *ids, NAME, "bono", "me llamo", "m79"]
    with run.read() as connection:
        rows = {
            name: connection.execute(sa.select(metadata.tables[name])).all() for name in COUNTS
        }

    assert [word for word in personal if word.encode() in repr(rows).encode()] == []
    assert all(rows[name] for name in COUNTS if name != "faults")
