"""A process stops cleanly when it is told to, and when the one that began it is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from bot import processes
from bot.settings import ROOT

HANGS = 60.0  # seconds after which a process that did not stop is killed, and the test fails

WAITS = """
import asyncio
from bot.processes import Stop

async def main():
    stop = Stop()
    print("begun", bool(stop), flush=True)
    await stop.pause(3600)
    print("told", bool(stop), flush=True)

asyncio.run(main())
"""
PAUSES = """
import asyncio
from bot.processes import Stop

async def main():
    stop = Stop()
    await stop.pause(0.001)
    print("told" if stop else "not told")

asyncio.run(main())
"""
# Looks after its parent often, and says what it knows when that has been gone for a while.
# What begins early looks for the first time when its parent is gone already, as a process that
# loads a model does.
ORPHAN = """
import asyncio, os, sys
from bot import processes

PARENT, EARLY, SECONDS = os.getppid(), sys.argv[1] == "early", float(sys.argv[2])

async def main():
    processes.CHECK_SECONDS = 0.001
    stop = processes.Stop()
    if not EARLY:
        await asyncio.sleep(0.01)
    os.close(2)
    while os.getppid() == PARENT:
        if not EARLY:
            await asyncio.sleep(0.001)
    await stop.pause(SECONDS)
    print("told" if stop else "not told")

asyncio.run(main())
"""
# Begins an orphan, and is gone as soon as that has begun (which closes its standard error).
PARENT = """
import os, subprocess, sys
from bot.processes import SUPERVISED

if SUPERVISED in os.environ:
    os.environ[SUPERVISED] = str(os.getpid())
command = [sys.executable, "-W", "ignore", "-c", *sys.argv[1:]]
subprocess.Popen(command, stderr=subprocess.PIPE).stderr.read()
"""


def environment(supervised: bool) -> dict[str, str]:
    """The environment of a process that `alo run` started, or not."""
    others = {k: v for k, v in os.environ.items() if k != processes.SUPERVISED}
    return {**others, processes.SUPERVISED: str(os.getpid())} if supervised else others


def said(program: str, *arguments: str, supervised: bool = False) -> str:
    """What a program prints until it, and whatever it began, has ended."""
    command = [sys.executable, "-c", program, *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment(supervised), capture_output=True, timeout=HANGS
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.decode().strip()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("supervised", [False, True])
def test_told_to_stop_it_ends_by_itself(number: signal.Signals, supervised: bool) -> None:
    command = [sys.executable, "-c", WAITS]
    running = subprocess.Popen(
        command, cwd=ROOT, env=environment(supervised), stdout=subprocess.PIPE, text=True
    )
    first = running.stdout.readline()
    running.send_signal(number)
    rest, _ = running.communicate(timeout=HANGS)

    assert (first, rest, running.returncode) == ("begun False\n", "told True\n", 0)


@pytest.mark.parametrize("supervised", [False, True])
def test_not_told_to_stop_it_goes_on_after_a_pause(supervised: bool) -> None:
    assert said(PAUSES, supervised=supervised) == "not told"


def test_it_stops_when_the_process_that_began_it_is_gone() -> None:
    assert said(PARENT, ORPHAN, "later", "30", supervised=True) == "told"


def test_it_stops_when_that_was_gone_before_it_looked() -> None:
    assert said(PARENT, ORPHAN, "early", "5", supervised=True) == "told"


@pytest.mark.parametrize("when", ["early", "later"])
def test_a_process_that_is_not_supervised_outlives_the_one_that_began_it(when: str) -> None:
    assert said(PARENT, ORPHAN, when, "0.5") == "not told"


def test_processes_that_load_rasa_report_to_nobody() -> None:
    assert processes.QUIET["RASA_TELEMETRY_ENABLED"] == "false"
