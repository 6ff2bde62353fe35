"""`alo report` as a campaign team types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.store import Store
from tests import quarters
from tests.conftest import make_settings
from tests.programs import alo


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A machine with a quarter of counts."""
    made = tmp_path_factory.mktemp("report")
    store = Store(make_settings(made))
    store.upgrade()
    quarters.load(store)
    store.close()
    return made


def test_it_writes_the_file_that_was_asked_for(folder: Path) -> None:
    file = folder / "quarter.json"

    ended = alo(folder, "report", "2026-Q3", "--format", "json", "--output", str(file))

    assert (ended.returncode, ended.stdout) == (0, f"Written: {file}\n")
    assert json.loads(file.read_text())["totals"]["message"]["count"] > 0


def test_a_report_on_paper_in_creole(folder: Path) -> None:
    file = folder / "quarter.pdf"

    ended = alo(folder, "report", "2026-Q3", "--language", "ht", "--output", str(file))

    assert (ended.returncode, ended.stderr) == (0, "")
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2026-Q5"], "2026-Q5: write a year, quarter or month: 2026, 2026-Q4 or 2026-11"),
        (
            ["2026-Q3", "--format", "doc"],
            "--format: `doc` is none; choose of pdf, html, xlsx, csv, json",
        ),
        (
            ["2026-Q3", "--language", "de"],
            "--language: `de` is no language here; choose of es, ht, en, fr, pt",
        ),
        (
            ["2026-Q3", "--output", "/nowhere/x.pdf"],
            "/nowhere: there is no such folder; make it first",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, words: list[str], said: str) -> None:
    ended = alo(folder, "report", *words)

    assert (ended.returncode, ended.stderr) == (1, f"alo: {said}\n")
