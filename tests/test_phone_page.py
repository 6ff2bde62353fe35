"""The phone page in a real browser, with the real processes behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser import CHROMIUM, chromium
from tests.conftest import need
from tests.running import Processes

pytestmark = [pytest.mark.browser, pytest.mark.model]
WIDE, PHONE, SMALL = (1280, 800), (390, 844), (320, 568)
QUESTION = "como saco el pasaporte en honduras"


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Processes]:
    """Edge, sender and worker."""
    need(CHROMIUM is not None, "no chromium; on Debian: apt install chromium")
    started = Processes(tmp_path_factory.mktemp("page"), model)
    for name in ("edge", "sender", "worker"):
        started.start(name)
    started.wait_for_edge()
    started.wait_for_worker()
    yield started
    started.end()


@pytest.fixture(scope="module")
def browser(processes: Processes) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, processes: Processes) -> Iterator[Page]:
    """The page in Spanish on a wide screen; fails if it loads anything from elsewhere or errs."""
    opened = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]})
    hosts: set[str | None] = set()
    errors: list[str] = []
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.goto(f"{processes.address}/phone?lang=es")
    yield opened
    opened.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []


def ask(page: Page, text: str) -> None:
    """Types a message, sends it with Enter and waits for one more reply."""
    replies = page.locator("#conversation .theirs")
    before = replies.count()
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")
    expect(replies).not_to_have_count(before, timeout=20_000)
    expect(page.locator("#waiting")).to_be_empty(timeout=20_000)


def test_a_message_is_answered_on_the_page(page: Page) -> None:
    ask(page, QUESTION)

    expect(page.locator("#conversation")).to_contain_text("US$35")


def test_the_same_conversation_is_shown_as_sms_with_its_cost(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_label("SMS", exact=True).check(force=True)

    expect(page.locator("#conversation")).to_contain_text(re.compile(r"\d SMS, GSM-7, \d+"))


def test_a_button_can_be_tapped(page: Page) -> None:
    ask(page, "menu")
    page.locator("#conversation button").nth(2).click()

    expect(page.locator("#conversation")).to_contain_text("Qué es la visa H-2", timeout=20_000)


def test_the_country_of_the_phone_decides_the_first_language(page: Page) -> None:
    page.locator("#region").select_option("HT")
    ask(page, "visa")

    expect(page.locator("#conversation [lang=ht]").first).to_be_visible()


def test_it_works_by_keyboard_alone(page: Page) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text":
            break
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")

    expect(page.locator("#conversation")).to_contain_text("US$35", timeout=20_000)


def test_what_a_person_types_stays_text(page: Page) -> None:
    ask(page, "<img src=x onerror=alert(1)> pasaporte")

    assert page.locator("#conversation img").count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["wide", "phone", "small"])
def test_it_fits_the_screen(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    ask(page, QUESTION)

    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= size[0]
    expect(page.locator("#text")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
def test_axe_finds_no_fault(
    page: Page, processes: Processes, language: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{processes.address}/phone?lang={language}")
    ask(page, QUESTION)

    result = Axe().run(page)

    assert result.violations_count == 0, result.generate_report()


def test_each_page_is_in_its_language(page: Page, processes: Processes) -> None:
    page.goto(f"{processes.address}/phone?lang=ht")

    assert page.locator("html").get_attribute("lang") == "ht"
