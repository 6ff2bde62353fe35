"""Content files are written as they were, but for what changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from bot.sheets import files

ANSWERS = sorted((ROOT / "knowledge" / "languages").glob("*/answers/*/*.yml"))


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_no_text_changes_by_being_written(tmp_path: Path, language: str) -> None:
    paths = [path for path in ANSWERS if f"/{language}/" in str(path)]
    assert paths

    changed = []
    for path in paths:
        files.write(tmp_path / "again.yml", files.read(path))
        if _plain(tmp_path / "again.yml") != _plain(path):
            changed.append(path.name)

    assert changed == []


def _plain(path: Path) -> object:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)


def test_comments_stay(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("# why\na: b\n")
    files.write(tmp_path / "a.yml", files.read(tmp_path / "a.yml"))

    assert (tmp_path / "a.yml").read_text() == "# why\na: b\n"


def test_a_new_file_begins_empty(tmp_path: Path) -> None:
    assert files.read(tmp_path / "none.yml") == {}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("short", "a: short\n"),
        ("- one\n- two", "a: |-\n  - one\n  - two\n"),
        ("word " * 30 + "end", f"a: >-\n  {'word ' * 30}end\n"),
        ("with: colon", "a: 'with: colon'\n"),
    ],
)
def test_a_text_has_the_form_of_these_files(tmp_path: Path, text: str, written: str) -> None:
    files.write(tmp_path / "a.yml", {"a": files.scalar(text)})

    assert (tmp_path / "a.yml").read_text() == written
