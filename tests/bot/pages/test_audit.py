"""The page that shows who did what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.knowledge import Knowledge
from bot.pages.audit import AT_ONCE
from bot.settings import ROOT
from bot.staff import audit
from bot.store import Store
from tests import staff

NOTED = r'(?:audit\.note\(\s*connection, [\w.]+|_change\(connection, \w+), "(\w+)"'


@pytest.fixture
def web(store: Store, tmp_path: Path) -> TestClient:
    """An admin, with a log of more than one page, on each database."""
    made = staff.in_english(store, tmp_path, "admin")
    with store.write() as connection:
        for number in range(AT_ONCE + 5):
            audit.note(connection, "paul", "claimed", f"case-{number}")
        audit.note(connection, "jean", "<i>odd</i>", "case-0", "detail & more")
    return made


def subjects(web: TestClient, query: str = "") -> list[str]:
    """What the entries on the page are about."""
    return re.findall(r">(case-\d+)</a>", web.get(f"/audit{query}").text)


def test_the_newest_stand_first(web: TestClient) -> None:
    assert subjects(web)[:3] == ["case-0", "case-54", "case-53"]


def test_older_ones_are_on_the_next_page(web: TestClient) -> None:
    older = re.findall(r'"/audit\?([^"]*before=\d+)"', web.get("/audit?user=paul").text)
    query = "?" + older[0].replace("&amp;", "&")

    assert subjects(web, query) == [f"case-{n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("query", "count"),
    [("?user=jean", 1), ("?subject=case-0", 2), ("?action=claimed&subject=case-0", 1)],
)
def test_entries_can_be_chosen(web: TestClient, query: str, count: int) -> None:
    assert len(subjects(web, query)) == count


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣", ""])
def test_a_page_that_is_none_is_the_first(web: TestClient, before: str) -> None:
    assert len(subjects(web, f"?before={before}")) == AT_ONCE


def test_actions_are_shown_in_words_where_there_are_some(web: TestClient) -> None:
    page = web.get("/audit").text

    assert "<td>Conversation taken</td>" in page
    assert "<td>&lt;i&gt;odd&lt;/i&gt;</td>" in page
    assert "<td>detail &amp; more</td>" in page


def test_every_action_that_the_program_notes_has_words_in_every_language(
    content: Knowledge,
) -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    noted = {x for text in sources for x in re.findall(NOTED, text)}
    pages = (x.pages for x in content.languages.values() if not x.settings.partial)

    assert {"sent_again", "answered", "exported"} <= noted
    assert [noted - set(words["staff"]["actions"]) for words in pages] == [set()] * 4


def test_where_nothing_is_found_the_page_says_so(web: TestClient) -> None:
    assert "Nothing found." in web.get("/audit?user=nobody").text
