"""A client of the edge, for the tests of what is open to the network."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient

from bot import edge
from bot.store import Store
from tests.conftest import make_settings

PHONE = "a1b2c3d4e5f6a7b8"
BODY = {"phone": PHONE, "id": "message-1", "region": "HT", "text": "paspò"}
MESSAGES = "/phone/messages"


def client(store: Store, folder: Path, **environment: str) -> TestClient:
    """A client of the application with these settings; a mistake of ours is an answer 500."""
    app = edge.application(make_settings(folder, **environment), store)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)
