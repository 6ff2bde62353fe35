"""The phone page: what it takes in, what it gives out, and that nothing of it is from outside."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot import inbox, outbox
from bot.knowledge import Knowledge
from bot.model import Choice
from bot.settings import ROOT, Settings
from bot.store import Store
from bot.tables import inbox as inbox_table
from tests import samples
from tests.web import BODY, MESSAGES, PHONE, client

STATIC = ROOT / "bot" / "pages" / "static"
LANGUAGES = ["es", "ht", "en", "fr", "pt"]
ANOTHER = PHONE[::-1]


@pytest.fixture
def web(store: Store, tmp_path: Path) -> TestClient:
    """A client of the application."""
    return client(store, tmp_path)


@pytest.fixture
def reader(config: Settings) -> TestClient:
    """A client that only looks at the page, for which any database will do."""
    return client(Store(config), config.var)


class Addresses(HTMLParser):
    """Every address that a browser would follow or load by itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the addresses of a tag."""
        loaded = {"src", "href", "action", "srcset", "poster", "data", "formaction", "style"}
        self.found += [value or "" for name, value in attrs if name in loaded]


def answered(store: Store, message_id: str = "m1", **more: Any) -> int:
    """A message of the phone is answered and the reply sent; the number of the reply."""
    samples.answer(store, message_id, PHONE, **more)
    parcel = outbox.claim(store)
    outbox.sent(store, parcel)
    return parcel.outbox_id


def replies(web: TestClient, after: int = 0, phone: str = PHONE) -> list[dict[str, Any]]:
    """What the page gets."""
    query = {"phone": phone, "after": after}
    found: list[dict[str, Any]] = web.get(MESSAGES, params=query).json()["replies"]
    return found


def texts(found: list[dict[str, Any]], look: str = "whatsapp") -> list[str]:
    """The texts of replies as one service shows them."""
    return [message["text"] for reply in found for message in reply["views"][look]["messages"]]


def test_a_message_is_taken_in(store: Store, web: TestClient) -> None:
    web.post(MESSAGES, json=BODY)

    assert inbox.claim(store, 60, "worker-1").text == "paspò"


def test_a_message_is_acknowledged(web: TestClient) -> None:
    assert web.post(MESSAGES, json=BODY).status_code == 202


def test_a_message_that_is_repeated_is_acknowledged_again(web: TestClient) -> None:
    assert [web.post(MESSAGES, json=BODY).status_code for _ in range(2)] == [202, 202]


def test_a_message_that_is_repeated_is_stored_once(store: Store, web: TestClient) -> None:
    for _ in range(2):
        web.post(MESSAGES, json=BODY)

    assert len(samples.column(store, inbox_table.c.id)) == 1


@pytest.mark.parametrize("text", ["", "😀", "\ud83d", "\x00", "a\u202eb", "/restart", "x" * 5000])
def test_whatever_a_person_types_is_taken_in(web: TestClient, text: str) -> None:
    body = json.dumps({**BODY, "text": text})

    assert web.post(MESSAGES, content=body).status_code == 202


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="half"),
        pytest.param(b"phone=1&text=2", id="a form"),
        pytest.param(b"\xff\xfe\xfa", id="not UTF-8"),
        pytest.param(b'{"phone": "\xff"}', id="not UTF-8 within"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"phone": NaN}', id="not a number"),
        pytest.param(b"[" * 60_000, id="too deep"),
        pytest.param(b'{"phone": ' + b"1" * 5000 + b"}", id="a huge number"),
        pytest.param(b"{}", id="no field"),
    ],
)
def test_what_is_no_message_is_refused_with_a_reason(web: TestClient, body: bytes) -> None:
    answer = web.post(MESSAGES, content=body)

    assert (answer.status_code, list(answer.json())) == (400, ["error"])


@pytest.mark.parametrize("phone", ["", "short", "../../etc/passwd"])
def test_a_phone_of_the_wrong_form_gets_nothing(web: TestClient, phone: str) -> None:
    assert web.get(MESSAGES, params={"phone": phone}).status_code == 400


@pytest.mark.parametrize("after", ["x", "1.5", "1e3", "9" * 30])
def test_a_number_of_the_wrong_form_gets_nothing(web: TestClient, after: str) -> None:
    answer = web.get(MESSAGES, params={"phone": PHONE, "after": after})

    assert answer.status_code == 400


def test_a_reply_that_is_sent_is_there(store: Store, web: TestClient) -> None:
    answered(store)

    assert texts(replies(web)) == ["reply to m1"]


def test_replies_come_in_order(store: Store, web: TestClient) -> None:
    for number in range(3):
        answered(store, f"m{number}")

    assert texts(replies(web)) == ["reply to m0", "reply to m1", "reply to m2"]


def test_only_what_is_new_comes(store: Store, web: TestClient) -> None:
    known = answered(store, "m1")
    answered(store, "m2")

    assert texts(replies(web, after=known)) == ["reply to m2"]


def test_another_phone_gets_only_its_own(store: Store, web: TestClient) -> None:
    answered(store)
    samples.answer(store, "m2", ANOTHER)
    outbox.sent(store, outbox.claim(store))

    assert texts(replies(web, phone=ANOTHER)) == ["reply to m2"]


def test_the_reply_to_an_erasure_comes(store: Store, web: TestClient) -> None:
    known = answered(store, "m1")
    answered(store, "m2", effect="erase")

    assert texts(replies(web, after=known)) == ["reply to m2"]


@pytest.mark.parametrize(
    ("look", "text"), [("whatsapp", "reply to m1"), ("sms", "reply to m1\n1 Wi"), ("telegram", "")]
)
def test_each_service_shows_a_reply_in_its_own_way(
    store: Store, web: TestClient, look: str, text: str
) -> None:
    answered(store, choices=(Choice("Wi", "documents.passport"),))

    assert texts(replies(web), look) == [text or "reply to m1"]


def test_a_choice_is_there_to_be_tapped(store: Store, web: TestClient) -> None:
    answered(store, choices=(Choice("Wi", "documents.passport"),))
    message = replies(web)[0]["views"]["whatsapp"]["messages"][0]

    assert message["buttons"] == [{"label": "Wi", "payload": "documents.passport"}]


def test_the_cost_of_an_sms_is_told(store: Store, web: TestClient) -> None:
    answered(store)
    message = replies(web)[0]["views"]["sms"]["messages"][0]

    assert (message["encoding"], message["segments"], message["characters"]) == ("GSM-7", 1, 11)


def test_what_was_understood_is_told(store: Store, web: TestClient) -> None:
    answered(store, topic="documents.passport", language="ht", country="HT")
    understood = replies(web)[0]["understood"]

    assert [understood[key] for key in ("topic", "language", "country", "outcome")] == [
        "documents.passport",
        "ht",
        "HT",
        "answered",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_in_the_language_asked_for(
    reader: TestClient, content: Knowledge, language: str
) -> None:
    page = reader.get("/phone", params={"lang": language}).text
    title = content.languages[language].pages["title"]

    assert (f'<html lang="{language}">' in page, title in page) == (True, True)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fr-CA,fr;q=0.9", "fr"), ("de, ht;q=0.5", "ht"), ("de", "es"), ("", "es")],
)
def test_the_page_is_else_in_the_language_of_the_browser(
    reader: TestClient, accepted: str, language: str
) -> None:
    page = reader.get("/phone", headers={"accept-language": accepted}).text

    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_nothing_from_outside(reader: TestClient, language: str) -> None:
    found = Addresses(reader.get("/phone", params={"lang": language}).text).found

    assert [x for x in found if not x.startswith(("/", "#")) or x.startswith("//")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_the_page_loads_is_there(reader: TestClient, language: str) -> None:
    found = Addresses(reader.get("/phone", params={"lang": language}).text).found
    paths = {x for x in found if x.startswith("/")}

    assert {path: reader.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_no_style_loads_anything_from_outside(path: Path) -> None:
    outside = [
        word for word in ("@import", "http:", "https:", "url(//") if word in path.read_text()
    ]

    assert outside == []


def test_what_the_page_shows_of_the_content_cannot_break_out(reader: TestClient) -> None:
    page = reader.get("/phone", params={"lang": '"><script>alert(1)</script>'}).text

    assert "<script>alert" not in page
