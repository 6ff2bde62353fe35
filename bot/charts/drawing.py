"""How all charts look, and the way from a drawing to SVG."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.figure import Figure

ACCENT, SOFT, INK, FAINT, LINE, PAPER = (
    "#0b5d66",
    "#9fc4c4",
    "#17262c",
    "#4b5b62",
    "#d8d2c6",
    "#ffffff",
)
STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": FAINT,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "svg.hashsalt": "alo",  # the same drawing is the same file
}
_one_at_a_time = threading.Lock()  # its fonts and settings are shared by all threads


@contextmanager
def figure(width: float, height: float) -> Iterator[tuple[Figure, Any]]:
    """A drawing of that many inches and its axes, in our style."""
    with _one_at_a_time, matplotlib.rc_context(STYLE):
        drawn = Figure(figsize=(width, height), facecolor=PAPER, layout="constrained")
        axes = drawn.add_subplot()
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        yield drawn, axes


def svg(drawn: Figure) -> bytes:
    """The drawing as a file that needs no font and has no script."""
    out = BytesIO()
    drawn.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return out.getvalue()
