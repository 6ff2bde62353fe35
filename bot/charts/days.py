"""A bar for each stretch of time."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.charts import drawing
from bot.charts.drawing import ACCENT, FAINT, LINE, SOFT

TICKS, NARROW_TICKS = 8, 4


@dataclass(frozen=True)
class Bar:
    """A day, or a longer stretch: its name and count; a count of None is hidden."""

    name: str
    count: int | None
    fault: bool = False


def draw(bars: list[Bar], thousands: str, width: float = 8.0, height: float = 2.4) -> bytes:
    """The bars as SVG. Paler ones with a mark had a fault; `thousands` parts big numbers."""
    with drawing.figure(width, height) as (made, axes):
        counts = [bar.count or 0 for bar in bars]
        colours = [SOFT if bar.fault else ACCENT for bar in bars]
        axes.bar(range(len(bars)), counts, color=colours, width=0.82)
        _marks(axes, bars, max(counts, default=0))
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(
            FuncFormatter(lambda value, _: f"{value:,.0f}".replace(",", thousands))
        )
        axes.yaxis.grid(True, color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(length=0)
        step = max(1, -(-len(bars) // (TICKS if width > 5 else NARROW_TICKS)))
        axes.set_xticks(range(0, len(bars), step), [bar.name for bar in bars][::step])
        axes.margins(x=0.01)
        return drawing.svg(made)


def _marks(axes: object, bars: list[Bar], top: int) -> None:
    places = [place for place, bar in enumerate(bars) if bar.fault]
    axes.scatter(places, [top * 1.06] * len(places), marker="v", s=22, color=FAINT)  # type: ignore
