"""The program as its users run it, and how to talk to it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from bot.settings import ROOT
from bot.store import Store
from bot.tables import inbox, outbox
from tests import samples
from tests.conftest import SECRET, make_settings
from tests.running import Processes

ALO = Path(sys.executable).with_name("alo")
OURS = ("ALO_", "TWILIO_", "TELEGRAM_", "CHATWOOT_")
LOOK_SECONDS = 0.005


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a program that writes only below the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    path = {"PYTHONPATH": str(ROOT), "ALO_SECRET_KEY": SECRET, "ALO_VAR": str(folder)}
    return {**kept, **path, **more}


def alo(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """What an `alo` command says, and its exit code."""
    env = environment(folder, **more)
    return subprocess.run([ALO, *words], cwd=ROOT, env=env, capture_output=True, text=True)


def until(condition: Callable[[], Any], what: str, seconds: float = 180.0) -> Any:
    """Waits for a condition; fails, saying what did not happen, when it never comes true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"it never happened: {what}"
        time.sleep(LOOK_SECONDS)
    return found


class Site:
    """The address of a running program."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False)

    def ready(self) -> bool:
        """Whether it answers."""
        return self._status("GET", "/readyz") == 200

    def post(self, message: dict[str, str]) -> None:
        """Delivers a message, again and again until it is acknowledged, as a provider does."""
        until(
            lambda: self._status("POST", "/phone/messages", json=message) == 202,
            "a message was acknowledged",
        )

    def replies(self, phone: str, after: int = 0) -> list[dict[str, Any]]:
        """The replies that the phone page would show."""
        query = {"phone": phone, "after": after}
        answer = self._client.get("/phone/messages", params=query, timeout=30)
        found: list[dict[str, Any]] = answer.json()["replies"]
        return found

    def _status(self, method: str, path: str, **more: Any) -> int:
        try:
            return self._client.request(method, path, timeout=5, **more).status_code
        except httpx.TransportError:
            return 0


class Machine(Processes):
    """Edge, sender and worker, each of which can be killed at any moment and started again."""

    def __init__(self, folder: Path, model: Path) -> None:
        self.store = Store(make_settings(folder))
        self.store.upgrade()
        url = self.store.engine.url.render_as_string()
        more = {"ALO_DATABASE_URL": url, "ALO_LEASE_SECONDS": "1", "LOG_LEVEL": "DEBUG"}
        super().__init__(folder, model, **more)
        self.site = Site(self.port)

    def restart(self, name: str) -> None:
        """Kills a process and starts it again."""
        self.kill(name)
        self.start(name)

    def done(self) -> int:
        """How many messages are answered."""
        return len(samples.column(self.store, inbox.c.id, inbox.c.state == "done"))

    def sent(self) -> int:
        """How many replies are sent."""
        return len(samples.column(self.store, outbox.c.id, outbox.c.state == "sent"))
