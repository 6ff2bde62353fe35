"""The desk on every screen, in every language, by keyboard alone, without scripts."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.desk import handover
from tests import desk_site
from tests.desk.conftest import Open
from tests.desk_site import PHONE, SMALL, WIDE, Site, at, taken, wait_until_got
from tests.standins.twilio import Twilio

pytestmark = pytest.mark.browser
SECONDS = 60_000


def test_everything_is_done_by_keyboard_alone(site: Site, window: Open, provider: Twilio) -> None:
    case = site.waits(urgent=True, why="danger")
    page = window()
    desk_site.live(page, site.address + "/desk?show=waiting")
    _tab_to(page, f"link-{case.id}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/cases/{case.id}*")
    desk_site.live(page)
    _tab_to(page, "claim")
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused(timeout=SECONDS)
    page.keyboard.type("I am here")
    _tab_to(page, "send")
    page.keyboard.press("Enter")
    wait_until_got(provider, site.address_of(case), "I am here")
    page.locator("#closing summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    _tab_to(page, "close")
    page.keyboard.press("Enter")

    expect(page.locator("#head")).to_contain_text("Ended", timeout=SECONDS)


def _tab_to(page: Page, wanted: str) -> None:
    """Goes on with Tab until the element is reached."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            return
    raise AssertionError(f"{wanted} is not reached by Tab")


@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["wide", "phone", "small"])
def test_it_fits_the_screen(site: Site, window: Open, size: tuple[int, int]) -> None:
    case = taken(site, language="ht")
    site.writes(site.address_of(case), "mwen bezwen yon moun " * 20)
    page = window(size=size, path=at(case))

    for path in (at(case), "/desk"):
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_on_a_phone_one_pane_is_shown_at_a_time(site: Site, window: Open) -> None:
    case = taken(site)
    page = window(size=PHONE)
    expect(page.locator("#parts")).to_have_count(0)
    page.locator(f"#link-{case.id}").click()

    expect(page.locator("#text")).to_be_in_viewport(timeout=SECONDS)
    expect(page.locator("#queue")).to_be_hidden()
    page.get_by_role("link", name="All conversations").click()
    expect(page.locator("#queue")).to_be_visible()


def test_in_creole_every_word_is_creole(browser: Browser, site: Site) -> None:
    case = site.waits(urgent=True, why="danger", language="ht")
    user = site.user("marie", language="ht")
    page = desk_site.signed_in(browser, site, user, PHONE)
    desk_site.live(page, site.address + at(case))

    assert page.locator("html").get_attribute("lang") == "ht"
    expect(page.locator("#claim")).to_have_text("Pran l")
    page.locator("#claim").click()
    expect(page.locator("#send")).to_have_text("Voye", timeout=SECONDS)
    expect(page.locator("#head")).to_contain_text("Nan men ou")
    page.context.close()


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
def test_axe_finds_no_fault(
    browser: Browser, site: Site, language: str, size: tuple[int, int]
) -> None:
    user = site.user(f"axe.{language}", language=language)
    case = site.waits(urgent=True, why="danger", language=language)
    handover.claim(site.store, case.id, user)
    handover.note(site.store, case.id, user, "a note")
    page = desk_site.signed_in(browser, site, user, size)
    for path in ("/desk", at(case)):
        page.goto(site.address + path)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
    page.context.close()


def test_without_scripts_the_forms_still_work(browser: Browser, site: Site) -> None:
    case = site.waits()
    page = desk_site.signed_in(browser, site, site.user("anna"), java_script_enabled=False)
    page.goto(site.address + at(case))
    page.locator("#claim").click()
    page.locator("#text").fill("without any script")
    page.locator("#send").click()

    expect(page.locator(".line.operator .text")).to_have_text("without any script")
    page.context.close()
