"""The texts go out to translators and come back checked, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot import answers, knowledge
from bot.errors import SheetError
from bot.knowledge import Knowledge
from bot.sheets import texts
from bot.sheets.texts import Place
from bot.text import gsm_form, segments
from tests.bot.sheets.conftest import TODAY, Edit, edited

LANGUAGES = ["es", "ht", "en", "fr"]
TOPIC, COUNTRY = "documents.passport", "HT"


@pytest.fixture
def workbook(copy: Knowledge, tmp_path: Path) -> Path:
    """All texts in a workbook."""
    texts.export(copy, tmp_path / "texts.xlsx", LANGUAGES)
    return tmp_path / "texts.xlsx"


def cell(path: Path, part: str, language: str) -> str:
    """The address of a text of the passport for Haiti within its sheet."""
    sheet = load_workbook(path)["documents"]
    headings = [x.value for x in sheet[1]]
    row = next(r for r in sheet.iter_rows() if [c.value for c in r[:3]] == [TOPIC, COUNTRY, part])
    return str(row[headings.index(language)].coordinate)


def put(where: str, words: object, sheet: str = "documents") -> Edit:
    """Somebody writes into a cell."""

    def edit(book: object) -> None:
        book[sheet][where] = words  # type: ignore[index]

    return edit


def test_each_group_is_a_sheet(copy: Knowledge, workbook: Path) -> None:
    assert load_workbook(workbook).sheetnames == [
        group for group in copy.groups() if any(t.startswith(group) for t in copy.answers)
    ]


def test_what_was_not_edited_changes_nothing(copy: Knowledge, workbook: Path) -> None:
    assert texts.read(copy, workbook) == {}


def test_only_the_languages_asked_for_go_out(copy: Knowledge, tmp_path: Path) -> None:
    texts.export(copy, tmp_path / "two.xlsx", ["fr", "ht"])

    headings = [x.value for x in load_workbook(tmp_path / "two.xlsx")["documents"][1]]
    assert headings == ["topic", "country", "part", "fr", "SMS fr", "ht", "SMS ht"]


def test_the_sheet_counts_the_sms_of_a_short_text(copy: Knowledge, workbook: Path) -> None:
    sheet, where = load_workbook(workbook)["documents"], cell(workbook, "short", "ht")
    said = answers.paragraph(copy, answers.Question(TOPIC, "ht", COUNTRY))
    formula = sheet[where].offset(column=1).value
    added = int(formula.split("+")[1].split(")")[0])

    length = len(sheet[where].value) + added

    assert (1 if length <= 160 else -(-length // 153)) == segments(gsm_form(said.short))


def test_an_edited_text_is_taken_over(copy: Knowledge, folder: Path, workbook: Path) -> None:
    where = cell(workbook, "warning", "fr")
    found = texts.read(copy, edited(workbook, put(where, "Ne payez personne.")))
    assert texts.refused(folder, TODAY, found) == []
    texts.apply(folder, found)

    again = knowledge.read(folder)

    place = Place(TOPIC, COUNTRY, "warning", "fr")
    assert texts.text_at(again, place) == "Ne payez personne."


def test_nothing_else_of_the_file_changes(copy: Knowledge, folder: Path, workbook: Path) -> None:
    found = texts.read(copy, edited(workbook, put(cell(workbook, "warning", "fr"), "Voilà.")))
    path = folder / next(iter(found)).file
    before = path.read_text("utf-8").splitlines()
    texts.apply(folder, found)

    after = path.read_text("utf-8").splitlines()

    assert [line for line in after if line not in before] == ["      Voilà."]


def test_a_list_keeps_its_lines(copy: Knowledge, folder: Path, workbook: Path) -> None:
    words = "Portez:\n- un papier\n- une photo"
    found = texts.read(copy, edited(workbook, put(cell(workbook, "papers", "fr"), words)))
    texts.apply(folder, found)

    place = Place(TOPIC, COUNTRY, "papers", "fr")
    assert texts.text_at(knowledge.read(folder), place) == words


def test_a_part_without_words_is_taken_out(copy: Knowledge, folder: Path, workbook: Path) -> None:
    found = texts.read(copy, edited(workbook, put(cell(workbook, "time", "fr"), None)))
    texts.apply(folder, found)

    assert "time" not in knowledge.read(folder).languages["fr"].texts[TOPIC][COUNTRY].full


@pytest.mark.parametrize(
    ("part", "words", "said"),
    [
        ("short", "x" * 400, "letters with what is added"),
        ("short", "Пиши", "which SMS does not have"),
        ("cost", "{no_such_fact}", "there is no such fact"),
        ("cost", "Cela coûte 12345", "make it a fact"),
        ("cost", "{fee_adult", "a brace without its partner"),
    ],
)
def test_a_fault_is_refused_with_its_cell(
    copy: Knowledge, folder: Path, workbook: Path, part: str, words: str, said: str
) -> None:
    where = cell(workbook, part, "fr")
    harmless = put(cell(workbook, "warning", "fr"), "Rien.")
    found = texts.read(copy, edited(edited(workbook, harmless), put(where, words)))

    refused = texts.refused(folder, TODAY, found)

    assert [(x.startswith(f"documents!{where}: "), said in x) for x in refused] == [(True, True)]


@pytest.mark.parametrize(
    ("where", "words", "said"),
    [
        ("A3", "documents.nothing", "documents!A3: `documents.nothing` is no topic"),
        ("B3", "XX", "documents!B3: .* has no `XX`"),
        ("C3", "price", "documents!C3: `price` is no part"),
        ("C3", "short", "documents!A3: says the same place as documents!A2"),
        ("A1", "Thema", "documents!A1: the headings must be"),
    ],
)
def test_a_broken_sheet_is_refused_whole(
    copy: Knowledge, workbook: Path, where: str, words: str, said: str
) -> None:
    with pytest.raises(SheetError, match=said):
        texts.read(copy, edited(workbook, put(where, words)))
