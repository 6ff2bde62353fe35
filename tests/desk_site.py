"""The desk as operators use it: real processes, a stand-in for Twilio, browsers and people."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from bot import inbox
from bot.desk import handover
from bot.desk.handover import Case
from bot.knowledge import Knowledge
from bot.staff import accounts, sessions
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import conversations, handovers
from bot.tables import inbox as inbox_rows
from bot.tables import outbox as outbox_rows
from tests import samples, staff
from tests.conftest import make_settings
from tests.programs import until
from tests.running import Processes, free_port
from tests.standins import twilio
from tests.standins.server import serving

OURS = "+15005550006"
WIDE, PHONE, SMALL = (1280, 860), (390, 844), (320, 640)
_numbers = itertools.count(1)


class Site:
    """A running program whose SMS and WhatsApp go to a stand-in."""

    def __init__(self, folder: Path, model: Path, content: Knowledge, provider: str) -> None:
        self.content = content
        self.store = Store(make_settings(folder))
        self.store.upgrade()
        port = free_port()
        environment = {
            "ALO_PORT": str(port),
            "ALO_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "ALO_SECOND_FACTOR": "optional",
            "TWILIO_ACCOUNT_SID": twilio.ACCOUNT,
            "TWILIO_AUTH_TOKEN": twilio.TOKEN,
            "TWILIO_SMS_FROM": OURS,
            "TWILIO_WHATSAPP_FROM": OURS,
            "TWILIO_API_URL": provider,
            "ALO_RATE_SMS": "100",
            "ALO_RATE_PERSON": "100",
        }
        self.processes = Processes(folder, model, **environment)
        self.processes.port, self.address = port, environment["ALO_PUBLIC_URL"]
        self.processes.address = self.address

    def user(self, name: str, role: accounts.Role = "operator", language: str = "en") -> User:
        """Somebody who works here."""
        return staff.user(self.store, role, name, language=language)

    def waits(self, channel: str = "sms", **more: Any) -> Case:
        """A new person who wrote something and waits for an operator."""
        number = next(_numbers)
        address = f"+5093700{number:04d}"
        address = f"whatsapp:{address}" if channel == "whatsapp" else address
        self.writes(address, "I need help", channel)
        about: dict[str, Any] = {
            "why": "asked",
            "urgent": False,
            "language": "en",
            "country": "HT",
        }
        about |= {"topic": "documents.passport", "desk": self.content.desk, **more}
        conversation = self.store.keys.pseudonym(channel, address)
        with self.store.write() as connection:
            return handover.begin(connection, conversation, channel=channel, **about)

    def writes(self, address: str, text: str, channel: str = "sms") -> None:
        """A person writes; nobody answers by itself, since no worker need run."""
        number = f"m{next(_numbers)}"
        inbox.receive(self.store, samples.incoming(number, address, channel=channel, text=text))
        conversation = self.store.keys.pseudonym(channel, address)
        done = sa.update(inbox_rows).where(inbox_rows.c.conversation == conversation)
        here = (handovers.c.conversation == conversation, handovers.c.state != "ended")
        with self.store.write() as connection:
            connection.execute(done.values(state="done"))
            wrote = sa.update(handovers).where(*here).values(person_at=time.time())
            connection.execute(wrote)

    def address_of(self, case: Case) -> str:
        """Where the stand-in delivers to."""
        with self.store.read() as connection:
            query = sa.select(conversations.c.address)
            sealed = connection.execute(query.where(conversations.c.id == case.conversation))
            return str(self.store.keys.unseal(bytes(sealed.scalar_one())))

    def now(self, case: Case) -> Case:
        """The case at this moment."""
        with self.store.read() as connection:
            found = handover.get(connection, case.id)
        assert found is not None
        return found

    def replies(self, case: Case) -> list[str]:
        """The states of what operators wrote to a person."""
        written = sa.and_(
            outbox_rows.c.conversation == case.conversation, outbox_rows.c.author.is_not(None)
        )
        return samples.column(self.store, outbox_rows.c.state, written)


@contextmanager
def running(
    folder: Path, model: Path, content: Knowledge, *names: str
) -> Iterator[tuple[Site, twilio.Twilio]]:
    """The program and its stand-in; `names` are the processes besides the edge."""
    provider = twilio.Twilio(receipts=True)
    with serving(provider.app()) as address:
        site = Site(folder, model, content, address)
        for name in ("edge", *names):
            site.processes.start(name)
        try:
            site.processes.wait_for_edge()
            yield site, provider
        finally:
            site.processes.end()
            site.store.close()


def signed_in(
    browser: Browser, site: Site, user: User, size: tuple[int, int] = WIDE, **more: Any
) -> Page:
    """A browser window of its own in which somebody is signed in; keeps what goes wrong."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **more)
    token = sessions.begin(site.store, user, complete=True)
    context.add_cookies([{"name": "alo", "value": token, "url": site.address}])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.errors = []  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    return page


def live(page: Page, address: str = "") -> None:
    """Opens an address, and returns when the page hears of whatever happens."""
    if address:
        page.goto(address)
    page.wait_for_selector("body[data-live]")


def got(provider: twilio.Twilio, address: str) -> list[str]:
    """What a person has read."""
    return [message["body"] for message in provider.messages if message["to"] == address]


def wait_until_got(provider: twilio.Twilio, address: str, text: str) -> None:
    """Returns when a person has read something."""
    until(lambda: text in "\n".join(got(provider, address)), f"{text} arrived", 60)


def at(case: Case) -> str:
    """The address of a conversation."""
    return f"/desk/cases/{case.id}"


def taken(site: Site, name: str = "anna", **more: Any) -> Case:
    """A conversation that somebody has."""
    case = site.waits(**more)
    assert handover.claim(site.store, case.id, site.user(name))
    return case


def send(page: Page, text: str) -> None:
    """Writes a reply and sends it with the keyboard."""
    page.locator("#text").fill(text)
    page.locator("#text").press("Control+Enter")
