"""One running desk for all tests of this folder, and windows of operators on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from bot.knowledge import Knowledge
from tests import desk_site
from tests.browser import CHROMIUM, chromium
from tests.conftest import need
from tests.desk_site import Site
from tests.standins.twilio import Twilio

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def running(
    tmp_path_factory: pytest.TempPathFactory, content: Knowledge
) -> Iterator[tuple[Site, Twilio]]:
    """Edge and sender; no worker, so that only operators answer."""
    need(CHROMIUM is not None, "no chromium; on Debian: apt install chromium")
    folder = tmp_path_factory.mktemp("desk")
    with desk_site.running(folder, Path("none"), content, "sender") as both:
        yield both


@pytest.fixture(scope="package")
def site(running: tuple[Site, Twilio]) -> Site:
    """The program."""
    return running[0]


@pytest.fixture(scope="package")
def provider(running: tuple[Site, Twilio]) -> Twilio:
    """Twilio."""
    return running[1]


@pytest.fixture(scope="package")
def browser(site: Site) -> Iterator[Browser]:
    """One browser for all."""
    with chromium() as opened:
        yield opened


@pytest.fixture
def window(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens windows of operators; fails if one erred or loaded something from elsewhere."""
    pages: list[Page] = []
    hosts: set[str | None] = set()

    def opened(name: str = "anna", path: str = "/desk", **more: object) -> Page:
        user = site.user(name, role="admin" if name == "ada" else "operator")
        page = desk_site.signed_in(browser, site, user, **more)  # type: ignore[arg-type]
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        desk_site.live(page, site.address + path)
        pages.append(page)
        return page

    yield opened
    errors = [error for page in pages for error in page.errors]  # type: ignore[attr-defined]
    for page in pages:
        page.context.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []
