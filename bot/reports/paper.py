"""The report on paper: one page of large numbers and charts, and the tables behind it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from bot.knowledge import Knowledge
from bot.reports import paper_tables, pictures
from bot.reports.document import Document, Line, Section
from bot.reports.headlines import Headline
from bot.reports.page import ACCENT, END, INK, MARGIN, SOFT, WARN, WIDTH, Page

ASKED = 6  # topics on the first page


def write(document: Document, content: Knowledge, note: str = "") -> bytes:
    """The report as a PDF file."""
    page = Page(document, note)
    _title(page)
    _numbers(page, document.headlines)
    _charts(page, content)
    paper_tables.write(page)
    return bytes(page.output())


def _title(page: Page) -> None:
    document = page.document
    page.write_in(9, SOFT)
    page.text_block(document.words["programme"], line=5)
    page.write_in(23, INK, "B")
    page.text_block(document.title, line=11)
    page.write_in(13, ACCENT)
    page.text_block(document.period, line=7)
    page.write_in(9, WARN, "B")
    for text in filter(None, (page.note, *_not_whole(document))):
        page.text_block(text, line=6)
    page.ln(4)


def _not_whole(document: Document) -> Iterator[str]:
    """That it is about tests, and that months are missing, where it is so."""
    if document.figures.trial:
        yield document.words["tests_only"]
    if document.pending:
        yield document.words["pending"].format(months=", ".join(document.pending))


def _numbers(page: Page, headlines: list[Headline]) -> None:
    """Two columns of large numbers."""
    column = (WIDTH - 8) / 2
    for place in range(0, len(headlines), 2):
        top = page.get_y()
        ends = []
        for side, item in enumerate(headlines[place : place + 2]):
            page.set_xy(MARGIN + side * (column + 8), top)
            ends.append(_number(page, item, column))
        page.set_y(max(ends) + 3.5)


def _number(page: Page, item: Headline, width: float) -> float:
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


def _charts(page: Page, content: Knowledge) -> None:
    """Over time and the main topics side by side, and the map below."""
    document = page.document
    page.ln(1)
    top, half = page.get_y(), (WIDTH - 8) / 2
    asked = _asked(document.section("topic"))
    if pictures.has_curve(document):
        page.heading(document.words["curve"], MARGIN, half)
        drawn = BytesIO(pictures.curve(document, content, narrow=True))
        page.image(drawn, MARGIN, page.get_y(), half, alt_text=pictures.curve_words(document))
    page.set_xy(MARGIN + half + 8, top)
    page.heading(document.words["main_topics"], MARGIN + half + 8, half)
    for line in asked:
        _short_row(page, line, asked[0].count, half)
    page.set_y(max(page.get_y(), top + 7 + half * pictures.TALL) + 2)
    if pictures.has_map(document):
        page.heading(document.section("country").title, MARGIN, WIDTH)
        width = min(WIDTH, (END - page.get_y() - 2) / pictures.MAP_TALL)
        drawn = BytesIO(pictures.map_of(document, content))
        words = pictures.map_words(document)
        left = MARGIN + (WIDTH - width) / 2
        page.image(drawn, left, page.get_y(), width, alt_text=words)


def _asked(topics: Section) -> list[Line]:
    """The topics that were asked most; greetings and commands are not asked for."""
    return [x for x in topics.lines if "." in x.key and not x.key.startswith("meta.")][:ASKED]


def _short_row(page: Page, line: Line, largest: int, width: float) -> None:
    left = page.get_x()
    page.write_in(8)
    page.cell(width - 18, 4, page.fitting(line.name, width - 18))
    count = page.document.wording.counted(line.count, line.at_least, page.document.figures.floor)
    page.cell(18, 4, count, align="R", new_x="LMARGIN", new_y="NEXT")
    page.bar(left, page.get_y() + 0.3, width, line.count / largest)
    page.set_xy(left, page.get_y() + 2.6)
