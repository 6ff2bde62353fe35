"""A copy of the content, and workbooks that a person has edited."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot import knowledge
from bot.knowledge import Knowledge
from bot.settings import ROOT

TODAY = date(2026, 11, 22)
Edit = Callable[[Workbook], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that a test may change."""
    return shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")


@pytest.fixture
def copy(folder: Path) -> Knowledge:
    """The content of that copy."""
    return knowledge.load(folder)


def edited(path: Path, edit: Edit) -> Path:
    """The workbook after somebody has worked on it."""
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path
