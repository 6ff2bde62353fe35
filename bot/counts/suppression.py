"""No small count is shown, nor what it could be worked out from.

A month is shown table by table once it is over, and whatever is said of longer periods is put
together from what months show: so nothing can be gained by comparing periods.

In a table every count under the floor goes into the rest, and with it the smallest of the others
(all that are equal to it): so the rest has unequal counts in it, and nothing tells which is whose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Shown:
    """What may be seen of a table of one month.

    `rest` is the sum of all rows that are not in `rows`; `total` that of all rows. Where the
    whole is under the floor both are None and there are no rows.
    """

    rows: dict[str, int] = field(default_factory=dict)
    rest: int | None = 0
    total: int | None = 0


def of(counts: Mapping[str, int], floor: int) -> Shown:
    """The table without small counts. Counts of zero are no rows and tell nothing."""
    total = sum(counts.values())
    if 0 < total < floor:
        return Shown(rest=None, total=None)
    large = {key: n for key, n in counts.items() if n >= floor}
    if large and sum(large.values()) < total:
        smallest = min(large.values())
        large = {key: n for key, n in large.items() if n > smallest}
    return Shown(large, total - sum(large.values()), total)
