"""`alo run`: starts everything on this machine, trains, and starts again what dies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console

from bot import inbox, knowledge, outbox, processes, training
from bot.errors import SettingsError
from bot.settings import ROOT, Settings
from bot.staff import accounts
from bot.store import Store

LOOK_SECONDS = 0.2
STOP_SECONDS = 10.0
FIRST_ACCOUNT = "The first account: .venv/bin/alo user add NAME --role admin"
RESTART_SECONDS = 1.0  # between the death of a process and its new start


@dataclass
class _Child:
    """One process of ours."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    start_at: float = 0.0

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches only us."""
        env = {**os.environ, processes.SUPERVISED: str(os.getpid()), "ALO_WORKER": self.name}
        env |= processes.QUIET
        self.process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *self.command], cwd=ROOT, env=env, start_new_session=True
        )


class Supervisor:
    """Keeps the processes running until told to stop."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self._settings = settings
        self._console = console
        self._children: list[_Child] = []
        self._stop = False

    def run(self) -> None:
        """Runs until Ctrl-C or SIGTERM. Raises AloError before anything has started."""
        knowledge.load(self._settings.knowledge)
        _check_port(self._settings)
        self._store = Store(self._settings)
        self._store.upgrade()
        signal.signal(signal.SIGTERM, self._on_signal)
        try:
            self._start("edge", ["bot.edge"])
            self._start(f"{socket.gethostname()}-{os.getpid()}-sender", ["bot.sender"])
            model = self._train()
            for number in range(1, self._settings.workers + 1):
                name = f"{socket.gethostname()}-{os.getpid()}-{number}"
                self._start(name, ["bot.worker", str(model)])
            self._say_addresses()
            self._watch()
        except KeyboardInterrupt:
            self._console.print("\nStopping ...")
        finally:
            self._end()

    def _train(self) -> Path:
        if not training.model(self._settings).is_file():
            self._console.print("Training on the content (once; again only when it changes):")
        return training.train(self._settings)

    def _say_addresses(self) -> None:
        address = self._settings.address
        if self._settings.phone_page:
            self._console.print(f"\n  Phone page   {address}/phone")
        self._console.print(f"  Desk         {address}/desk")
        self._console.print(f"  Statistics   {address}/stats")
        self._console.print(f"  Health       {address}/healthz")
        if not accounts.all(self._store):
            self._console.print(f"\nNobody can sign in at the desk yet. {FIRST_ACCOUNT}")
        self._console.print("\nThe model is being loaded; the first answer takes some seconds.")
        self._console.print("Stop with Ctrl-C.\n")

    def _start(self, name: str, command: list[str]) -> None:
        child = _Child(name, command)
        child.start()
        self._children.append(child)

    def _watch(self) -> None:
        while not self._stop:
            for child in self._children:
                self._revive(child)
            time.sleep(LOOK_SECONDS)

    def _revive(self, child: _Child) -> None:
        """Starts a dead process again, after a moment; what a dead worker had is free at once."""
        if child.process is not None and child.process.poll() is not None:
            self._console.print(f"{child.command[0]} ended; starting it again")
            inbox.release_worker(self._store, child.name)
            outbox.release_sender(self._store, child.name)
            child.process, child.start_at = None, time.monotonic() + RESTART_SECONDS
        if child.process is None and time.monotonic() >= child.start_at:
            child.start()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._stop = True

    def _end(self) -> None:
        """Asks all processes to finish what they do; after a while, no longer asks."""
        running = [c.process for c in self._children if c.process and c.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        self._store.close()
        self._console.print("Stopped.")


def _check_port(settings: Settings) -> None:
    """Raises SettingsError if another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except socket.gaierror:
            text = f"ALO_HOST: this machine has no address {settings.host}"
            raise SettingsError(text) from None
        except OSError:
            text = f"port {settings.port} of {settings.host} is in use; set ALO_PORT to another"
            raise SettingsError(text) from None
