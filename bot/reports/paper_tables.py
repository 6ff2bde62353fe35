"""The tables behind the first page of the report on paper."""

from __future__ import annotations

from collections.abc import Iterator

from bot.reports.document import Line, Section
from bot.reports.page import END, INK, MARGIN, RULE, SOFT, WIDTH, Page

ROW = 5.6  # mm
ROOM = 25.0  # a table begins on a new page rather than with less room
NAME, BAR, NUMBER, SHARE = 92.0, 24.0, 26.0, 14.0


def write(page: Page) -> None:
    """How the figures are counted, then every table."""
    page.add_page()
    page.write_in(15, INK, "B")
    page.text_block(page.document.words["how_all"], line=9)
    page.write_in(8.5, SOFT)
    for text in _remarks(page):
        page.text_block(text)
        page.ln(1)
    for section in page.document.sections:
        _head(page, section)
        _counts(page, section)
    for section in page.document.unsolved:
        _head(page, section)
        _people(page, section)


def _remarks(page: Page) -> Iterator[str]:
    """What has to be known to read the tables."""
    document, words, figures = page.document, page.document.words, page.document.figures
    yield words["source_line"]
    yield words["tests_only"] if figures.trial else words["tests_left_out"]
    yield words["hidden_why"].format(floor=figures.floor)
    yield words["tables"]["months"]["how"]
    if document.faults:
        yield f"{words['faults']}. {words['faults_why']}"
        yield from document.faults
    yield document.made


def _head(page: Page, section: Section) -> None:
    if page.get_y() > END - ROOM - 5:
        page.add_page()
    page.ln(5)
    page.heading(section.title)
    page.write_in(8, SOFT)
    page.text_block(section.how, line=3.9)
    page.ln(1)


def _counts(page: Page, section: Section) -> None:
    words, wording, floor = page.document.words, page.document.wording, page.document.figures.floor
    if not section.lines:
        hidden = wording.counted(None, False, floor)
        page.text_block(words["nothing"] if section.total == 0 else hidden)
        return
    titles = (words["count"], words["share"], words["before"])
    _row(page, section.column, titles, "B")
    for line in section.lines:
        _row(page, line.name, _numbers(page, line), bar=line.count / section.largest)
    before = wording.number(section.before) if section.before else ""
    total = wording.counted(section.total, section.at_least, floor)
    _row(page, words["total"], (total, "", before), "B")


def _numbers(page: Page, line: Line) -> tuple[str, str, str]:
    wording = page.document.wording
    return (
        wording.counted(line.count, line.at_least, page.document.figures.floor),
        wording.percent(line.share) if line.share is not None else "",
        wording.number(line.before) if line.before else "",
    )


def _people(page: Page, section: Section) -> None:
    words, wording = page.document.words, page.document.wording
    if not section.lines:
        page.text_block(words["nothing"])
        return
    _row(page, section.column, (words["people_about"], "", ""), "B")
    for line in section.lines:
        row = (wording.number(line.count), "", "")
        _row(page, line.name, row, bar=line.count / section.largest)


def _row(
    page: Page,
    name: str,
    numbers: tuple[str, str, str],
    style: str = "",
    bar: float | None = None,
) -> None:
    """A name, a bar and three numbers, with a rule below."""
    page.write_in(8, SOFT if style else INK, style)
    if page.get_y() + ROW > END:
        page.add_page()
    top = page.get_y()
    page.cell(NAME, ROW, page.fitting(name, NAME))
    if bar is not None:
        page.bar(MARGIN + NAME, top + 2.1, BAR - 2, bar)
    page.set_xy(MARGIN + NAME + BAR, top)
    widths = (NUMBER, SHARE, WIDTH - NAME - BAR - NUMBER - SHARE)
    for number, width in zip(numbers, widths, strict=True):
        page.cell(width, ROW, number, align="R")
    page.set_draw_color(RULE)
    page.set_line_width(0.15)
    page.line(MARGIN, top + ROW, MARGIN + WIDTH, top + ROW)
    page.set_xy(MARGIN, top + ROW)
