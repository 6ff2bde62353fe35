"""The report as an Excel workbook: a sheet of large numbers, and a sheet for each table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.reports.document import Document, Line, Section

HEAD = PatternFill("solid", fgColor="0B5D66")
WIDTHS = (48, 14, 12, 14, 14, 14)
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write(document: Document, note: str = "") -> bytes:
    """The workbook as a file."""
    book = Workbook()
    first = book.active
    first.title = _sheet_name(document.title)
    _numbers(first, document, note)
    _months(book.create_sheet(_sheet_name(document.words["tables"]["months"]["title"])), document)
    for section in document.sections:
        _section(book.create_sheet(_sheet_name(section.title)), document, section)
    for section in document.unsolved:
        _unsolved(book.create_sheet(_sheet_name(section.title)), document, section)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return NOT_IN_NAMES.sub("", title).strip()[:31]


def _numbers(sheet: Worksheet, document: Document, note: str) -> None:
    words = document.words
    lines = [document.title, document.period, note, *_remarks(document), ""]
    for text in filter(None, lines):
        _add(sheet, [text])
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A2"].font = Font(size=12, color="0B5D66")
    _head(sheet, [words["count"], "", words["change"]])
    for item in document.headlines:
        _add(sheet, [item.caption, item.number, item.change, item.note])
    _widths(sheet)


def _remarks(document: Document) -> list[str]:
    """What has to be known to read the figures."""
    words, figures = document.words, document.figures
    tests = words["tests_only"] if figures.trial else words["tests_left_out"]
    pending = words["pending"].format(months=", ".join(document.pending))
    hidden = words["hidden_why"].format(floor=figures.floor)
    remarks = [document.made, words["source_line"], tests, hidden]
    return [*remarks, *([pending] if document.pending else []), *document.faults]


def _months(sheet: Worksheet, document: Document) -> None:
    words = document.words
    _head(sheet, [words[k] for k in ("month", "messages", "conversations", "people_about")])
    for month in document.months:
        if month.over:
            counts = (month.messages, month.conversations, month.people)
            cells = [_cell(document, count) for count in counts]
            _add(sheet, [document.wording.month(month.month), *cells])
    _how(sheet, words["tables"]["months"]["how"])


def _section(sheet: Worksheet, document: Document, section: Section) -> None:
    words = document.words
    titles = [words[key] for key in ("count", "share", "before", "people_about")]
    _head(sheet, [section.column, *titles])
    for line in section.lines:
        _line(sheet, document, line)
    total = document.wording.counted(section.total, section.at_least, document.figures.floor)
    shown = section.total if section.total is not None and not section.at_least else total
    _add(sheet, [words["total"], shown, None, section.before])
    sheet.cell(sheet.max_row, 1).font = sheet.cell(sheet.max_row, 2).font = Font(bold=True)
    _how(sheet, section.how)


def _line(sheet: Worksheet, document: Document, line: Line) -> None:
    shown = document.wording.counted(line.count, line.at_least, document.figures.floor)
    count = shown if line.at_least else line.count
    _add(sheet, [line.name, count, line.share, line.before, line.people])
    sheet.cell(sheet.max_row, 3).number_format = "0.0%"


def _unsolved(sheet: Worksheet, document: Document, section: Section) -> None:
    words = document.words
    _head(sheet, [section.column, words["people_about"], words["tables"]["language"]["column"]])
    for line in section.lines:
        _add(sheet, [line.name, line.count, document.wording.name("language", line.key)])
    _how(sheet, section.how)


def _cell(document: Document, count: int | None) -> int | str:
    """The number, or in words that it is too small to be shown."""
    if count is not None:
        return count
    return document.wording.counted(None, False, document.figures.floor)


def _head(sheet: Worksheet, titles: list[str]) -> None:
    _add(sheet, titles)
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEAD
    _widths(sheet)


def _how(sheet: Worksheet, text: str) -> None:
    _add(sheet, [])
    _add(sheet, [text])
    cell = sheet.cell(sheet.max_row, 1)
    cell.font, cell.alignment = Font(italic=True, color="4B5B62"), Alignment(wrap_text=True)


def _add(sheet: Worksheet, values: Iterable[object]) -> None:
    """A row; what begins with = stays text."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value else 1
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, int):
            cell.number_format = "#,##0"


def _widths(sheet: Worksheet) -> None:
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
