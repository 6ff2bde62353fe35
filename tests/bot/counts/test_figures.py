"""The figures are those of a plain recount, without small ones, and nothing tells these."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from benchmarks import usage_load
from bot.counts import faults, figures, usage
from bot.counts.days import Period
from bot.counts.figures import Figures
from bot.counts.people import Group
from bot.store import Store
from bot.tables import published
from tests.conftest import make_settings

FLOOR = 5
LATER = date(2026, 11, 20)
QUARTER = Period.of("2026-Q3")


def put(store: Store, day: str, n: int, measure: str = "message", **known: str) -> None:
    """Something happened so often on a day."""
    with store.write() as connection:
        usage.count(connection, measure=measure, day=day, n=n, **known)


def of(store: Store, name: str = "2026-Q3", **more: Any) -> Figures:
    """The figures of a period."""
    return figures.figures(store, Period.of(name), today=LATER, **more)


def shown(found: Figures, name: str) -> dict[str, int]:
    """The rows of a table."""
    return {row.key: row.count for row in found.tables[name].rows}


def test_a_table_adds_up_to_its_total(store: Store) -> None:
    put(store, "2026-07-31", 40, language="es")
    put(store, "2026-08-01", 30, language="ht")
    table = of(store).tables["language"]

    assert (table.total, table.rest, shown(of(store), "language")) == (70, 0, {"es": 40, "ht": 30})


def test_what_is_small_in_one_month_is_hidden_in_it_alone(store: Store) -> None:
    for day, french in (("2026-07-01", 3), ("2026-08-01", 8)):
        put(store, day, 50, language="es")
        put(store, day, 9, language="ht")
        put(store, day, french, language="fr")
    table = of(store).tables["language"]
    rows = [(row.key, row.count, row.at_least) for row in table.rows]

    assert rows == [("es", 100, False), ("ht", 9, True), ("fr", 8, True)]
    assert (table.rest, table.total) == (12, 129)


def test_a_month_with_almost_nothing_is_not_shown(store: Store) -> None:
    put(store, "2026-07-01", 4, language="es")
    put(store, "2026-08-01", 50, language="es")
    found = of(store)

    assert (found.totals["message"].count, found.totals["message"].at_least) == (50, True)
    assert [month.messages for month in found.months] == [None, 50, 0]


def test_the_period_before_stands_beside(store: Store) -> None:
    put(store, "2026-06-30", 30, language="es")
    put(store, "2026-07-01", 50, language="es")
    found = of(store, "2026-07")

    assert (found.totals["message"].count, found.before.totals["message"].count) == (50, 30)


def test_the_running_month_has_totals_in_steps_and_no_tables(store: Store) -> None:
    put(store, "2026-11-03", 27, language="es")
    found = of(store, "2026-Q4")

    assert found.so_far == {"message": 20, "conversation": 0, "people": 0}
    assert ("2026-11" in found.pending, shown(found, "language")) == (True, {})


def test_months_before_anything_was_counted_have_no_figures(store: Store) -> None:
    put(store, "2026-08-03", 27, language="es")

    assert of(store).pending == ("2026-07",)


def test_test_traffic_is_apart(store: Store) -> None:
    put(store, "2026-07-03", 30, language="es", channel="whatsapp")
    put(store, "2026-07-03", 20, language="es", channel="web")

    assert of(store).totals["message"].count == 30
    assert of(store, trial=True).totals["message"].count == 20


def test_a_floor_that_is_raised_hides_more_and_lowered_shows_no_more(store: Store) -> None:
    put(store, "2026-07-03", 30, language="es")
    put(store, "2026-07-03", 20, language="ht")
    put(store, "2026-07-03", 7, language="fr")
    before = shown(of(store), "language")
    raised = shown(of(store, floor=10), "language")

    assert (len(before), raised, shown(of(store), "language")) == (3, {"es": 30}, {"es": 30})


def test_a_fault_is_marked(store: Store) -> None:
    day = date(2026, 7, 9)
    with store.write() as connection:
        faults.note(connection, "worker", 3, day)
        faults.note(connection, "worker", 2, day)

    assert [(f.day, f.kind, f.minutes) for f in of(store).faults] == [("2026-07-09", "worker", 5)]


@pytest.fixture(scope="module")
def quarter() -> Iterator[tuple[Store, usage_load.Recount]]:
    """A simulated quarter in a database of its own, and a plain recount of it."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(make_settings(Path(folder)))
        store.upgrade()
        yield store, usage_load.load(store, QUARTER.name, messages=6_000, people=1_500)
        store.close()


def everybody(recount: usage_load.Recount, month: str) -> set[str]:
    """Who wrote in a month."""
    return recount.people[Group(month, "all", "", False)]


def test_every_figure_is_that_of_the_recount(quarter: Any) -> None:
    store, recount = quarter
    found = of(store)
    for name, table in found.tables.items():
        counts: Counter[str] = Counter()
        for month in QUARTER.months:
            counts += recount.counts[name, month]
        sure = {row.key: row.count for row in table.rows if not row.at_least}

        assert sure == {key: counts[key] for key in sure}
        assert table.at_least or table.total == sum(counts.values())
        assert sum(row.count for row in table.rows) + table.rest == table.total


def test_people_of_each_month_are_close(quarter: Any) -> None:
    store, recount = quarter
    months_of_it = of(store).months
    real = [len(recount.people[usage_load.Group(m.month, "all", "", False)]) for m in months_of_it]

    assert [m.people for m in months_of_it] == [
        pytest.approx(n, rel=0.03, abs=FLOOR) for n in real
    ]


def test_several_months_have_bounds_of_people(quarter: Any) -> None:
    store, recount = quarter
    everybody = of(store).people[0]
    real = set().union(
        *(recount.people[usage_load.Group(m, "all", "", False)] for m in QUARTER.months)
    )

    assert everybody.least <= len(real) <= everybody.most


def test_page_view_and_json_agree_to_the_unit(quarter: Any) -> None:
    """The rows that a view gives, added up, are the figures."""
    store, _ = quarter
    found = json.loads(json.dumps(of(store).as_json()))
    here = (published.c.trial.is_(False), published.c.month.in_(QUARTER.months))
    query = sa.select(published.c.name, published.c.key, sa.func.sum(published.c.count))
    with store.read() as connection:
        rows = connection.execute(query.where(*here).group_by(published.c.name, published.c.key))
        seen = {(name, key): int(number) for name, key, number in rows}
    for name, table in found["tables"].items():
        assert {row["key"]: row["count"] for row in table["rows"]} == {
            key: number
            for (of_table, key), number in seen.items()
            if of_table == name and key != "*"
        }
        assert table["rest"] == seen.get((name, "*"), 0)


def test_what_is_kept_for_the_view_has_no_small_count(quarter: Any) -> None:
    store, _ = quarter
    of(store)
    rows = published.select().where(published.c.key != "*", published.c.count < FLOOR)
    with store.read() as connection:
        assert connection.execute(rows).all() == []
