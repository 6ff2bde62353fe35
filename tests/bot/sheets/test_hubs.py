"""The table of hubs is replaced whole from a spreadsheet, or not at all."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot import knowledge
from bot.errors import SheetError
from bot.knowledge import Knowledge
from bot.sheets import hubs
from tests.bot.sheets.conftest import TODAY, Edit, edited

NEW = {
    "id": "ht-okap",
    "country": "HT",
    "kind": "hub",
    "city": "Cap-Haïtien",
    "aliases": "okap; o kap",
    "name": "Sant enfòmasyon",
    "where": "Ri 15",
    "source": "https://example.org",
    "date": "2026-11",
    "verified": "2026-11",
    "review_by": "2027-02",
    "confidence": "high",
}


@pytest.fixture
def workbook(copy: Knowledge, tmp_path: Path) -> Path:
    """The present table in a workbook."""
    hubs.export(copy, tmp_path / "hubs.xlsx")
    return tmp_path / "hubs.xlsx"


def put(column: str, row: int, words: str) -> Edit:
    """Somebody writes into a cell of the first rows."""
    letter = "ABCDEFGHIJKLMNOPQ"[hubs.COLUMNS.index(column)]

    def edit(book: object) -> None:
        book["hubs"][f"{letter}{row}"] = words  # type: ignore[index]

    return edit


def table(path: Path, *rows: dict[str, str]) -> Path:
    """A CSV file with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=hubs.COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_what_was_not_edited_changes_nothing(copy: Knowledge, workbook: Path) -> None:
    assert hubs.differences(copy, *hubs.read(workbook)) == []


def test_an_edited_hub_is_shown_and_taken_over(
    copy: Knowledge, folder: Path, workbook: Path
) -> None:
    rows, where = hubs.read(edited(workbook, put("where", 2, "Ri 15")))
    shown = [(x.name, x.after) for x in hubs.differences(copy, rows, where)]
    hubs.apply(folder, rows)

    again = knowledge.read(folder).hubs

    first = copy.hubs[0].id
    assert (shown, again[0].where, len(again)) == (
        [(f"{first} where", "Ri 15")],
        "Ri 15",
        len(copy.hubs),
    )


def test_a_csv_file_replaces_the_table(copy: Knowledge, folder: Path, tmp_path: Path) -> None:
    rows, where = hubs.read(table(tmp_path / "new.csv", NEW))
    assert hubs.refused(folder, TODAY, rows, where) == []
    hubs.apply(folder, rows)

    only = knowledge.read(folder).hubs

    assert [(hub.id, hub.aliases) for hub in only] == [("ht-okap", ["okap", "o kap"])]


def test_the_words_at_the_head_of_the_file_stay(folder: Path, tmp_path: Path) -> None:
    head = (folder / hubs.FILE).read_text("utf-8").splitlines()[:2]
    hubs.apply(folder, hubs.read(table(tmp_path / "new.csv", NEW))[0])

    assert (folder / hubs.FILE).read_text("utf-8").splitlines()[:2] == head


def test_a_hub_that_comes_and_one_that_goes_are_shown(copy: Knowledge, tmp_path: Path) -> None:
    kept = hubs._present(copy)
    gone = copy.hubs[0]
    rows = {**{k: v for k, v in kept.items() if k != gone.id}, "ht-okap": NEW}

    shown = [(x.name, x.before, x.after) for x in hubs.differences(copy, rows, {})]

    assert shown == [
        (f"{gone.id} id", f"{gone.name}, {gone.city}", ""),
        ("ht-okap id", "", "Sant enfòmasyon, Cap-Haïtien"),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"kind": "shop"}, "new!C2: kind: ", id="a kind is none"),
        pytest.param({"name": ""}, "new!A2|new!F2: name: field required", id="no name"),
        pytest.param({"verified": "soon"}, "`soon` is not a month", id="a month is none"),
        pytest.param({"lat": "north"}, "lat: value is not a valid float", id="a degree is none"),
    ],
)
def test_a_row_that_is_no_hub_is_refused(
    tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    with pytest.raises(SheetError, match=said):
        hubs.read(table(tmp_path / "new.csv", {**NEW, **changes}))


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="new!A3: `ht-okap` stands in new!A2 already"):
        hubs.read(table(tmp_path / "new.csv", NEW, NEW))


def test_an_empty_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="there is no hub"):
        hubs.read(table(tmp_path / "new.csv"))


@pytest.mark.parametrize(
    ("heading", "said"), [("id,city", "column `country` is missing"), ("colour", "is unknown")]
)
def test_other_columns_are_refused(tmp_path: Path, heading: str, said: str) -> None:
    (tmp_path / "new.csv").write_text(f"{heading}\nx,y\n")

    with pytest.raises(SheetError, match=said):
        hubs.read(tmp_path / "new.csv")


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"phone": "12"}, "is no telephone number"), ({"country": "XX"}, "is no country")],
)
def test_a_fault_that_the_check_finds_is_refused_with_its_row(
    folder: Path, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    rows, where = hubs.read(table(tmp_path / "new.csv", {**NEW, **changes}))

    refused = hubs.refused(folder, TODAY, rows, where)

    assert [(x.startswith("new!A2: ht-okap"), said in x) for x in refused] == [(True, True)]
