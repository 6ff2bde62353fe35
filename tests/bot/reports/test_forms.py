"""Each form of the report is opened by a library of its kind and says the same."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from bot import reports
from bot.knowledge import Knowledge
from bot.reports.document import Document, of
from tests import quarters
from tests.bot.reports.conftest import MakeDocument

LANGUAGES = ["es", "ht", "en", "fr"]


def counts(document: Document) -> dict[tuple[str, str], int]:
    """Table and key of each row of a document, and its count."""
    return {(s.id, line.key): line.count for s in document.sections for line in s.lines}


def pdf(document: Document, content: Knowledge) -> list[str]:
    """The text of each page of the PDF."""
    made = reports.write(document, content, "pdf", "A draft")
    return [page.get_textpage().get_text_range() for page in PdfDocument(made)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_has_all_large_numbers(
    document: MakeDocument, content: Knowledge, language: str
) -> None:
    made = document(language)

    first = pdf(made, content)[0]

    assert [item.number for item in made.headlines if item.number not in first] == []
    assert made.title in first
    assert "A draft" in first


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_is_lost_on_paper(
    document: MakeDocument, content: Knowledge, language: str
) -> None:
    made = document(language)

    text = "".join("".join(pdf(made, content)).split())

    titles = ["".join(section.title.split()) for section in made.sections]
    assert [title for title in titles if title not in text] == []


def test_the_pictures_on_paper_are_described(document: MakeDocument, content: Knowledge) -> None:
    made = reports.write(document(), content, "pdf")

    assert b"/Alt" in made


def test_the_workbook_has_every_row_as_a_number(
    document: MakeDocument, content: Knowledge
) -> None:
    made = document()

    book = load_workbook(io.BytesIO(reports.write(made, content, "xlsx")))

    sheet = book[made.section("language").title]
    written = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2, max_col=2)}
    for line in made.section("language").lines:
        assert written[line.name] == line.count


def test_the_workbook_takes_no_name_for_a_formula(
    document: MakeDocument, content: Knowledge
) -> None:
    names = {"radio-ouanaminthe": "=1+1"}
    made = of(content, "en", document().figures, date(2026, 11, 27), names)

    book = load_workbook(io.BytesIO(reports.write(made, content, "xlsx")))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_tidy_table_has_every_row(document: MakeDocument, content: Knowledge) -> None:
    made = document()

    text = reports.write(made, content, "csv").decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    tables = {section.id for section in made.sections}
    assert {(r["table"], r["key"]): int(r["count"]) for r in rows if r["table"] in tables} == (
        counts(made)
    )


def test_the_object_is_that_of_the_figures(document: MakeDocument, content: Knowledge) -> None:
    made = document()

    assert json.loads(reports.write(made, content, "json")) == json.loads(
        json.dumps(made.figures.as_json())
    )


def test_the_page_has_every_row_and_loads_nothing(
    document: MakeDocument, content: Knowledge
) -> None:
    made = document()

    page = reports.write(made, content, "html").decode()

    assert quarters.rows_of(page) == counts(made)
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)


@pytest.mark.parametrize("kind", reports.FORMATS)
def test_a_period_without_figures_is_a_report_too(
    document: MakeDocument, content: Knowledge, kind: str
) -> None:
    assert reports.write(document(period="2020-Q1"), content, kind)
