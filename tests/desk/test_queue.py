"""The queue of the desk in a real browser: who waits, who rings, who takes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from bot.staff import accounts
from bot.tables import audit, usage
from tests import desk_site, samples, staff
from tests.desk.conftest import Open
from tests.desk_site import Site, at

pytestmark = pytest.mark.browser
SECONDS = 60_000


def test_one_signs_in_with_password_and_code(browser: Browser, site: Site) -> None:
    user, secret = staff.with_codes(site.store, name="clara")
    page = browser.new_page()
    page.goto(f"{site.address}/desk")
    page.locator("input[name=name]").fill(user.name)
    page.locator("input[name=password]").fill(staff.PASSWORD)
    page.locator("main .button.primary").click()
    page.locator("input[name=code]").fill(staff.code(secret, 1))
    page.locator("main .button.primary").click()

    expect(page.locator("#queue-top")).to_be_visible(timeout=SECONDS)
    page.close()


def test_an_urgent_one_arrives_by_itself_with_its_sound(site: Site, window: Open) -> None:
    page = window()
    before = int(page.evaluate("document.body.dataset.sounded ?? 0"))
    case = site.waits(urgent=True, why="danger", topic="protection.violence")

    row = page.locator(f"#row-{case.id}")
    expect(row).to_contain_text("Urgent", timeout=SECONDS)
    expect(page.locator("body")).to_have_attribute("data-sounded", str(before + 1))
    expect(page.locator("#alarm")).to_contain_text(case.alias)
    expect(page).to_have_title(re.compile(r"^\(\d+\) Desk"))
    assert row.evaluate("row => row.previousElementSibling === null || "
                        "row.previousElementSibling.classList.contains('urgent')")  # fmt: skip


def test_the_sound_can_be_switched_off_and_stays_off(site: Site, window: Open) -> None:
    page = window()
    page.get_by_label("Sound for urgent ones").uncheck()
    page.reload()
    desk_site.live(page)
    case = site.waits(urgent=True, why="danger")

    expect(page.locator(f"#row-{case.id}")).to_be_visible(timeout=SECONDS)
    expect(page.locator("#alarm")).to_contain_text(case.alias)
    assert page.evaluate("document.body.dataset.sounded") is None


def test_an_urgent_one_is_not_sounded_again_on_the_next_page(site: Site, window: Open) -> None:
    case = site.waits(urgent=True, why="danger")
    page = window()
    expect(page.locator("body")).to_have_attribute("data-sounded", "1", timeout=SECONDS)
    page.locator(f"#link-{case.id}").click()

    expect(page.locator("#head")).to_contain_text(case.alias)
    assert page.evaluate("document.body.dataset.sounded") is None


def test_the_queue_shows_no_number(site: Site, window: Open) -> None:
    case = site.waits("whatsapp")
    page = window()

    expect(page.locator(f"#row-{case.id}")).to_contain_text("WhatsApp")
    assert not re.search(r"5093700|\+509", page.content())
    assert case.conversation not in page.content()


def test_two_operators_race_and_one_is_told_who_has_it(site: Site, window: Open) -> None:
    case = site.waits()
    anna, bob = window("anna", at(case)), window("bob", at(case))
    bob.route("**/desk/events*", lambda route: route.abort())  # Bob's page learns nothing more
    bob.route("**/parts*", lambda route: route.abort())
    anna.locator("#claim").click()
    expect(anna.locator("#text")).to_be_focused(timeout=SECONDS)
    bob.locator("#claim").click(force=True)

    expect(bob.locator("#told")).to_have_text("anna already has it.", timeout=SECONDS)
    assert site.now(case).operator == site.user("anna").id


def test_who_looks_at_a_conversation_sees_it_being_taken(site: Site, window: Open) -> None:
    case = site.waits()
    anna, bob = window("anna", at(case)), window("bob", at(case))
    anna.locator("#claim").click()

    expect(bob.locator("#head")).to_contain_text("With anna", timeout=SECONDS)
    expect(bob.locator("#claim")).to_have_count(0)
    expect(bob.locator("#text")).to_have_count(0)


def test_a_call_to_the_line_is_counted(site: Site, window: Open) -> None:
    page = window()
    page.get_by_text("Log a call").click()
    for label, value in (("Language", "ht"), ("Country", "HT"), ("Topic", "documents.passport"),
                         ("How did it end?", "answered")):  # fmt: skip
        page.get_by_label(label).select_option(value)
    page.get_by_role("button", name="Count the call").click()

    expect(page.locator("#told")).to_have_text("The call is counted.", timeout=SECONDS)
    rows = samples.column(site.store, usage.c.topic, usage.c.measure == "call")
    assert rows == ["documents.passport"]


def test_opening_is_written_down_once(site: Site, window: Open) -> None:
    case = site.waits()
    page = window("anna", at(case))
    page.reload()

    who = samples.column(
        site.store, audit.c.user, audit.c.action == "opened", audit.c.subject == str(case.id)
    )
    assert who == ["anna"]


def test_a_cut_connection_is_told_and_mended(site: Site, window: Open) -> None:
    page = window()
    expect(page.locator("#connection")).to_be_hidden()
    site.processes.kill("edge")
    expect(page.locator("#connection")).to_contain_text("Connection lost", timeout=SECONDS)
    site.processes.start("edge")
    site.processes.wait_for_edge()

    desk_site.live(page)
    expect(page.locator("#connection")).to_be_hidden()
    case = site.waits()
    expect(page.locator(f"#row-{case.id}")).to_be_visible(timeout=SECONDS)


def test_a_session_that_ends_ends_the_news(site: Site, window: Open) -> None:
    page = window("bob")
    expect(page.locator("#queue-top")).to_be_visible()
    accounts.set_active(site.store, site.user("bob"), False)
    expect(page.get_by_role("link", name="You are signed out")).to_be_visible(timeout=3 * SECONDS)
    accounts.set_active(site.store, site.user("bob"), True)
