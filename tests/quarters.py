"""A small simulated quarter, loaded through the real counts, and ways to read it back."""

from __future__ import annotations

import re

from benchmarks import usage_load
from benchmarks.usage_load import Recount
from bot.store import Store

PERIOD, MONTHS = "2026-Q3", ("2026-07", "2026-08", "2026-09")
MESSAGES, PEOPLE = 3000, 600
_SECTION = re.compile(r'<h2 id="(\w+)">(.*?)</section>', re.DOTALL)
_ROW = re.compile(r'<tr data-key="([^"]*)">.*?<data value="(\d+)">([^<]*)</data>', re.DOTALL)
_TOTAL = re.compile(r'<tfoot>.*?<data value="(\d+)">', re.DOTALL)


def load(store: Store) -> Recount:
    """Fills the store; returns the same, counted in the plainest way."""
    return usage_load.load(store, PERIOD, messages=MESSAGES, people=PEOPLE, seed=3)


def rows_of(page: str) -> dict[tuple[str, str], int]:
    """Table and key of each row of a page, and its count."""
    return {
        (name, key): int(count)
        for name, part in _SECTION.findall(page)
        for key, count, _ in _ROW.findall(part)
    }


def totals_of(page: str) -> dict[str, int]:
    """The total of each table of a page."""
    found = ((name, _TOTAL.search(part)) for name, part in _SECTION.findall(page))
    return {name: int(total.group(1)) for name, total in found if total}
