"""A map of the region: a circle for each country, as large as its count."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from matplotlib.collections import PolyCollection

from bot.charts import drawing
from bot.charts.drawing import ACCENT, INK, PAPER

WEST, EAST, SOUTH, NORTH = -116.5, -53.0, 3.0, 34.0
LAND, BORDER, SEA = "#ece7dd", "#ffffff", "#f4f8f8"
LARGEST = 4.2  # points across, for each inch of the map
SIDES = {  # where the name begins from the circle, and how it is aligned to that point
    "above": (0, 1, "center", "bottom"),
    "below": (0, -1, "center", "top"),
    "left": (-1, 0, "right", "center"),
    "right": (1, 0, "left", "center"),
}
BORDERS = Path(__file__).parent / "borders.json"


@dataclass(frozen=True)
class Circle:
    """A country: where it lies (degrees east and north), its name and on which side, its count."""

    at: tuple[float, float]
    name: str
    count: int
    side: str = "above"


def shows(at: tuple[float, float]) -> bool:
    """Whether a place is on the map."""
    return WEST < at[0] < EAST and SOUTH < at[1] < NORTH


def draw(circles: list[Circle], width: float = 8.0, height: float = 4.1, named: int = 40) -> bytes:
    """The map as SVG, with small circles above large ones; the `named` largest have names."""
    with drawing.figure(width, height) as (made, axes):
        axes.set_facecolor(SEA)
        axes.add_collection(
            PolyCollection(_borders(), facecolor=LAND, edgecolor=BORDER, linewidth=0.6)
        )
        ordered = sorted(circles, key=lambda circle: -circle.count)
        for place, circle in enumerate(ordered):
            across = width * LARGEST * (circle.count / ordered[0].count) ** 0.5
            _circle(axes, circle, across, place < named)
        axes.set(xlim=(WEST, EAST), ylim=(SOUTH, NORTH), xticks=[], yticks=[], aspect=1.06)
        axes.spines["bottom"].set_visible(False)
        return drawing.svg(made)


def small(circles: list[Circle]) -> bytes:
    """The map for a phone: fewer names."""
    return draw(circles, 4.4, 2.4, named=7)


def _circle(axes: Any, circle: Circle, across: float, named: bool) -> None:
    """Its area is the count. A dot stays a dot, however small the count."""
    size = max(across, 3.5)
    axes.scatter(*circle.at, s=size**2, color=ACCENT, alpha=0.78, linewidth=0.8, edgecolor=PAPER)
    if not named:
        return
    x, y, across_from, along = SIDES[circle.side]
    axes.annotate(
        circle.name,
        circle.at,
        (x * (size / 2 + 2), y * (size / 2 + 2)),
        textcoords="offset points",
        ha=across_from,
        va=along,
        fontsize=7.5,
        color=INK,
    )


@lru_cache(maxsize=1)
def _borders() -> list[list[tuple[float, float]]]:
    rings: list[list[tuple[float, float]]] = json.loads(BORDERS.read_text("utf-8"))["rings"]
    return rings
