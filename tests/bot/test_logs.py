"""Whatever a library wants to say: no line of a process of ours holds what a person wrote."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.settings import ROOT

SAID = "Zulmarina nan Petyonvil, +509 3700 1122"
SETUP = f"""
import asyncio, logging, structlog, warnings
from bot import logs
logs.configure("a test")
said = {SAID!r}
def fail():
    raise ValueError(said)
async def unwatched():
    asyncio.create_task(asyncio.to_thread(fail))
    await asyncio.sleep(0.1)
def logged(name, level):
    try:
        fail()
    except ValueError as error:
        logging.getLogger(name).log(level, "failed", exc_info=True)
"""

# A reply of an operator that the database does not take: its error text would hold the row.
REFUSED = """
import sqlalchemy as sa
from bot.tables import metadata, outbox
engine = sa.create_engine("sqlite://", future=True)
metadata.create_all(engine)
try:
    with engine.begin() as connection:
        connection.execute(sa.insert(outbox).values(conversation=said, channel=None, author=1))
except sa.exc.IntegrityError:
    logging.getLogger("bot.desk.handover").exception("a reply could not be kept")
"""
SPEAK = {
    "an argument of Rasa": 'logging.getLogger("rasa.core.processor").error("got %s", said)',
    "a message of Rasa": 'logging.getLogger("rasa.core").warning(f"got {said}")',
    "a message of Rasa at debug": 'logging.getLogger("rasa.core").debug("got %s", said)',
    "an argument of the SDK": 'logging.getLogger("rasa_sdk.executor").error("got %s", said)',
    "an address in a provider's library": 'logging.getLogger("httpx").warning("POST %s", said)',
    "an exception of Rasa": 'logged("rasa.core.processor", logging.ERROR)',
    "an exception of ours": 'logged("bot.worker", logging.ERROR)',
    "an exception of the web server": 'logged("uvicorn.error", logging.ERROR)',
    "a structured field": 'structlog.get_logger().error("parsed", text=said)',
    "a structured field at debug": 'structlog.get_logger().debug("parsed", text=said)',
    "a structured exception": 'structlog.get_logger().error("failed", exc_info=ValueError(said))',
    "a warning": "warnings.warn(said)",
    "a mistake in masking": "from bot import masks; masks.mask(said + '12345678-9'); fail()",
    "a database that refuses what an operator wrote": REFUSED,
    "a mistake that ends the process": "fail()",
    "a mistake in a task that nobody waits for": "asyncio.run(unwatched())",
}


def output(code: str) -> str:
    """All that a process says that sets up our logging and then runs the code."""
    env = {**os.environ, "LOG_LEVEL": "DEBUG", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", SETUP + code]
    ended = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    return ended.stdout + ended.stderr


@pytest.mark.parametrize("code", SPEAK.values(), ids=SPEAK)
def test_what_a_person_wrote_is_never_said(code: str) -> None:
    assert SAID not in output(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (SPEAK["an argument of Rasa"], "a test ERROR ERROR in <module>"),
        (SPEAK["an exception of ours"], "a test ERROR failed\nValueError at <string>"),
        (SPEAK["a structured field"], "rasa error parsed"),
        ('logging.getLogger("bot.worker").info("ready")', "a test INFO ready"),
    ],
)
def test_that_something_happened_is_said(code: str, words: str) -> None:
    assert words in output(code)


@pytest.mark.parametrize(
    "code",
    [
        SPEAK["a message of Rasa at debug"],
        SPEAK["a structured field at debug"],
        "warnings.warn(1)",
    ],
)
def test_what_helps_nobody_is_not_said(code: str) -> None:
    assert output(code) == ""
