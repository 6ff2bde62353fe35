"""The figures are those of a plain recount, without small ones, and nothing tells these."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from scipy.optimize import linprog

from benchmarks import usage_load
from bot import days, figures, months, usage
from bot.days import Period
from bot.figures import Figures
from bot.store import Store
from bot.tables import published
from bot.usage import Event

FLOOR = 5
LATER = date(2026, 11, 20)
QUARTER = Period.of("2026-Q3")
# Cells that are often small: what an attacker looks for.
SMALL = {
    "language": ("es", "ht", "en", "fr"),
    "country": ("HT", "SV", "HN", "MX", "SR", ""),
    "channel": ("whatsapp", "sms", "telegram"),
    "entry": ("", "radio-1", "poster-2"),
    "topic": ("h2.what", "h2.cost", "hubs.nearest", "documents.passport", "fraud.rumor"),
}


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
    assert (found.pending[0], shown(found, "language")) == ("2026-11", {})


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
    from bot import faults

    with store.write() as connection:
        faults.note(connection, "worker", 3)
        faults.note(connection, "worker", 2)
        day = days.today(connection)
    found = figures.figures(store, Period.of(days.month_of(day)))

    assert [(f.day, f.kind, f.minutes) for f in found.faults] == [(day.isoformat(), "worker", 5)]


@pytest.fixture(scope="module")
def quarter() -> Iterator[tuple[Store, usage_load.Recount]]:
    """A simulated quarter in a database of its own, and a plain recount of it."""
    import tempfile
    from pathlib import Path

    from tests.conftest import make_settings

    with tempfile.TemporaryDirectory() as folder:
        store = Store(make_settings(Path(folder)))
        store.upgrade()
        yield store, usage_load.load(store, QUARTER.name, messages=6_000, people=1_500)
        store.close()


def test_every_figure_is_that_of_the_recount(quarter: Any) -> None:
    store, recount = quarter
    found = of(store)
    for name, table in found.tables.items():
        counts: Counter[str] = Counter()
        for month in QUARTER.months:
            counts += recount.counts[name, month]
        sure = {row.key: row.count for row in table.rows if not row.at_least}

        assert sure == {key: counts[key] for key in sure}
        assert table.total == sum(counts.values())
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


# The attack: everything that is published, as equations with the hidden counts as unknowns.


def a_quarter_of_small_numbers(store: Store, seed: int) -> dict[tuple[str, str, str], int]:
    """A quarter with many small counts, and what they really are by table, month and key."""
    dice, real = random.Random(seed), defaultdict(int)
    events: Counter[Event] = Counter()
    for month in QUARTER.months:
        for _ in range(dice.choice((6, 15, 40))):
            known = {
                n: dice.choices(v, [2.0**-i for i in range(len(v))])[0] for n, v in SMALL.items()
            }
            events[Event(f"{month}-05", "message", **known)] += 1
            for name, value in known.items():
                real[name, month, value] += 1
    with store.write() as connection:
        usage.add(connection, events)
    return dict(real)


def everything(store: Store) -> list[dict[str, Any]]:
    """All that pages and exports give: months, the quarter, the year, with their comparisons."""
    names = [*QUARTER.months, "2026-Q3", "2026-Q4", "2026"]
    found = [figures.figures(store, Period.of(name), today=LATER).as_json() for name in names]
    return [*found, *(one["before"] for one in found)]


def equations(store: Store, unknowns: list[tuple[str, str, str]]) -> tuple[Any, Any, Any, Any]:
    """A·x = b and C·x ≤ d for all that is published of tables of messages."""
    place = {unknown: n for n, unknown in enumerate(unknowns)}
    equal, right, below, limit = [], [], [], []

    def row(cells: list[tuple[str, str, str]]) -> Any:
        line = np.zeros(len(unknowns))
        for cell in cells:
            line[place[cell]] = 1
        return line

    for found in everything(store):
        over = [m for m in Period.of(found["period"]).months if m in QUARTER.months]
        for name, values in SMALL.items():
            table = found["tables"][name]
            whole = row([(name, month, value) for month in over for value in values])
            if table["total"] is not None and not table["at_least"]:
                equal.append(whole)
                right.append(table["total"])
            for shown_row in table["rows"]:
                cells = row([(name, month, shown_row["key"]) for month in over])
                if shown_row["at_least"]:
                    below.append(-cells)
                    limit.append(-shown_row["count"])
                else:
                    equal.append(cells)
                    right.append(shown_row["count"])
    return np.array(equal), np.array(right), np.array(below).reshape(-1, len(unknowns)), limit


@pytest.mark.parametrize("seed", range(6))
def test_an_attack_on_everything_that_is_published_finds_no_small_count(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    from tests.conftest import make_settings

    store = Store(make_settings(tmp_path_factory.mktemp("attack")))
    store.upgrade()
    real = a_quarter_of_small_numbers(store, seed)
    unknowns = [(n, m, v) for n, values in SMALL.items() for m in QUARTER.months for v in values]
    equal, right, below, limit = equations(store, unknowns)
    found_out, small = [], [cell for cell in unknowns if 0 < real.get(cell, 0) < FLOOR]
    for cell in small:
        target = np.zeros(len(unknowns))
        target[unknowns.index(cell)] = 1
        least, most = (
            sign * linprog(sign * target, below, limit, equal, right, (0, None)).fun
            for sign in (1, -1)
        )
        if round(most) == round(least):
            found_out.append((cell, round(least)))
    store.close()

    assert (found_out, len(small) > 10) == ([], True)


def test_the_attack_finds_a_count_that_is_badly_hidden(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the attack would show nothing: hiding only what is small is not enough."""
    from bot import suppression
    from bot.suppression import Shown

    def careless(counts: dict[str, int], floor: int) -> Shown:
        large = {key: n for key, n in counts.items() if n >= floor}
        return Shown(large, sum(counts.values()) - sum(large.values()), sum(counts.values()))

    monkeypatch.setattr(suppression, "of", careless)
    with pytest.raises(AssertionError, match="radio|es|ht|sms|HT|poster|rumor|telegram|passport"):
        for seed in range(6):
            test_an_attack_on_everything_that_is_published_finds_no_small_count(
                _Folders(tmp_path), seed
            )


class _Folders:
    """New folders under one."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def mktemp(self, name: str) -> Any:
        """A new one."""
        folder = self.root / f"{name}-{random.random()}"
        folder.mkdir()
        return folder


def test_what_is_kept_for_the_view_has_no_small_count(quarter: Any) -> None:
    store, _ = quarter
    of(store)
    rows = months.published.select().where(published.c.key != "*", published.c.count < FLOOR)
    with store.read() as connection:
        assert connection.execute(rows).all() == []
