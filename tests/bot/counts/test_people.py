"""How many people there were is known closely, and who they were not at all."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from bot.counts import people
from bot.counts.people import Group
from bot.store import Store
from bot.tables import people as table
from bot.tables import salts
from tests import samples

NOVEMBER = Group("2026-11", "all", "", False)
DECEMBER = Group("2026-12", "all", "", False)


def see(store: Store, group: Group, *names: str) -> None:
    """People are seen in a group."""
    with store.write() as connection:
        people.add(store, connection, {group: names})


def about(store: Store, month: str = "2026-11") -> float:
    """About how many people there were."""
    with store.read() as connection:
        return people.estimates(connection, month, trial=False).get(("all", ""), 0.0)


@pytest.mark.parametrize("number", [1, 5, 300, 5_000, 20_000])
def test_the_estimate_is_within_three_per_cent(store: Store, number: int) -> None:
    names = [f"person {n}" for n in range(number)]
    for start in range(0, number, 4_000):
        see(store, NOVEMBER, *names[start : start + 4_000])

    assert about(store) == pytest.approx(number, rel=0.03)


def test_a_person_who_comes_again_changes_nothing(store: Store) -> None:
    see(store, NOVEMBER, "a", "b")
    before = samples.column(store, table.c.sketch)
    see(store, NOVEMBER, "b", "a")

    assert samples.column(store, table.c.sketch) == before


def test_two_months_have_nothing_in_common(store: Store) -> None:
    """The same person leaves another trace: nobody can follow them from month to month."""
    see(store, NOVEMBER, "a")
    see(store, DECEMBER, "a")
    one, other = samples.column(store, table.c.sketch)

    assert one != other


def test_a_salt_is_thrown_away_when_its_month_is_over(store: Store) -> None:
    see(store, NOVEMBER, "a")
    see(store, DECEMBER, "a")
    with store.write() as connection:
        people.forget_salts(connection, date(2026, 12, 1))

    assert samples.column(store, salts.c.month) == ["2026-12"]


def test_a_salt_is_not_kept_in_clear(store: Store) -> None:
    see(store, NOVEMBER, "a")
    sealed = samples.column(store, salts.c.salt)[0]

    assert len(bytes.fromhex(store.keys.unseal(bytes(sealed)))) == 32


def test_a_reply_adds_its_person_to_their_groups(store: Store) -> None:
    samples.answer(store, language="ht", country="HT")
    query = sa.select(table.c.kind, table.c.value, table.c.trial)
    with store.read() as connection:
        groups = sorted(tuple(row) for row in connection.execute(query))

    assert groups == [("all", "", True), ("country", "HT", True), ("language", "ht", True)]


def test_people_are_counted_on_when_the_key_is_lost(store: Store) -> None:
    see(store, NOVEMBER, "a")
    samples.change(store, salts, salt=b"sealed with another key")
    see(store, NOVEMBER, "b")
    see(store, NOVEMBER, "b")

    assert round(about(store)) == 2
