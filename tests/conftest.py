"""What all tests share: their settings, stores on both databases, the real content and model."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot import delivery, knowledge, logs, training
from bot import settings as settings_module
from bot.knowledge import Knowledge
from bot.model import Place
from bot.settings import ROOT, Settings
from bot.staff import passwords
from bot.store import Store

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
POSTGRES = os.environ.get("ALO_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
SECRET = "only for tests, and long enough to be a key"
MUST_NOT_SKIP = bool(os.environ.get("CI"))


def need(condition: bool, reason: str) -> None:
    """Skips the test where something is missing; in CI nothing may be missing."""
    if condition:
        return
    if MUST_NOT_SKIP:
        pytest.fail(f"in CI this may not be missing: {reason}")
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that leaves this machine fails."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> None:
    """Passwords of tests are made with little work; test_passwords.py takes the real one."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that break off in a test have arrived, or never will."""
    monkeypatch.setattr(delivery, "SETTLE_SECONDS", 0.0)


def make_settings(folder: Path, **environment: str) -> Settings:
    """Settings for a test, with everything it writes under `folder`."""
    return settings_module.load({"ALO_SECRET_KEY": SECRET, "ALO_VAR": str(folder), **environment})


@pytest.fixture
def config(tmp_path: Path) -> Settings:
    """Settings of a machine without any."""
    return make_settings(tmp_path)


def _postgres_answers() -> bool:
    try:
        with sa.create_engine(POSTGRES).connect():
            return True
    except sa.exc.OperationalError:
        return False


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def _of_postgres(database: str) -> str:
    return POSTGRES.rsplit("/", 1)[0] + f"/{database}"


@contextmanager
def _on_postgres(template: str = "template1") -> Iterator[str]:
    """A database of its own: its name. It is gone afterwards."""
    need(_postgres_answers(), f"no PostgreSQL at {POSTGRES}; set ALO_TEST_POSTGRES")
    name = f"alo_{uuid.uuid4().hex[:12]}"
    admin = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT", future=True)
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield name
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def _with_tables(folder: Path, url: str = "") -> None:
    """Makes the tables, as the program does when it starts."""
    made = Store(make_settings(folder, ALO_DATABASE_URL=url))
    made.upgrade()
    made.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the present tables: copying it is faster than making them for each test."""
    folder = tmp_path_factory.mktemp("template")
    _with_tables(folder)
    return folder / "alo.db"


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same on PostgreSQL."""
    with _on_postgres() as name:
        _with_tables(tmp_path_factory.mktemp("template"), _of_postgres(name))
        yield name


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with empty tables: a SQLite file, and one of its own on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    with _on_postgres(request.getfixturevalue("postgres_template")) as name:
        yield _of_postgres(name)


@pytest.fixture(params=BOTH)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    with _on_postgres() as name:
        yield _of_postgres(name)


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    """A store with the present tables, on each database in turn."""
    made = Store(make_settings(tmp_path, ALO_DATABASE_URL=database_url))
    yield made
    made.close()


@pytest.fixture(scope="session")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A database with a simulated quarter, to be read."""
    from tests import quarters

    made = Store(make_settings(tmp_path_factory.mktemp("quarter")))
    made.upgrade()
    quarters.load(made)
    yield made
    made.close()


@pytest.fixture(scope="session")
def content() -> Knowledge:
    """The real content."""
    return knowledge.load(ROOT / "knowledge")


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of the present content; trained now if there is none."""
    return training.train(settings_module.load({"ALO_SECRET_KEY": SECRET}))


@pytest.fixture(scope="session")
def engine(model: Path) -> Any:
    """The engine with that model. Loading it takes some seconds: once for all tests."""
    logs.configure("test")
    from bot.engine import Engine

    return Engine(model)


class Talk:
    """A conversation with the engine."""

    def __init__(self, engine: Any, region: str = "", channel: str = "web") -> None:
        self.engine, self.region, self.channel = engine, region, channel
        self.slots: dict[str, Any] | None = None

    def say(
        self, text: str = "", choice: str = "", language: str = "", place: Place | None = None
    ) -> Any:
        """The Reply to a message, to a tapped choice or to a place."""
        from bot.engine import Heard

        heard = Heard(text, choice, self.region, self.channel, language, place)
        answer = self.engine.respond("a test", heard, self.slots)
        reply, self.slots = asyncio.run(answer)
        return reply


@pytest.fixture
def talk(engine: Any) -> Talk:
    """A conversation that has just begun, from nowhere in particular."""
    return Talk(engine)
