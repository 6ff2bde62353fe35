"""An attack on everything that is published: is any small count to be worked out from it?

What pages and exports give is written down as equations, with the counts of the months as
unknowns; a linear program then looks for the smallest and the largest value of each small one.
Where both are the same, it is known. (test_suppression.py tries all small tables there are.)
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from scipy.optimize import linprog

from bot.counts import figures, suppression, usage
from bot.counts.days import Period
from bot.counts.suppression import Shown
from bot.counts.usage import Event
from bot.store import Store
from bot.tables import published
from tests.conftest import make_settings

FLOOR = 5
LATER = date(2026, 11, 20)
MONTHS = Period.of("2026-Q3").months
PERIODS = (*MONTHS, "2026-Q3", "2026-Q4", "2026")
VALUES = {
    "language": ("es", "ht", "en", "fr"),
    "country": ("HT", "SV", "HN", "MX", "SR", ""),
    "channel": ("whatsapp", "sms", "telegram"),
    "entry": ("", "radio-1", "poster-2"),
    "topic": ("h2.what", "h2.cost", "hubs.nearest", "documents.passport", "fraud.rumor"),
}
Cell = tuple[str, str, str]  # table, month, key
CELLS: list[Cell] = [(n, m, v) for n, values in VALUES.items() for m in MONTHS for v in values]


@dataclass
class Known:
    """What an attacker knows: sums of cells that are exact, and sums that are at least so much."""

    exact: list[tuple[list[Cell], int]] = field(default_factory=list)
    least: list[tuple[list[Cell], int]] = field(default_factory=list)

    def bounds(self, cell: Cell) -> tuple[int, int]:
        """The smallest and the largest number that a cell may be."""
        target = _line([cell])
        equal = np.array([_line(cells) for cells, _ in self.exact])
        right = [number for _, number in self.exact]
        above = np.array([-_line(cells) for cells, _ in self.least]).reshape(-1, len(CELLS))
        limit = [-number for _, number in self.least]
        ends = []
        for sign in (1, -1):
            found = linprog(sign * target, above, limit, equal, right, (0, None))
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def _line(cells: list[Cell]) -> Any:
    line = np.zeros(len(CELLS))
    line[[CELLS.index(cell) for cell in cells]] = 1
    return line


def count_small_numbers(store: Store, seed: int) -> Counter[Cell]:
    """Counts a quarter with many small numbers, and returns what they really are."""
    dice, real = random.Random(seed), Counter[Cell]()
    events: Counter[Event] = Counter()
    for month in MONTHS:
        for _ in range(dice.choice((6, 15, 40))):
            known = {
                name: dice.choices(values, [2.0**-n for n in range(len(values))])[0]
                for name, values in VALUES.items()
            }
            events[Event(f"{month}-05", "message", **known)] += 1
            real.update((name, month, value) for name, value in known.items())
    with store.write() as connection:
        usage.add(connection, events)
    return real


def from_figures(store: Store) -> Known:
    """What pages, reports and the API tell, of all periods and of those before them."""
    known = Known()
    given = [figures.figures(store, Period.of(p), today=LATER).as_json() for p in PERIODS]
    for found in [*given, *(one["before"] for one in given)]:
        months = [month for month in Period.of(found["period"]).months if month in MONTHS]
        for name in VALUES:
            _read(known, name, months, found["tables"][name])
    return known


def _read(known: Known, name: str, months: list[str], table: dict[str, Any]) -> None:
    if table["total"] is not None:
        whole = [(name, month, value) for month in months for value in VALUES[name]]
        (known.least if table["at_least"] else known.exact).append((whole, table["total"]))
    for row in table["rows"]:
        cells = [(name, month, row["key"]) for month in months]
        (known.least if row["at_least"] else known.exact).append((cells, row["count"]))


def from_the_view(store: Store) -> Known:
    """What the rows of the view tell."""
    known = Known()
    with store.read() as connection:
        rows = connection.execute(sa.select(published).where(published.c.trial.is_(False))).all()
    for row in rows:
        if row.name in VALUES and row.count is not None and row.key != "*":
            known.exact.append(([(row.name, row.month, row.key)], row.count))
        if row.name in VALUES and row.count is not None and row.key == "*":
            shown = {r.key for r in rows if (r.name, r.month) == (row.name, row.month)}
            rest = [(row.name, row.month, v) for v in VALUES[row.name] if v not in shown]
            known.exact.append((rest, row.count))
    return known


def attack(folder: Path, seed: int) -> tuple[list[Cell], int]:
    """The small counts that are found out, and how many there are."""
    store = Store(make_settings(folder))
    store.upgrade()
    real = count_small_numbers(store, seed)
    figures_tell, view_tells = from_figures(store), from_the_view(store)
    store.close()
    known = Known(figures_tell.exact + view_tells.exact, figures_tell.least + view_tells.least)
    small = [cell for cell in CELLS if 0 < real[cell] < FLOOR]
    found_out = [cell for cell in small if len(set(known.bounds(cell))) == 1]
    return found_out, len(small)


@pytest.mark.parametrize("seed", range(5))
def test_no_small_count_is_found_out(tmp_path: Path, seed: int) -> None:
    found_out, small = attack(tmp_path, seed)

    assert (found_out, small > 10) == ([], True)


def test_counts_that_are_hidden_alone_are_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise the attack would show nothing."""

    def careless(counts: dict[str, int], floor: int) -> Shown:
        large = {key: number for key, number in counts.items() if number >= floor}
        total = sum(counts.values())
        return Shown(large, total - sum(large.values()), total)

    monkeypatch.setattr(suppression, "of", careless)

    assert any(attack(tmp_path / str(seed), seed)[0] for seed in range(5))
