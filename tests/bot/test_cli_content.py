"""`alo content` as an editor types it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.settings import ROOT
from tests.programs import alo


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that the command works on."""
    return shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")


def content(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What `alo content` says of that copy."""
    return alo(folder.parent, "content", *words, ALO_KNOWLEDGE=str(folder))


def test_a_sheet_goes_out_is_changed_and_comes_back(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "texts.xlsx"
    assert content(folder, "export", str(sheet)).returncode == 0
    book = load_workbook(sheet)
    book["fraud"]["D2"] = "Espere. No pague."
    book.save(sheet)

    ended = content(folder, "import", str(sheet), "--yes")

    printed = ended.stdout.splitlines()
    files = (folder / "languages/es/answers/fraud").glob("*.yml")
    assert (printed[-1], "  + Espere. No pague." in printed) == ("1 texts changed.", True)
    assert any("Espere. No pague." in path.read_text("utf-8") for path in files)


def test_a_broken_sheet_changes_nothing(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "texts.xlsx"
    content(folder, "export", str(sheet))
    book = load_workbook(sheet)
    book["fraud"]["D2"], book["fraud"]["A3"] = "Espere.", "fraud.nothing"
    book.save(sheet)

    ended = content(folder, "import", str(sheet), "--yes")

    same = (folder / "languages/es/answers/fraud/scam.yml").read_bytes()
    assert (ended.returncode, "fraud!A3" in ended.stderr) == (1, True)
    assert same == (ROOT / "knowledge/languages/es/answers/fraud/scam.yml").read_bytes()


def test_nothing_is_written_without_a_yes(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "hubs.xlsx"
    content(folder, "hubs", str(table), "--export")
    book = load_workbook(table)
    book["hubs"].delete_rows(2)
    book.save(table)

    ended = content(folder, "hubs", str(table))

    assert ended.returncode == 1
    assert (folder / "hubs.yml").read_bytes() == (ROOT / "knowledge/hubs.yml").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["export", "texts.ods"], "the name must end in .xlsx"),
        (["export", "no/such/texts.xlsx"], "there is no such folder"),
        (["export", "t.xlsx", "--languages", "zz"], "`zz` is no language here"),
        (["hubs", "nothing.csv"], "there is no such file"),
    ],
)
def test_a_mistake_is_one_line(folder: Path, tmp_path: Path, words: list[str], said: str) -> None:
    ended = content(folder, *words)

    assert (ended.returncode, len(ended.stderr.splitlines()), said in ended.stderr) == (1, 1, True)


def test_the_status_is_a_page_for_a_manager(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "status.html"

    ended = content(folder, "status", "--html", str(page), "--lang", "es")

    assert (ended.returncode, "Cómo está el contenido" in page.read_text("utf-8")) == (0, True)
