"""Spreadsheets are read as text, cell by cell, whatever the program that wrote them put in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bot.errors import SheetError
from bot.sheets import grid


def book(path: Path, *rows: list[Any]) -> Path:
    """A workbook with one sheet of rows."""
    made = Workbook()
    made.active.title = "one"
    for row in rows:
        made.active.append(row)
    made.save(path / "book.xlsx")
    return path / "book.xlsx"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(" word ", "word", id="without space around it"),
        pytest.param("a\r\nb", "a\nb", id="lines of Windows"),
        pytest.param(2026, "2026", id="a number"),
        pytest.param(12.0, "12", id="a whole number"),
        pytest.param(18.5, "18.5", id="a fraction"),
        pytest.param(datetime(2026, 1, 31), "2026-01-31", id="a date"),  # noqa: DTZ001
        pytest.param(None, "", id="nothing"),
    ],
)
def test_a_cell_is_text(tmp_path: Path, value: Any, text: str) -> None:
    rows = grid.read(book(tmp_path, ["a", "b"], [value, "x"]))[0].rows

    assert rows[0].text("a") == text


def test_cells_know_where_they_stand(tmp_path: Path) -> None:
    row = grid.read(book(tmp_path, ["a", "b"], ["1", "2"], [None, None], ["3", "4"]))[0].rows[1]

    assert (row.where("b"), row.where("no such"), row.text("no such")) == ("one!B4", "one!A4", "")


def test_empty_rows_are_left_out(tmp_path: Path) -> None:
    assert grid.read(book(tmp_path, ["a"], [None], [" "]))[0].rows == ()


def test_an_empty_sheet_has_no_headings(tmp_path: Path) -> None:
    assert grid.read(book(tmp_path))[0].headings == ()


def test_a_csv_file_is_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "hubs.csv"
    path.write_bytes("\ufeffid,city\n1,Tecún Umán\n".encode())

    sheet = grid.read(path)[0]

    assert (sheet.name, sheet.rows[0].text("city")) == ("hubs", "Tecún Umán")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"no workbook", "a.xlsx: is no .xlsx file"),
        ("a.ods", b"no workbook", "a.ods: is no .xlsx file"),
        ("a.csv", "id\nñ".encode("latin-1"), "a.csv: is not UTF-8"),
    ],
)
def test_what_is_no_spreadsheet_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(SheetError, match=said):
        grid.read(tmp_path / name)
