"""The pages for staff in a real browser: getting in, staying in, and who cannot."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.knowledge import Knowledge
from bot.pages.sign_in import MOST_BY_NAME
from bot.staff import accounts, codes
from bot.store import Store
from bot.tables import attempts, audit, sessions, users
from tests import staff
from tests.browser import CHROMIUM, chromium
from tests.conftest import make_settings, need
from tests.running import Processes
from tests.staff import PASSWORD, code
from tests.test_phone_page import SMALL, WIDE

pytestmark = pytest.mark.browser
NAME = "marie.p"
LANGUAGES = ["es", "ht", "en", "fr"]


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    """The edge, where a second factor is required."""
    need(CHROMIUM is not None, "no chromium; on Debian: apt install chromium")
    folder = tmp_path_factory.mktemp("staff")
    started = Processes(folder, folder / "no model", ALO_SECOND_FACTOR="required")
    started.start("edge")
    started.wait_for_edge()
    yield started
    started.end()


@pytest.fixture
def store(processes: Processes) -> Iterator[Store]:
    """Its store, with the account of an admin and nothing else."""
    made = Store(make_settings(processes.log.parent))
    with made.write() as connection:
        for table in (users, sessions, attempts, audit):
            connection.execute(sa.delete(table))
    accounts.add(made, NAME, PASSWORD, "admin")
    yield made
    made.close()


@pytest.fixture(scope="module")
def browser(processes: Processes) -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, processes: Processes, store: Store) -> Iterator[Page]:
    """An empty page in a browser of its own; fails if it loads anything from elsewhere or errs."""
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
    opened = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert hosts - {None} == {"127.0.0.1"}
    # A page that refuses has a status that says so, and Chromium tells of it.
    assert [x for x in errors if "the server responded with a status" not in x] == []


def give_password(page: Page, processes: Processes, path: str, password: str = PASSWORD) -> None:
    """Opens a page, and fills in the form that stands before it."""
    page.goto(f"{processes.address}{path}")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").click()


def enter(page: Page, processes: Processes, store: Store, path: str = "/account") -> str:
    """Signs in with a password and a one-time code, and opens a page; returns the secret."""
    secret = staff.with_codes(store, "admin", NAME)[1]
    give_password(page, processes, path)
    page.locator("[name=code]").fill(code(secret, 1))
    page.locator("main form button").click()
    page.wait_for_url(f"**{path}*")
    return secret


def test_codes_are_set_up_at_the_first_sign_in_in_creole(
    page: Page, processes: Processes, store: Store, content: Knowledge
) -> None:
    words = content.page_words("ht")["staff"]
    page.goto(f"{processes.address}/sign-in?lang=ht&next=/audit")
    page.get_by_label(words["name"]).fill(NAME)
    page.get_by_label(words["password"]).fill(PASSWORD)
    page.get_by_role("button", name=words["sign_in"], exact=True).click()
    expect(page.get_by_role("img", name=words["factor_picture"])).to_be_visible()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.get_by_label(words["factor_code"]).fill(code(secret))
    page.get_by_role("button", name=words["factor_on"]).click()

    expect(page.get_by_role("heading", name=words["audit"])).to_be_visible()
    expect(page.locator("table")).to_contain_text(words["actions"]["factor_set"])


def test_the_next_sign_in_asks_for_a_code(page: Page, processes: Processes, store: Store) -> None:
    enter(page, processes, store, "/audit")

    expect(page.locator("table")).to_contain_text(NAME)


def test_a_wrong_code_is_said_in_words(
    page: Page, processes: Processes, store: Store, content: Knowledge
) -> None:
    staff.with_codes(store, "admin", NAME)
    give_password(page, processes, "/sign-in?lang=fr")
    page.locator("[name=code]").fill("000000")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_have_text(
        content.page_words("fr")["staff"]["errors"]["code"]
    )


def test_too_many_wrong_passwords_are_said_in_words(
    page: Page, processes: Processes, content: Knowledge
) -> None:
    for _ in range(MOST_BY_NAME + 1):
        give_password(page, processes, "/sign-in?lang=es", "wrong")

    words = content.page_words("es")["staff"]["errors"]
    expect(page.get_by_role("alert")).to_have_text(words["too_many"])


def test_a_session_that_is_over_leads_back_through_the_form(
    page: Page, processes: Processes, store: Store
) -> None:
    enter(page, processes, store)
    with store.write() as connection:
        long_ago = time.time() - 13 * 3600
        connection.execute(sa.update(sessions).values(created_at=long_ago))
    page.goto(f"{processes.address}/audit?user={NAME}")

    expect(page.locator("[name=password]")).to_be_visible()
    assert page.url.endswith(f"/sign-in?next=%2Faudit%3Fuser%3D{NAME}")


def test_a_form_with_another_token_changes_nothing(
    page: Page, processes: Processes, store: Store, content: Knowledge
) -> None:
    enter(page, processes, store, "/account?lang=en")
    page.locator("details.menu summary").click()
    page.evaluate("document.querySelectorAll('[name=csrf]').forEach((x) => { x.value = 'x'; })")
    page.get_by_role("button", name="Español").click()

    refused = content.page_words("en")["staff"]["old_form_refused"]
    expect(page.locator("main")).to_contain_text(refused)
    assert accounts.named(store, NAME).language == ""


def test_the_language_of_the_menu_stays(page: Page, processes: Processes, store: Store) -> None:
    enter(page, processes, store)
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Kreyòl ayisyen").click()

    expect(page.locator("html")).to_have_attribute("lang", "ht")
    assert page.url.endswith("/account")


def test_signing_out_closes_the_pages(page: Page, processes: Processes, store: Store) -> None:
    enter(page, processes, store)
    page.locator("details.menu summary").click()
    page.locator("form[action='/sign-out'] button").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{processes.address}/account")

    expect(page.locator("[name=password]")).to_be_visible()


def test_it_works_by_keyboard_alone(page: Page, processes: Processes, store: Store) -> None:
    secret = staff.with_codes(store, "admin", NAME)[1]
    page.goto(f"{processes.address}/account?lang=en")
    for typed in (NAME, PASSWORD):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/second-factor*")
    page.keyboard.type(code(secret, 1))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account*")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.locator("details.menu summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".sheet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".sheet")).to_be_hidden()
    expect(page.locator("details.menu summary")).to_be_focused()


def fits(page: Page, width: int) -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def sound(page: Page) -> str:
    """What axe finds; empty if that is nothing."""
    result = Axe().run(page)
    return str(result.generate_report()) if result.violations_count else ""


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "small"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_the_screen_and_axe_finds_no_fault(
    page: Page, processes: Processes, store: Store, language: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    faults = {}

    def look(name: str) -> None:
        faults[name] = (fits(page, size[0]), sound(page))

    give_password(page, processes, f"/sign-in?lang={language}", "wrong")
    look("sign in")
    give_password(page, processes, f"/sign-in?lang={language}")
    expect(page.locator("#secret")).to_be_visible()
    look("set up")
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.locator("[name=code]").fill(code(secret))
    page.locator("main form button").click()
    page.wait_for_url("**/desk")
    for path in ("/audit", "/account"):
        page.goto(f"{processes.address}{path}")
        look(path)
    page.locator("details.menu summary").click()
    look("menu")

    assert {name: found for name, found in faults.items() if found != (True, "")} == {}


def test_an_operator_is_told_in_words_what_is_not_for_them(
    page: Page, processes: Processes, store: Store, content: Knowledge
) -> None:
    accounts.set_role(store, accounts.named(store, NAME), "operator")
    enter(page, processes, store, "/account?lang=ht")
    page.goto(f"{processes.address}/audit?lang=ht")

    expect(page.locator("main")).to_contain_text(
        content.page_words("ht")["staff"]["not_your_page"]
    )
    assert sound(page) == ""


def test_a_secret_of_codes_is_never_in_the_log(
    page: Page, processes: Processes, store: Store
) -> None:
    secret = enter(page, processes, store)

    written = processes.log.read_text()
    assert not any(x in written for x in (secret, PASSWORD, codes.ISSUER + ":" + NAME))
