"""Reads a spreadsheet or a CSV file as rows of named cells; every cell knows where it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bot.errors import SheetError


@dataclass(frozen=True)
class Cell:
    """The text of a cell, without space around it, and its address, as `documents!E7`."""

    text: str
    address: str


@dataclass(frozen=True)
class Row:
    """One row below the headings. `address` is that of its first cell."""

    cells: dict[str, Cell]
    address: str

    def text(self, heading: str) -> str:
        """The text under a heading; nothing where there is no such column."""
        return self.cells[heading].text if heading in self.cells else ""

    def where(self, heading: str) -> str:
        """The address of the cell under a heading, or of the row."""
        return self.cells[heading].address if heading in self.cells else self.address


@dataclass(frozen=True)
class Sheet:
    """One sheet: its headings in order, and the rows that are not empty."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read(path: Path) -> list[Sheet]:
    """The sheets of an .xlsx file, or the one of a .csv file. Raises SheetError."""
    if path.suffix.lower() == ".csv":
        return [_sheet(path.stem, _csv(path))]
    try:
        book = load_workbook(path, data_only=False)
    except (InvalidFileException, BadZipFile, KeyError, ValueError):
        raise SheetError([f"{path.name}: is no .xlsx file; save it as Excel workbook"]) from None
    return [_sheet(sheet.title, sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _csv(path: Path) -> Iterator[tuple[Any, ...]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from (tuple(row) for row in csv.reader(file))
    except UnicodeDecodeError:
        raise SheetError([f"{path.name}: is not UTF-8; save it as CSV UTF-8"]) from None


def _sheet(name: str, table: Iterator[tuple[Any, ...]]) -> Sheet:
    headings = tuple(_text(value) for value in next(table, ()))
    numbered = ((number, _row(name, headings, number, row)) for number, row in enumerate(table, 2))
    rows = tuple(row for _, row in numbered if any(cell.text for cell in row.cells.values()))
    return Sheet(name, headings, rows)


def _row(sheet: str, headings: tuple[str, ...], number: int, values: tuple[Any, ...]) -> Row:
    cells = {
        heading: Cell(_text(value), f"{sheet}!{get_column_letter(column)}{number}")
        for column, (heading, value) in enumerate(zip(headings, values, strict=False), 1)
        if heading
    }
    return Row(cells, f"{sheet}!A{number}")


def _text(value: Any) -> str:
    """What a cell says, as text: a date as 2026-01-31, a whole number without its point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").strip()
