"""Cut off at any statement, a change of a hand-over has happened wholly or not at all.

Each test cuts the power at the first statement of what it does, then at the second, and so on,
does it again as the program would, and looks at what there is in the end: once, and in order.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import inbox, worker
from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.store import Store
from bot.tables import audit, handovers
from bot.tables import inbox as inbox_table
from bot.tables import outbox as outbox_table
from tests import desks, samples
from tests.bot.desk.test_beside import Calling, Hearing
from tests.conftest import make_settings
from tests.desks import ANNA

MOST, FEW = 50, 20  # statements: of a message from its coming in to its answer; of one change

pytestmark = pytest.mark.usefixtures("desk_is_open")


class Cut(Exception):
    """The power is gone."""


@contextmanager
def cut_at(store: Store, number: int) -> Iterator[list[int]]:
    """The power goes before that statement. Gives the statements that were reached."""
    reached: list[int] = []

    def count(*_: Any) -> None:
        reached.append(len(reached) + 1)
        if len(reached) == number:
            raise Cut

    sa.event.listen(store.engine, "before_cursor_execute", count)
    try:
        yield reached
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", count)


def at_every_statement(store: Store, do: Callable[[int], Any], look: Callable[[int], Any]) -> int:
    """Cuts `do` at each of its statements, does it again, and looks. Returns how many it has."""
    for number in range(1, MOST):
        try:
            with cut_at(store, number) as reached:
                do(number)
        except Cut:
            do(number)
        look(number)
        if len(reached) < number:
            return len(reached)
    raise AssertionError("it never got to its end")


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Settings:
    """Settings with each database in turn."""
    return make_settings(tmp_path, ALO_DATABASE_URL=database_url)


def address(number: int) -> str:
    """A person of their own for each cut."""
    return f"+509370{number:05}"


def of(store: Store, number: int) -> str:
    return str(store.keys.pseudonym("web", address(number)))


def states(store: Store, number: int) -> list[str]:
    return samples.column(store, handovers.c.state, handovers.c.conversation == of(store, number))


def replies(store: Store, number: int) -> int:
    """How many replies wait for a person or are sent to them."""
    mine = outbox_table.c.conversation == of(store, number)
    return len(samples.column(store, outbox_table.c.id, mine))


def work(config: Settings, store: Store, engine: Any) -> None:
    """What a worker does that has just been started: frees what the dead one had, and goes on."""
    inbox.release_worker(store, "worker-1")
    while job := inbox.claim(store, 60, "worker-1"):
        asyncio.run(worker.answer(config, store, engine, job))


def waits(store: Store) -> list[int]:
    return samples.column(store, inbox_table.c.id, inbox_table.c.state == "waiting")


def test_the_beginning(config: Settings, store: Store) -> None:
    desks.staff(store)

    def person_asks(number: int) -> None:
        inbox.receive(store, samples.incoming(f"m{number}", address(number)))
        work(config, store, Calling())

    def look(number: int) -> None:
        found = (states(store, number), replies(store, number), waits(store))
        assert found == (["waiting"], 1, [])

    assert at_every_statement(store, person_asks, look) > 10


def test_a_message_while_somebody_is_awaited(
    config: Settings, store: Store, content: Knowledge
) -> None:
    for number in range(MOST):
        desks.waiting(store, content, address(number))
    desks.ago(store, 3600, "said_at")

    def person_writes(number: int) -> None:
        inbox.receive(store, samples.incoming(f"m{number}", address(number), text="hello?"))
        work(config, store, Hearing())

    def look(number: int) -> None:
        assert (replies(store, number), waits(store)) == (2, [])  # one before, and the line

    assert at_every_statement(store, person_writes, look) > 5


def test_going_back_to_the_program(config: Settings, store: Store, content: Knowledge) -> None:
    for number in range(MOST):
        desks.waiting(store, content, address(number))

    def person_writes(number: int) -> None:
        inbox.receive(store, samples.incoming(f"m{number}", address(number), text="0"))
        work(config, store, Hearing())

    def look(number: int) -> None:
        found = (states(store, number), replies(store, number), waits(store))
        assert found == (["ended"], 2, [])

    assert at_every_statement(store, person_writes, look) > 5


@pytest.mark.parametrize("step", ["claimed", "answered", "ended", "transferred", "nobody"])
def test_what_an_operator_does(
    config: Settings, store: Store, content: Knowledge, step: str
) -> None:
    """What was cut off has not happened, so that it can be done again."""
    cases: dict[int, Case] = {}
    for number in range(1, FEW):
        cases[number] = desks.waiting(store, content, address(number))
        if step in {"answered", "ended", "transferred"}:
            handover.claim(store, cases[number].id, ANNA)
    desks.ago(store, 3600, "began_at")
    doing: dict[str, Callable[[int], Any]] = {
        "claimed": lambda number: handover.claim(store, number, ANNA),
        "answered": lambda number: handover.answer(store, number, ANNA, "hello"),
        "ended": lambda number: handover.hand_back(store, number, ANNA),
        "transferred": lambda number: handover.transfer(store, number, ANNA, team="visas"),
        "nobody": lambda number: _overdue(store, content, number),
    }

    def do(number: int) -> None:
        doing[step](cases[number].id)

    def look(number: int) -> None:
        mine = (audit.c.subject == str(cases[number].id), audit.c.action == step)
        before = 2 if step in {"answered", "ended", "transferred"} else 1
        found = (len(samples.column(store, audit.c.id, *mine)), replies(store, number) - before)
        assert found == (1, 1)

    assert at_every_statement(store, do, look) > 3


def _overdue(store: Store, content: Knowledge, case_id: int) -> None:
    """One case of those that the sender looks at."""
    handover._look(store, content, case_id, time.time())
