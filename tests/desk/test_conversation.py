"""A conversation on the desk in a real browser, from both ends."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from bot.tables import conversations, usage
from tests import samples
from tests.desk.conftest import Open
from tests.desk_site import Site, at, got, send, taken, wait_until_got
from tests.programs import until
from tests.standins.twilio import Twilio

pytestmark = pytest.mark.browser
SECONDS = 60_000
HOUR = 3600.0


def test_others_are_seen_reading_and_writing(site: Site, window: Open) -> None:
    case = taken(site)
    anna, bob = window("anna", at(case)), window("bob", at(case))

    expect(anna.locator("#others")).to_have_text("bob has this open", timeout=SECONDS)
    anna.locator("#text").press_sequentially("Hel")
    expect(bob.locator("#others")).to_have_text("anna is writing", timeout=SECONDS)
    bob.close()
    expect(anna.locator("#others")).to_be_empty(timeout=SECONDS)


def test_a_reply_reaches_the_person_and_is_shown_delivered(
    site: Site, window: Open, provider: Twilio
) -> None:
    case = taken(site)
    page = window("anna", at(case))
    send(page, "The office opens at 8.")

    wait_until_got(provider, site.address_of(case), "The office opens at 8.")
    line = page.locator(".line.operator")
    expect(line).to_contain_text("anna (you)", timeout=SECONDS)
    expect(line.locator(".state")).to_have_text("Delivered", timeout=SECONDS)
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#text")).to_be_focused()


def test_what_the_person_writes_appears_and_focus_stays(site: Site, window: Open) -> None:
    case = taken(site)
    page = window("anna", at(case))
    page.locator("#text").press_sequentially("I was wri")
    site.writes(site.address_of(case), "are you there?")

    expect(page.locator(".line.person").last).to_contain_text("are you there?", timeout=SECONDS)
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("I was wri")
    expect(page.locator(f"#row-{case.id}")).to_contain_text("New message", timeout=SECONDS)


def test_a_form_that_is_sent_twice_is_one_reply(site: Site, window: Open) -> None:
    case = taken(site)
    page = window("anna", at(case))
    page.locator("#text").fill("only once")
    page.evaluate(
        """async () => {
          const body = new URLSearchParams(new FormData(document.getElementById("reply")));
          const again = () => fetch(document.getElementById("reply").action, {
            method: "POST", headers: { Accept: "application/json" }, body });
          await Promise.all([again(), again(), again()]);
        }"""
    )

    assert len(site.replies(case)) == 1


def test_a_reply_that_failed_says_why_and_is_sent_again(
    site: Site, window: Open, provider: Twilio
) -> None:
    case = taken(site)
    address = site.address_of(case)
    until(lambda: got(provider, address), "the person was told that somebody is there", 60)
    provider.refuses[address] = 21211
    page = window("anna", at(case))
    send(page, "please read this")

    state = page.locator(".line.operator .state")
    expect(state).to_contain_text(
        "Not delivered. This phone receives no messages", timeout=SECONDS
    )
    del provider.refuses[address]
    state.get_by_role("button", name="Send again").click()
    wait_until_got(provider, address, "please read this")
    expect(state).to_have_text("Delivered", timeout=SECONDS)
    assert got(provider, address).count("please read this") == 1


def test_sms_are_counted_while_one_writes(site: Site, window: Open) -> None:
    case = taken(site)
    page = window("anna", at(case))
    cost = page.locator("#cost")

    page.locator("#text").fill("a" * 161)
    expect(cost).to_have_text("2 SMS, GSM-7, 161 letters", timeout=SECONDS)
    page.locator("#text").fill("á é ç")
    expect(cost).to_contain_text("1 SMS, GSM-7", timeout=SECONDS)
    page.locator("#text").fill("你好")
    expect(cost).to_contain_text("UCS-2", timeout=SECONDS)
    expect(cost).to_contain_text("cost more: 你 好")


def test_whatsapp_shows_its_clock(site: Site, window: Open) -> None:
    case = taken(site, channel="whatsapp")
    page = window("anna", at(case))

    expect(page.locator("#warnings")).to_contain_text(re.compile(r"23 h 5\d min left"))


def test_after_a_day_a_whatsapp_reply_is_held_until_the_person_writes(
    site: Site, window: Open, provider: Twilio
) -> None:
    case = taken(site, channel="whatsapp")
    address = site.address_of(case)
    until(lambda: got(provider, address), "the person was told that somebody is there", 60)
    with site.store.write() as connection:
        here = conversations.c.id == case.conversation
        late = conversations.update().where(here).values(last_at=time.time() - 25 * HOUR)
        connection.execute(late)
    page = window("anna", at(case))
    expect(page.locator("#warnings")).to_contain_text("more than 24 hours ago")
    send(page, "the late answer")

    state = page.locator(".line.operator .state")
    expect(state).to_contain_text("Held: delivered when they write", timeout=SECONDS)
    assert "the late answer" not in got(provider, address)
    site.writes(address, "hello again", "whatsapp")
    wait_until_got(provider, address, "the late answer")
    expect(state).to_have_text("Delivered", timeout=SECONDS)


def test_a_ready_made_reply_and_an_answer_are_inserted_in_the_persons_language(
    site: Site, window: Open
) -> None:
    case = taken(site, language="ht", channel="whatsapp")
    page = window("anna", at(case))
    page.get_by_text("Insert", exact=True).click()
    page.get_by_role("button", name="Which country?").click()
    expect(page.locator("#text")).to_have_value("Nan ki peyi ou ye kounye a?")
    page.get_by_label("Search the answers").fill("passport")
    page.get_by_label("Search the answers").press("Enter")
    answer = page.locator("#found article").first
    expect(answer).to_contain_text("Passport", timeout=SECONDS)
    expect(answer).to_contain_text("Sources")
    answer.get_by_role("button").click()

    expect(page.locator("#text")).to_have_value(re.compile("Ayiti"))
    expect(page.locator("#told")).to_contain_text("Read it before you send it")


def test_a_note_is_seen_by_colleagues_and_never_sent(
    site: Site, window: Open, provider: Twilio
) -> None:
    case = taken(site)
    anna, bob = window("anna", at(case)), window("bob", at(case))
    anna.get_by_text("Private note", exact=True).click()
    anna.get_by_label("Private note. The person never sees it.").fill("call the consulate")
    anna.get_by_role("button", name="Keep the note").click()

    expect(bob.locator(".line.note")).to_contain_text("call the consulate", timeout=SECONDS)
    assert "call the consulate" not in "".join(got(provider, site.address_of(case)))


def test_a_conversation_is_given_to_a_colleague(site: Site, window: Open) -> None:
    case = taken(site)
    bob_user = site.user("bob")
    page = window("anna", at(case))
    page.get_by_text("Give to somebody else").click()
    page.get_by_label("Operator").select_option("bob")
    page.get_by_role("button", name="Hand over").click()

    expect(page.locator("#head")).to_contain_text("With bob", timeout=SECONDS)
    assert site.now(case).operator == bob_user.id


def test_a_conversation_is_handed_back_in_two_steps(
    site: Site, window: Open, provider: Twilio
) -> None:
    case = taken(site)
    page = window("anna", at(case))
    page.locator("#returning summary").click()
    assert site.now(case).state == "taken"
    page.locator("#hand-back").click()

    expect(page.locator("#head")).to_contain_text("Ended", timeout=SECONDS)
    assert site.now(case).state == "ended"
    until(lambda: len(got(provider, site.address_of(case))) > 1, "the person was told", 60)


def test_a_conversation_is_closed_with_an_outcome(site: Site, window: Open) -> None:
    case = taken(site)
    page = window("anna", at(case))
    page.locator("#closing summary").click()
    page.get_by_role("radio", name="Referred to another service").check()
    page.locator("#close").click()

    expect(page.locator("#head")).to_contain_text("Referred", timeout=SECONDS)
    assert site.now(case).outcome == "referred"
    counted = samples.column(site.store, usage.c.count, usage.c.measure == "closed",
                             usage.c.value == "referred")  # fmt: skip
    assert sum(counted) == 1


def test_an_admin_erases_a_conversation_at_once(site: Site, window: Open) -> None:
    case = site.waits()
    page = window("ada", at(case))
    page.locator("#erasing summary").click()
    page.locator("#erase").click()

    expect(page).to_have_url(re.compile(r"/desk(\?.*)?$"), timeout=SECONDS)
    assert case.conversation not in samples.column(site.store, conversations.c.id)
    page.goto(site.address + at(case))
    assert page.url.endswith("/desk")


def test_an_operator_has_no_button_to_erase(site: Site, window: Open) -> None:
    page = window("anna", at(taken(site)))

    expect(page.locator("#erase")).to_have_count(0)


def test_what_a_person_writes_stays_text(site: Site, window: Open) -> None:
    case = taken(site)
    page = window("anna", at(case))
    site.writes(site.address_of(case), "<img src=x onerror=alert(1)> <b>bold</b>")

    expect(page.locator(".line.person").last).to_contain_text("<b>bold</b>", timeout=SECONDS)
    assert page.locator("#lines img, #lines .text b").count() == 0
