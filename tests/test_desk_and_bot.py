"""A person goes from the program to an operator, back, and to an operator again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.tables import inbox, outbox
from tests import desk_site, samples
from tests.browser import CHROMIUM, chromium
from tests.conftest import need
from tests.desk_site import Site, got, wait_until_got
from tests.programs import until
from tests.standins import twilio
from tests.standins.twilio import Twilio

pytestmark = [pytest.mark.browser, pytest.mark.model]
PERSON = "+50370000123"
SECONDS = 60_000

Say = Callable[[str], None]


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, content: Knowledge, model: Path
) -> Iterator[tuple[Site, Twilio]]:
    """Edge, sender and worker, and somebody who has an account."""
    need(CHROMIUM is not None, "no chromium; on Debian: apt install chromium")
    folder = tmp_path_factory.mktemp("desk")
    with desk_site.running(folder, model, content, "sender", "worker") as both:
        both[0].user("anna")
        both[0].processes.wait_for_worker()
        yield both


@pytest.fixture(scope="module")
def browser(running: tuple[Site, Twilio]) -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def say(running: tuple[Site, Twilio]) -> Say:
    """The person writes an SMS, and Twilio delivers it."""
    numbers = itertools.count(100)

    def said(text: str) -> None:
        url = f"{running[0].address}/hooks/sms"
        body = twilio.message(next(numbers), PERSON, Body=text)
        answer = httpx.post(url, data=body, headers=twilio.signed(url, body), trust_env=False)
        assert answer.is_success

    return said


def taken_from_queue(page: Page, site: Site) -> Case:
    """The one conversation that waits, taken with two clicks."""
    desk_site.live(page, f"{site.address}/desk?show=waiting")
    row = page.locator("#rows a").first
    expect(row).to_be_visible(timeout=SECONDS)
    row.click()
    page.wait_for_url("**/cases/*")
    desk_site.live(page)
    page.locator("#claim").click()
    expect(page.locator("#text")).to_be_focused(timeout=SECONDS)
    number = re.search(r"/cases/(\d+)", page.url)
    assert number is not None
    with site.store.read() as connection:
        found = handover.get(connection, int(number[1]))
    assert found is not None
    return found


def write(page: Page, text: str) -> None:
    """The operator answers."""
    page.locator("#text").fill(text)
    page.locator("#send").click()


def hand_back(page: Page) -> None:
    """The operator gives the conversation back."""
    page.locator("#returning summary").click()
    page.locator("#hand-back").click()
    expect(page.locator("#head")).to_contain_text("Ended", timeout=SECONDS)


def test_there_and_back_and_there_again(
    running: tuple[Site, Twilio], browser: Browser, say: Say
) -> None:
    site, provider = running
    page = desk_site.signed_in(browser, site, site.user("anna"))
    say("quiero hablar con una persona")
    first = taken_from_queue(page, site)
    write(page, "Soy Ana. Le escucho.")
    wait_until_got(provider, PERSON, "Soy Ana. Le escucho.")

    say("cuanto cuesta la visa h2")
    expect(page.locator(".line.person").last).to_contain_text("visa h2", timeout=SECONDS)
    until(lambda: set(samples.column(site.store, inbox.c.state)) == {"done"}, "it was worked on")
    assert _last_answered(site) is False

    hand_back(page)
    before = len(got(provider, PERSON))
    say("cuanto cuesta la visa h2")
    again = "the program answered again"
    until(lambda: "205" in "".join(got(provider, PERSON)[before:]), again, 90)

    say("persona")
    second = taken_from_queue(page, site)
    assert second.id != first.id
    assert second.alias == first.alias
    expect(page.locator("#lines")).to_contain_text("Soy Ana. Le escucho.")
    write(page, "Aquí estoy otra vez.")
    wait_until_got(provider, PERSON, "Aqui estoy otra vez.")
    assert page.errors == []  # type: ignore[attr-defined]
    page.context.close()


def _last_answered(site: Site) -> bool:
    """Whether the program replied to the last message."""
    last = sa.select(sa.func.max(inbox.c.id)).scalar_subquery()
    return bool(samples.column(site.store, outbox.c.id, outbox.c.inbox_id == last))
