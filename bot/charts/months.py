"""A bar for each month: dark those of the period, pale those of the period before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.charts import drawing
from bot.charts.drawing import ACCENT, INK, LINE, SOFT

MANY = 12  # bars with a number on each; more are read on the scale


@dataclass(frozen=True)
class Bar:
    """A month: its short name and count; None is hidden. `earlier` is of the period before."""

    name: str
    count: int | None
    earlier: bool


def draw(
    bars: list[Bar], number: Callable[[float], str], width: float = 8.0, height: float = 2.5
) -> bytes:
    """The bars as SVG. `number` writes a number in the language of the page."""
    with drawing.figure(width, height) as (made, axes):
        colours = [SOFT if bar.earlier else ACCENT for bar in bars]
        drawn = axes.bar(
            range(len(bars)), [bar.count or 0 for bar in bars], color=colours, width=0.7
        )
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))
        axes.yaxis.grid(True, color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        if len(bars) <= MANY:
            labels = ["?" if bar.count is None else number(bar.count) for bar in bars]
            axes.bar_label(drawn, labels, padding=2, fontsize=8, color=INK)
        step = max(1, -(-len(bars) // MANY))
        axes.set_xticks(range(0, len(bars), step), [bar.name for bar in bars][::step])
        axes.margins(x=0.02, y=0.12)
        return drawing.svg(made)
