"""The report on paper: one page of large numbers and charts, and the tables behind it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import matplotlib
from fpdf import FPDF

from bot.knowledge import Knowledge
from bot.reports import pictures
from bot.reports.document import Document, Line, Section
from bot.reports.headlines import Headline

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
WIDTH = 210 - 2 * MARGIN
ROW = 5.6
ASKED = 6  # topics on the first page


class _Page(FPDF):
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


def write(document: Document, content: Knowledge, note: str = "") -> bytes:
    """The report as a PDF file."""
    page = _Page(document, note)
    _title(page)
    _numbers(page, document.headlines)
    _charts(page, content)
    page.add_page()
    _remarks(page)
    for section in document.sections:
        _section(page, section)
    for section in document.unsolved:
        _section(page, section)
    return bytes(page.output())


def _title(page: _Page) -> None:
    document = page.document
    page.write_in(9, SOFT)
    page.text_block(document.words["programme"], line=5)
    page.write_in(23, INK, "B")
    page.text_block(document.title, line=11)
    page.write_in(13, ACCENT)
    page.text_block(document.period, line=7)
    if page.note:
        page.write_in(9, WARN, "B")
        page.text_block(page.note, line=6)
    page.ln(4)


def _numbers(page: _Page, headlines: list[Headline]) -> None:
    """Two columns of large numbers."""
    column = (WIDTH - 8) / 2
    for place in range(0, len(headlines), 2):
        top = page.get_y()
        ends = []
        for side, item in enumerate(headlines[place : place + 2]):
            page.set_xy(MARGIN + side * (column + 8), top)
            ends.append(_number(page, item, column))
        page.set_y(max(ends) + 3.5)


def _number(page: _Page, item: Headline, width: float) -> float:
    """A number and its words; returns where it ends."""
    left, top = page.get_x(), page.get_y()
    page.write_in(17, ACCENT, "B")
    page.set_x(left + 4)
    page.cell(width - 4, 7.5, item.number, new_x="LEFT", new_y="NEXT")
    page.write_in(9.5)
    page.multi_cell(width - 4, 4.6, item.caption, align="L", new_x="LEFT", new_y="NEXT")
    page.write_in(7.5, SOFT)
    form = page.document.words["headline_notes"]["change"]
    change = form.format(change=item.change, period=page.document.before) if item.change else ""
    for text in filter(None, (item.note, change)):
        page.multi_cell(width - 4, 3.6, text, align="L", new_x="LEFT", new_y="NEXT")
    page.set_draw_color(ACCENT)
    page.set_line_width(0.7)
    page.line(left, top + 0.8, left, page.get_y() - 0.4)
    return page.get_y()


def _charts(page: _Page, content: Knowledge) -> None:
    """Over time and the main topics side by side, and the map below."""
    document = page.document
    page.ln(1)
    top, half = page.get_y(), (WIDTH - 8) / 2
    topics = document.section("topic")
    if pictures.has_curve(document):
        _heading(page, document.words["curve"], MARGIN, half)
        drawn = BytesIO(pictures.curve(document, content, narrow=True))
        page.image(drawn, MARGIN, page.get_y(), half, alt_text=pictures.curve_words(document))
    page.set_xy(MARGIN + half + 8, top)
    _heading(page, document.words["main_topics"], MARGIN + half + 8, half)
    for line in _asked(topics):
        _short_row(page, line, topics.largest, half)
    page.set_y(max(page.get_y(), top + 7 + half * pictures.TALL) + 2)
    if pictures.has_map(document):
        _heading(page, document.section("country").title, MARGIN, WIDTH)
        width = min(WIDTH, (297 - BOTTOM - page.get_y() - 2) / pictures.MAP_TALL)
        drawn = BytesIO(pictures.map_of(document, content))
        words = pictures.map_words(document)
        left = MARGIN + (WIDTH - width) / 2
        page.image(drawn, left, page.get_y(), width, alt_text=words)


def _asked(topics: Section) -> list[Line]:
    """The topics that were asked most; greetings and commands are not asked for."""
    return [x for x in topics.lines if "." in x.key and not x.key.startswith("meta.")][:ASKED]


def _heading(page: _Page, text: str, left: float, width: float) -> None:
    page.set_x(left)
    page.write_in(10.5, INK, "B")
    page.cell(width, 7, text, new_x="LEFT", new_y="NEXT")


def _short_row(page: _Page, line: Line, largest: int, width: float) -> None:
    left = page.get_x()
    page.write_in(8)
    page.cell(width - 18, 4, _fitting(page, line.name, width - 18))
    page.cell(18, 4, _count(page, line), align="R", new_x="LMARGIN", new_y="NEXT")
    _bar(page, left, page.get_y() + 0.3, width, line.count / largest)
    page.set_xy(left, page.get_y() + 2.6)


def _bar(page: _Page, left: float, top: float, width: float, share: float) -> None:
    page.set_fill_color(TINT)
    page.rect(left, top, width, 1.4, "F")
    page.set_fill_color(ACCENT)
    page.rect(left, top, width * share, 1.4, "F")


def _remarks(page: _Page) -> None:
    """How to read the tables."""
    document, words = page.document, page.document.words
    figures = document.figures
    page.write_in(15, INK, "B")
    page.text_block(words["how_all"], line=9)
    tests = words["tests_only"] if figures.trial else words["tests_left_out"]
    hidden = words["hidden_why"].format(floor=figures.floor)
    texts = [words["source_line"], tests, hidden, words["tables"]["months"]["how"]]
    if document.pending:
        texts.append(words["pending"].format(months=", ".join(document.pending)))
    if document.faults:
        texts += [f"{words['faults']}. {words['faults_why']}", *document.faults]
    page.write_in(8.5, SOFT)
    for text in [*texts, document.made]:
        page.text_block(text)
        page.ln(1)


def _section(page: _Page, section: Section) -> None:
    """A table, with how it is counted; it begins on a new page rather than in two rows."""
    if page.get_y() > 297 - BOTTOM - 45:
        page.add_page()
    words = page.document.words
    page.ln(5)
    _heading(page, section.title, MARGIN, WIDTH)
    page.write_in(8, SOFT)
    page.text_block(section.how, line=3.9)
    page.ln(1)
    if not section.lines:
        page.text_block(words["nothing"])
        return
    counted = section.total is not None
    titles = (
        (words["count"], words["share"], words["before"])
        if counted
        else (words["people_about"], "", "")
    )
    _cells(page, section.column, titles, "B")
    for line in section.lines:
        share = page.document.wording.percent(line.share) if line.share is not None else ""
        before = page.document.wording.number(line.before) if line.before else ""
        _cells(page, line.name, (_count(page, line), share, before), bar=line.count / section.largest)
    if counted:
        before = page.document.wording.number(section.before) if section.before else ""
        floor = page.document.figures.floor
        total = page.document.wording.counted(section.total, section.at_least, floor)
        _cells(page, words["total"], (total, "", before), "B")


def _cells(
    page: _Page, name: str, numbers: tuple[str, str, str], style: str = "", bar: float | None = None
) -> None:
    """A row of a table: a name, a bar and three numbers."""
    page.write_in(8, SOFT if style else INK, style)
    left, top = MARGIN + 92, page.get_y()
    if top + ROW > 297 - BOTTOM:
        page.add_page()
        top = page.get_y()
    page.cell(90, ROW, _fitting(page, name, 90))
    if bar is not None:
        _bar(page, left, top + 2.1, 22, bar)
    page.set_xy(left + 24, top)
    for number, width in zip(numbers, (26, 14, WIDTH - 92 - 24 - 40), strict=True):
        page.cell(width, ROW, number, align="R")
    page.set_draw_color(RULE)
    page.set_line_width(0.15)
    page.line(MARGIN, top + ROW, MARGIN + WIDTH, top + ROW)
    page.set_xy(MARGIN, top + ROW)


def _count(page: _Page, line: Line) -> str:
    return page.document.wording.counted(line.count, line.at_least, page.document.figures.floor)


def _fitting(page: _Page, text: str, width: float) -> str:
    """The text, cut where it is too long for its place."""
    if page.get_string_width(text) <= width - 2:
        return text
    while text and page.get_string_width(text + "…") > width - 2:
        text = text[:-1]
    return text.rstrip() + "…"
