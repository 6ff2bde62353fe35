"""The figures for people to read: on a page, on paper, in a workbook or a file.

One document in many forms; what each form needs is loaded only when it is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.counts.days import Period
    from bot.knowledge import Knowledge
    from bot.reports.document import Document

FORMATS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


def file_name(period: Period, language: str, kind: str) -> str:
    """What the file of a report is called, as alo-2026-Q3-en.pdf."""
    return f"alo-{period.name}-{language}.{kind}"


def write(document: Document, content: Knowledge, kind: str, note: str = "") -> bytes:
    """The document as a file of a kind of FORMATS. `note` is printed under its title."""
    from bot.reports import book, paper, plain, web

    writers = {
        "pdf": lambda: paper.write(document, content, note),
        "html": lambda: web.write(document, content, note),
        "xlsx": lambda: book.write(document, note),
        "csv": lambda: plain.csv_of(document),
        "json": lambda: plain.json_of(document),
    }
    return writers[kind]()
