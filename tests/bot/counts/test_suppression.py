"""No small count can be worked out, also by somebody who knows how they are hidden."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest

from bot.counts import suppression
from bot.counts.suppression import Shown

FLOOR = 5


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"es": 20, "ht": 10}, Shown({"es": 20, "ht": 10}, 0, 30)),
        ({"es": 20, "ht": 10, "fr": 9, "en": 3}, Shown({"es": 20, "ht": 10}, 12, 42)),
        ({"yes": 20, "no": 3}, Shown({}, 23, 23)),
        ({"es": 20, "ht": 9, "fr": 9, "en": 3}, Shown({"es": 20}, 21, 41)),
        ({"es": 2, "ht": 2}, Shown({}, None, None)),
        ({"es": 4, "ht": 4}, Shown({}, 8, 8)),
        ({"es": 7, "ht": 0}, Shown({"es": 7}, 0, 7)),
        ({}, Shown({}, 0, 0)),
    ],
)
def test_what_is_shown_of_a_table(counts: dict[str, int], shown: Shown) -> None:
    assert suppression.of(counts, FLOOR) == shown


@pytest.mark.parametrize("floor", [5, 6, 10])
def test_a_higher_floor_hides_more(floor: int) -> None:
    counts = {"es": 20, "ht": 9, "fr": 6, "en": 5}

    assert all(number >= floor for number in suppression.of(counts, floor).rows.values())


def consistent(cells: int, most: int, floor: int) -> dict[str, list[tuple[int, ...]]]:
    """All tables with so many cells, by what is shown of them."""
    found = defaultdict(list)
    for table in itertools.product(range(most + 1), repeat=cells):
        shown = suppression.of({str(n): count for n, count in enumerate(table)}, floor)
        found[repr(shown)].append(table)
    return found


@pytest.mark.parametrize(("cells", "most"), [(2, 40), (3, 16), (4, 10), (5, 6)])
def test_nothing_that_is_shown_tells_a_small_count(cells: int, most: int) -> None:
    """The attacker knows this program and tries every table there is.

    Where all tables that look the same have the same small count in a place, it is known.
    """
    known = [
        (shown, place)
        for shown, tables in consistent(cells, most, FLOOR).items()
        for place in range(cells)
        if len({table[place] for table in tables}) == 1 and 0 < tables[0][place] < FLOOR
    ]

    assert known == []


@pytest.mark.parametrize("most", [9, 12])
def test_a_higher_floor_later_tells_no_more(most: int) -> None:
    """Who has seen a table with two floors knows no small count either."""
    found = defaultdict(list)
    for table in itertools.product(range(most + 1), repeat=3):
        counts = {str(n): count for n, count in enumerate(table)}
        found[repr([suppression.of(counts, floor) for floor in (5, 8)])].append(table)
    known = [
        tables[0]
        for tables in found.values()
        for place in range(3)
        if len({table[place] for table in tables}) == 1 and 0 < tables[0][place] < FLOOR
    ]

    assert known == []
