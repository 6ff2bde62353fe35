"""The real processes, started for a test on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from bot.processes import QUIET
from bot.settings import ROOT
from tests.conftest import SECRET

READY_SECONDS = 90.0


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Processes:
    """Edge, sender and worker on a database under `folder`. Their output is in `folder/log`."""

    def __init__(self, folder: Path, model: Path, **environment: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        self._model = model
        self._env = {**os.environ, **QUIET, "ALO_SECRET_KEY": SECRET, "ALO_VAR": str(folder)}
        self._env |= {"ALO_PORT": str(self.port), **environment}
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        """Starts `edge`, `sender` or `worker`."""
        arguments = [str(self._model)] if name == "worker" else []
        command = [sys.executable, "-m", f"bot.{name}", *arguments]
        env = {"ALO_WORKER": f"the {name} of a test", **self._env}
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        """Ends a process as a power cut would."""
        self.running[name].kill()
        self.running.pop(name).wait()

    def wait_for_edge(self) -> None:
        """Returns when the pages are there."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=5)
                return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def wait_for_worker(self) -> None:
        """Returns when messages are answered."""
        deadline = time.monotonic() + READY_SECONDS
        while "messages are answered" not in self.log.read_text():
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def end(self) -> None:
        """Stops everything."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(20)
