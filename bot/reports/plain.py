"""Reports for programs: one tidy table, and the figures as they are."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO

from bot.reports.document import Document

COLUMNS = ("period", "tests", "table", "key", "name", "count", "at_least", "least", "most")
BOM = "\ufeff"  # without it a spreadsheet program takes é for two letters
_Row = tuple[str, str, str, object, object, object, object]


def csv_of(document: Document) -> bytes:
    """A row for each number: totals, months, tables, people. docs/data-dictionary.md says more."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    tests = "yes" if document.figures.trial else "no"
    for row in _rows(document):
        writer.writerow([document.figures.period, tests, *map(_safe, row)])
    return (BOM + out.getvalue()).encode()


def json_of(document: Document) -> bytes:
    """The figures as the API gives them."""
    return json.dumps(document.figures.as_json(), ensure_ascii=False, indent=1).encode()


def _safe(value: object) -> object:
    """A spreadsheet program must not take a name for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


def _rows(document: Document) -> Iterator[_Row]:
    hidden = document.wording.counted(None, False, document.figures.floor)
    for name, total in document.figures.totals.items():
        count = hidden if total.count is None else total.count
        yield "total", name, "", count, _yes(total.at_least), "", ""
    yield from _of_months(document, hidden)
    for section in document.sections:
        for line in section.lines:
            yield section.id, line.key, line.name, line.count, _yes(line.at_least), "", ""
    for people in document.figures.people:
        name = document.wording.name(people.kind, people.value) if people.value else ""
        row = hidden if people.least is None else people.least, people.most or hidden
        yield f"people {people.kind}", people.value, name, "", "", *row
    for section in document.unsolved:
        for line in section.lines:
            yield section.id, line.key, line.name, "", "", line.count, line.count


def _of_months(document: Document, hidden: str) -> Iterator[_Row]:
    for month in document.figures.months:
        if month.over:
            for kind in ("messages", "conversations"):
                count = getattr(month, kind)
                yield kind, month.month, "", hidden if count is None else count, "", "", ""


def _yes(value: bool) -> str:
    return "yes" if value else ""
