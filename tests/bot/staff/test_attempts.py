"""How often one may try, counted for all processes together."""

from __future__ import annotations

import threading

import pytest

from bot.staff import attempts
from bot.staff.attempts import PERIOD_SECONDS, allowed, forgive
from bot.store import Store
from bot.tables import attempts as table
from tests import samples
from tests.bot.staff.test_sessions import Clock

NAME = "marie.p"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the attempts."""
    made = Clock()
    monkeypatch.setattr(attempts, "time", made)
    return made


def test_so_many_tries_and_no_more(store: Store) -> None:
    assert [allowed(store, "name", NAME, 3) for _ in range(5)] == [True] * 3 + [False] * 2


@pytest.mark.parametrize(("kind", "who"), [("name", "paul"), ("address", NAME)])
def test_others_are_counted_apart(store: Store, kind: str, who: str) -> None:
    allowed(store, "name", NAME, 1)

    assert allowed(store, kind, who, 1)


def test_after_the_period_it_begins_anew(store: Store, clock: Clock) -> None:
    allowed(store, "name", NAME, 1)
    clock.now += PERIOD_SECONDS

    assert [allowed(store, "name", NAME, 1) for _ in range(2)] == [True, False]


def test_trying_on_does_not_lengthen_the_period(store: Store, clock: Clock) -> None:
    for _ in range(3):
        allowed(store, "name", NAME, 1)
        clock.now += PERIOD_SECONDS / 3

    assert allowed(store, "name", NAME, 1)


def test_the_right_one_is_forgiven(store: Store) -> None:
    allowed(store, "name", NAME, 1)
    forgive(store, "name", NAME)

    assert allowed(store, "name", NAME, 1)


def test_no_name_is_kept(store: Store) -> None:
    allowed(store, "name", NAME, 1)

    assert not any(NAME in key for key in samples.column(store, table.c.key))


def test_tries_at_the_same_time_are_all_counted(store: Store) -> None:
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(allowed(store, "name", NAME, 4)))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 8 + [True] * 4
