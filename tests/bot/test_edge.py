"""What is open to the network: it takes in little, and guards everything it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.edge import MAX_BODY
from bot.settings import Settings
from bot.store import Store
from bot.tables import metadata
from tests.conftest import make_settings
from tests.web import BODY, MESSAGES, client

POLICY = "content-security-policy"
PAGES = ["/phone", MESSAGES]
REQUESTS = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/", 307),
    ("GET", "/phone", 200),
    ("GET", "/static/phone.css", 200),
    ("GET", "/no/such/page", 404),
    ("GET", "/static/no-such-file", 404),
    ("DELETE", "/phone", 405),
    ("POST", MESSAGES, 400),
]


@pytest.fixture
def store(config: Settings) -> Iterator[Store]:
    """A store on SQLite: what is tested here does not depend on the database."""
    made = Store(config)
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def web(store: Store, tmp_path: Path) -> TestClient:
    """A client of the application as it is on a machine without settings."""
    return client(store, tmp_path)


def gone(folder: Path, url: str) -> TestClient:
    """A client of an application whose database is gone."""
    return client(Store(make_settings(folder, ALO_DATABASE_URL=url)), folder)


def chunks(size: int) -> Iterator[bytes]:
    """A body whose length no header tells."""
    while size > 0:
        yield b"x" * min(size, 1000)
        size -= 1000


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_healthy_process_says_so(web: TestClient, path: str) -> None:
    answer = web.get(path)

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize("url", ["sqlite:////tmp", "postgresql://nobody@127.0.0.1:1/none"])
def test_without_its_database_the_process_is_not_ready(tmp_path: Path, url: str) -> None:
    assert gone(tmp_path, url).get("/readyz").status_code == 503


@pytest.mark.parametrize("url", ["sqlite:////tmp", "postgresql://nobody@127.0.0.1:1/none"])
def test_without_its_database_the_process_is_alive(tmp_path: Path, url: str) -> None:
    assert gone(tmp_path, url).get("/healthz").status_code == 200


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY, 400), (MAX_BODY + 1, 413)])
@pytest.mark.parametrize("told", [True, False], ids=["length told", "length not told"])
def test_a_body_that_is_too_large_is_refused(
    web: TestClient, told: bool, size: int, status: int
) -> None:
    body = b"x" * size if told else chunks(size)

    assert web.post(MESSAGES, content=body).status_code == status


def test_a_body_that_claims_to_be_small_is_refused_too(web: TestClient) -> None:
    answer = web.post(MESSAGES, content=chunks(MAX_BODY + 1), headers={"content-length": "10"})

    assert answer.status_code == 413


def test_a_body_in_pieces_is_read_whole(web: TestClient) -> None:
    pieces = [b'{"phone": "a1b2c3d4e5f6a7b8",', b' "id": "message-1",', b' "text": "x"}']

    assert web.post(MESSAGES, content=iter(pieces)).status_code == 202


@pytest.mark.parametrize(("method", "path", "status"), REQUESTS)
def test_every_response_has_the_safety_headers(
    web: TestClient, method: str, path: str, status: int
) -> None:
    answer = web.request(method, path)

    assert (answer.status_code, "default-src 'none'" in answer.headers.get(POLICY, "")) == (
        status,
        True,
    )


def test_a_body_that_is_refused_has_the_safety_headers(web: TestClient) -> None:
    assert POLICY in web.post(MESSAGES, content=b"x" * (MAX_BODY + 1)).headers


def test_a_mistake_of_ours_has_the_safety_headers(store: Store, web: TestClient) -> None:
    metadata.drop_all(store.engine)
    answer = web.post(MESSAGES, json=BODY)

    assert (answer.status_code, POLICY in answer.headers) == (500, True)


def test_a_mistake_of_ours_shows_nothing_of_the_inside(store: Store, web: TestClient) -> None:
    metadata.drop_all(store.engine)

    assert len(web.post(MESSAGES, json=BODY).text) < 100


@pytest.mark.parametrize("directive", ["default-src", "script-src", "style-src", "connect-src"])
def test_the_policy_allows_nothing_from_outside(web: TestClient, directive: str) -> None:
    rules = dict(rule.split(maxsplit=1) for rule in web.get("/phone").headers[POLICY].split("; "))

    assert rules[directive] in {"'none'", "'self'"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("referrer-policy", "no-referrer"), ("x-content-type-options", "nosniff")],
)
def test_a_page_tells_the_browser_to_be_careful(web: TestClient, name: str, value: str) -> None:
    assert web.get("/phone").headers[name] == value


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_page_that_is_switched_off_is_not_there(
    store: Store, tmp_path: Path, path: str
) -> None:
    assert client(store, tmp_path, ALO_PHONE_PAGE="off").get(path).status_code == 404


def test_without_the_phone_page_the_first_page_is_that_of_staff(
    store: Store, tmp_path: Path
) -> None:
    answer = client(store, tmp_path, ALO_PHONE_PAGE="off").get("/")

    assert answer.headers["location"] == "/desk"


def test_files_of_pages_are_there_without_the_phone_page(store: Store, tmp_path: Path) -> None:
    web = client(store, tmp_path, ALO_PHONE_PAGE="off")

    assert web.get("/static/staff.css").status_code == 200


def test_a_phone_page_that_is_switched_off_takes_nothing_in(store: Store, tmp_path: Path) -> None:
    web = client(store, tmp_path, ALO_PHONE_PAGE="off")

    assert web.post(MESSAGES, json=BODY).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_machine_that_is_open_to_others_has_no_phone_page_unless_asked(
    store: Store, tmp_path: Path, path: str
) -> None:
    assert client(store, tmp_path, ALO_HOST="0.0.0.0").get(path).status_code == 404


def test_without_the_phone_page_the_process_says_that_it_is_alive(
    store: Store, tmp_path: Path
) -> None:
    assert client(store, tmp_path, ALO_PHONE_PAGE="off").get("/healthz").status_code == 200
