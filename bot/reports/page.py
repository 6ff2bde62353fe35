"""A page of paper in our look."""

from __future__ import annotations

from pathlib import Path

import matplotlib
from fpdf import FPDF

from bot.reports.document import Document

ACCENT, INK, SOFT, RULE, TINT, WARN = (
    (11, 93, 102),
    (23, 38, 44),
    (75, 91, 98),
    (216, 210, 198),
    (224, 236, 234),
    (122, 82, 0),
)
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # every letter of our languages
MARGIN, BOTTOM = 18.0, 20.0  # mm
WIDTH, END = 210 - 2 * MARGIN, 297 - BOTTOM


class Page(FPDF):
    """A4 with our font, and a foot on each page."""

    def __init__(self, document: Document, note: str) -> None:
        super().__init__(format="A4")
        self.document, self.note = document, note
        for style, name in (("", "DejaVuSans"), ("B", "DejaVuSans-Bold")):
            self.add_font("body", style, FONTS / f"{name}.ttf")
        self.set_margins(MARGIN, MARGIN)
        self.c_margin = 0.0
        self.set_auto_page_break(True, BOTTOM)
        self.set_lang(document.wording.language)
        self.set_title(f"{document.title}: {document.period}")
        self.set_creator("Alo")
        self.add_page()

    def write_in(self, size: float, colour: tuple[int, int, int] = INK, style: str = "") -> None:
        """Chooses the letters of what follows."""
        self.set_font("body", style, size)
        self.set_text_color(colour)

    def text_block(self, text: str, width: float = WIDTH, line: float = 4.2) -> None:
        """A paragraph from the present place."""
        self.multi_cell(width, line, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """What it is, and the number of the page."""
        self.set_y(-14)
        self.write_in(7, SOFT)
        parts = (self.document.words["programme"], self.document.period, self.note)
        self.cell(WIDTH - 20, 4, "  ·  ".join(filter(None, parts)))
        self.cell(20, 4, f"{self.page_no()} / {{nb}}", align="R")

    def heading(self, text: str, left: float = MARGIN, width: float = WIDTH) -> None:
        """A title above a chart or a table."""
        self.set_x(left)
        self.write_in(10.5, INK, "B")
        self.cell(width, 7, text, new_x="LEFT", new_y="NEXT")

    def bar(self, left: float, top: float, width: float, share: float) -> None:
        """A bar that is filled up to the share."""
        self.set_fill_color(TINT)
        self.rect(left, top, width, 1.4, "F")
        self.set_fill_color(ACCENT)
        self.rect(left, top, width * share, 1.4, "F")

    def fitting(self, text: str, width: float) -> str:
        """The text, cut where it is too long for its place."""
        if self.get_string_width(text) <= width - 2:
            return text
        while text and self.get_string_width(text + "…") > width - 2:
            text = text[:-1]
        return text.rstrip() + "…"
