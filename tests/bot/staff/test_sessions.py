"""Sessions: what the browser holds, what the table holds, and when it is over."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.staff import sessions
from bot.staff.sessions import HOUR, IDLE_SECONDS, UNFINISHED_SECONDS
from bot.store import Store
from bot.tables import sessions as table
from tests import samples
from tests.staff import user

NOW = 1_800_000_000.0


class Clock:
    """The time, which a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def time(self) -> float:
        """Seconds since 1970."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the sessions."""
    made = Clock()
    monkeypatch.setattr(sessions, "time", made)
    return made


def test_a_token_finds_who_is_signed_in(store: Store) -> None:
    who = user(store)
    found = sessions.find(store, sessions.begin(store, who, complete=True), 12)

    assert found is not None
    assert (found.user, found.complete, len(found.csrf) > 30) == (who, True, True)


def test_the_table_does_not_hold_the_token(store: Store) -> None:
    token = sessions.begin(store, user(store), complete=True)

    assert token not in samples.column(store, table.c.id)


@pytest.mark.parametrize("token", ["", "x", "é" * 40])
def test_another_token_finds_nobody(store: Store, token: str) -> None:
    sessions.begin(store, user(store), complete=True)

    assert sessions.find(store, token, 12) is None


def test_two_sessions_have_different_tokens_of_both_kinds(store: Store) -> None:
    who = user(store)
    tokens = {sessions.begin(store, who, complete=True) for _ in range(2)}

    assert (len(tokens), len(set(samples.column(store, table.c.csrf)))) == (2, 2)


def test_who_signs_out_is_out_here_alone(store: Store) -> None:
    who = user(store)
    here, there = (sessions.begin(store, who, complete=True) for _ in range(2))
    found = sessions.find(store, here, 12)
    assert found is not None
    sessions.end(store, found)

    assert [sessions.find(store, x, 12) is None for x in (here, there)] == [True, False]


def test_a_session_in_the_place_of_another_ends_it(store: Store) -> None:
    who = user(store)
    first = sessions.begin(store, who, complete=False)
    found = sessions.find(store, first, 12)
    assert found is not None
    sessions.begin(store, who, complete=True, instead_of=found.id)

    assert sessions.find(store, first, 12) is None


@pytest.mark.parametrize(
    ("complete", "seconds"), [(True, IDLE_SECONDS), (False, UNFINISHED_SECONDS)]
)
def test_a_session_in_which_nothing_happens_is_over(
    store: Store, clock: Clock, complete: bool, seconds: float
) -> None:
    token = sessions.begin(store, user(store), complete=complete)
    clock.now = NOW + seconds

    assert sessions.find(store, token, 12) is None


def test_a_session_in_which_something_happens_goes_on(store: Store, clock: Clock) -> None:
    token = sessions.begin(store, user(store), complete=True)
    for _ in range(3):
        clock.now += IDLE_SECONDS - 1

        assert sessions.find(store, token, 12) is not None


def test_no_session_is_longer_than_what_is_set(store: Store, clock: Clock) -> None:
    token = sessions.begin(store, user(store), complete=True)
    found = []
    for _ in range(5):
        clock.now += HOUR
        found.append(sessions.find(store, token, 4) is not None)

    assert found == [True, True, True, False, False]


def test_looking_often_writes_seldom(store: Store, clock: Clock) -> None:
    token = sessions.begin(store, user(store), complete=True)
    clock.now += 1
    sessions.find(store, token, 12)

    assert samples.column(store, table.c.seen_at) == [NOW]


def test_what_is_long_over_is_removed_with_the_next_sign_in(store: Store, clock: Clock) -> None:
    who = user(store)
    sessions.begin(store, who, complete=True)
    clock.now += IDLE_SECONDS + 1
    sessions.begin(store, who, complete=True)

    with store.read() as connection:
        count = sa.select(sa.func.count()).select_from(table)
        assert connection.execute(count).scalar_one() == 1
