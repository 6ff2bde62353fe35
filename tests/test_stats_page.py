"""The statistics page in a real browser, on a simulated quarter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.staff import sessions
from bot.store import Store
from tests import quarters, staff
from tests.browser import CHROMIUM, chromium
from tests.conftest import make_settings, need
from tests.running import Processes
from tests.test_phone_page import PHONE, SMALL, WIDE

pytestmark = pytest.mark.browser
LANGUAGES = ["es", "ht", "en", "fr"]
DRAWN = "image => image.decode()"  # done when it is drawn, and an error where it cannot be


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the program keeps its things."""
    return tmp_path_factory.mktemp("stats")


@pytest.fixture(scope="module")
def token(folder: Path) -> str:
    """The session of somebody of a campaign team, after a quarter of counts."""
    store = Store(make_settings(folder))
    store.upgrade()
    quarters.load(store)
    begun = sessions.begin(store, staff.user(store, "campaign"), complete=True)
    store.close()
    return begun


@pytest.fixture(scope="module")
def edge(folder: Path, token: str) -> Iterator[Processes]:
    """The edge alone: this page needs nothing else."""
    need(CHROMIUM is not None, "no chromium; on Debian: apt install chromium")
    started = Processes(folder, folder / "no model")
    started.start("edge")
    started.wait_for_edge()
    yield started
    started.end()


@pytest.fixture(scope="module")
def browser(edge: Processes) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, edge: Processes, token: str) -> Iterator[Page]:
    """A page of somebody signed in; fails if it loads anything from elsewhere or errs."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    context.add_cookies([{"name": "alo", "value": token, "url": edge.address}])
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    hosts: set[str | None] = set()
    errors: list[str] = []
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []


def look(page: Page, edge: Processes, language: str = "en") -> None:
    """Opens the page of the quarter and waits for its charts."""
    page.goto(f"{edge.address}/stats?period={quarters.PERIOD}&lang={language}")
    for chart in page.locator(".chart img").all():
        chart.scroll_into_view_if_needed()
        chart.evaluate(DRAWN)


def test_the_charts_are_drawn_and_described(page: Page, edge: Processes) -> None:
    look(page, edge)

    described = [image.get_attribute("alt") or "" for image in page.locator(".chart img").all()]
    assert [bool(re.search(r"\d", words)) for words in described] == [True, True]


def test_a_period_is_chosen_by_keyboard_alone(page: Page, edge: Processes) -> None:
    look(page, edge)

    page.locator("select[name=period]").focus()
    page.keyboard.type("August")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("Statistics: August 2026")


def test_how_a_figure_is_counted_opens(page: Page, edge: Processes) -> None:
    look(page, edge)
    part = page.locator("section", has=page.locator("#channel"))

    part.get_by_text("How is this counted?").click()

    expect(part.get_by_text("by the service with which they were sent")).to_be_visible()


def test_a_report_is_saved_by_a_button(page: Page, edge: Processes, tmp_path: Path) -> None:
    look(page, edge, "ht")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF").click()

    file = tmp_path / "report"
    waiting.value.save_as(file)
    assert waiting.value.suggested_filename == "alo-2026-Q3-ht.pdf"
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["wide", "phone", "small"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_the_screen_and_axe_finds_no_fault(
    page: Page, edge: Processes, language: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    look(page, edge, language)

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("html").get_attribute("lang") == language


def test_on_paper_everything_is_seen_and_nothing_to_click(page: Page, edge: Processes) -> None:
    look(page, edge)
    topics = page.locator("section", has=page.locator("#topic"))

    page.emulate_media(media="print")

    expect(page.locator(".save")).to_be_hidden()
    expect(topics.get_by_text("by the topic of the answer")).to_be_visible()
    scrolls = topics.locator(".tall").evaluate("it => it.scrollHeight > it.clientHeight")
    assert not scrolls
