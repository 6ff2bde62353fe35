"""Tables in the documentation: their form, and the place they are put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import tables
from bot.errors import SettingsError

PAGE = "Before.\n\n<!-- one -->\nold\n<!-- end of one -->\n\nAfter.\n"


def page(folder: Path, text: str = PAGE) -> Path:
    """A page with that text."""
    path = folder / "page.md"
    path.write_text(text, "utf-8")
    return path


def test_a_table_is_one_in_markdown() -> None:
    text = tables.table(["a", "b"], [["1", "2"]])

    assert text == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_only_what_stands_between_the_comments_is_rewritten(tmp_path: Path) -> None:
    path = page(tmp_path)
    tables.rewrite(path, "one", "new\n")

    assert path.read_text("utf-8") == PAGE.replace("\nold\n", "\n\nnew\n\n")


def test_rewriting_twice_changes_nothing_more(tmp_path: Path) -> None:
    path = page(tmp_path)
    tables.rewrite(path, "one", r"a backslash \1")
    once = path.read_text("utf-8")
    tables.rewrite(path, "one", r"a backslash \1")

    assert path.read_text("utf-8") == once


@pytest.mark.parametrize("text", ["no comments", PAGE + PAGE, PAGE.replace("<!-- one -->", "")])
def test_a_page_without_its_comments_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"page\.md: needs the lines <!-- one -->"):
        tables.rewrite(page(tmp_path, text), "one", "new")


def test_the_page_on_understanding_has_its_comments() -> None:
    text = tables.DOCS.read_text("utf-8")

    for name in ("evaluation", "pipelines"):
        assert text.count(f"<!-- {name} -->") == text.count(f"<!-- end of {name} -->") == 1
