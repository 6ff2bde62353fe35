"""`alo run` as people start and stop it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from tests.programs import ALO, Site, alo, environment, until
from tests.running import free_port

PHONE = "a1b2c3d4e5f6a7b8"
STOP_SECONDS = 15


@dataclass
class Run:
    """An `alo run`, from the first line to the end."""

    folder: Path
    port: int = field(default_factory=free_port)
    replies: list[dict[str, Any]] = field(default_factory=list)
    children: list[int] = field(default_factory=list)
    code: int | None = None

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return (self.folder / "said").read_text("utf-8")

    def start(self) -> subprocess.Popen[bytes]:
        """Starts it."""
        env = environment(self.folder, ALO_PORT=str(self.port))
        with (self.folder / "said").open("wb") as said:
            return subprocess.Popen([ALO, "run"], cwd=ROOT, env=env, stdout=said, stderr=said)

    def talk(self) -> None:
        """Waits until it is there, and for the reply to one message."""
        site = Site(self.port)
        until(site.ready, "the program answered")
        until(lambda: "Stop with Ctrl-C" in self.said, "the addresses were printed")
        site.post({"phone": PHONE, "id": "message-1", "region": "HT", "text": "bonjou"})
        self.replies = until(lambda: site.replies(PHONE), "the message was answered")


def family(pid: int) -> list[int]:
    """The living children of a process."""
    shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True)
    rows = (line.split() for line in shown.stdout.splitlines())
    return [int(child) for child, parent, state in rows if int(parent) == pid and state[0] != "Z"]


def alive(pids: list[int]) -> list[int]:
    """Those of the processes that still run."""
    shown = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True)
    rows = (line.split() for line in shown.stdout.splitlines())
    running = {int(pid) for pid, state in rows if state[0] != "Z"}
    return [pid for pid in pids if pid in running]


def end(pids: list[int]) -> None:
    """Leaves nothing behind, whatever a test has shown."""
    for pid in alive(pids):
        os.kill(pid, signal.SIGKILL)


def finish(run: Run, process: subprocess.Popen[bytes], number: int) -> None:
    """Sends a signal and waits; what does not end in time is killed and has no exit code."""
    run.children = family(process.pid)
    process.send_signal(number)
    try:
        run.code = process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def stopped(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A program that answered a message and was stopped with Ctrl-C."""
    run = Run(tmp_path_factory.mktemp("run"))
    process = run.start()
    try:
        run.talk()
    finally:
        finish(run, process, signal.SIGINT)
    yield run
    end(run.children)


@pytest.fixture
def killed(model: Path, tmp_path: Path) -> Iterator[Run]:
    """A program that was killed while its processes ran and its worker was still loading."""
    run = Run(tmp_path)
    process = run.start()
    until(lambda: "Stop with Ctrl-C" in run.said, "the addresses were printed")
    finish(run, process, signal.SIGKILL)
    yield run
    end(run.children)


@pytest.mark.model
def test_run_prints_the_address_of_the_phone_page(stopped: Run) -> None:
    assert f"http://127.0.0.1:{stopped.port}/phone" in stopped.said


@pytest.mark.model
def test_run_says_how_the_first_account_is_made(stopped: Run) -> None:
    assert "alo user add NAME --role admin" in stopped.said


@pytest.mark.model
def test_run_answers_a_message(stopped: Run) -> None:
    assert [reply["understood"]["language"] for reply in stopped.replies] == ["ht"]


@pytest.mark.model
def test_run_ends_with_ctrl_c_in_time_and_in_peace(stopped: Run) -> None:
    assert stopped.code == 0


@pytest.mark.model
def test_run_leaves_no_process_behind(stopped: Run) -> None:
    assert (len(stopped.children), alive(stopped.children)) == (3, [])


@pytest.mark.model
def test_run_prints_no_traceback(stopped: Run) -> None:
    assert "Traceback" not in stopped.said


@pytest.mark.model
def test_run_that_is_killed_takes_its_processes_along(killed: Run) -> None:
    assert len(killed.children) == 3
    until(lambda: not alive(killed.children), "the processes ended", 60)


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = alo(tmp_path, "run", ALO_PORT=str(port))
    line = f"alo: port {port} of 127.0.0.1 is in use; set ALO_PORT to another\n"

    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", line)
