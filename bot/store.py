"""The one way to a connection. SQLite by default, PostgreSQL in production."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import URL, Connection, Engine, make_url
from tenacity import Retrying, retry_if_exception, wait_random

from bot.errors import SettingsError
from bot.privacy import Keys
from bot.settings import Settings

PATIENCE = 30  # seconds that a writer of SQLite waits for its turn
# Seconds between two tries: SQLite itself would wait up to 0.1, while others come and go.
ASKS_AGAIN = (0.0005, 0.002)
_UPGRADE_LOCK = 884000  # any number that no other program uses as an advisory lock


class Store:
    """An engine and the keys. `write()` and `read()` are transactions.

    `knowledge` is the folder of the words that go into the outbox; `outside` whether there is
    another help desk.
    """

    def __init__(self, settings: Settings) -> None:
        self.knowledge = settings.knowledge
        self.outside = settings.help_desk
        self.keys = Keys(settings.secret_key, settings.old_secret_keys, settings.pseudonym_key)
        self.engine = _engine(settings.database_url, {"timezone": settings.timezone})
        # SQLite has one writer: the threads of a process wait here in a row, and not in a crowd.
        one = self.engine.dialect.name == "sqlite"
        self._turn: AbstractContextManager[Any] = threading.RLock() if one else nullcontext()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end, or not at all."""
        with self._turn, self.engine.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads: on SQLite it does not wait for writers."""
        with self.engine.connect() as connection:
            yield connection.execution_options(reads=True)

    def upgrade(self) -> None:
        """Brings the tables to the present form. Safe when several processes start together."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        try:
            with self.write() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})"))
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except sa.exc.OperationalError:
            raise SettingsError("the database of ALO_DATABASE_URL does not answer") from None

    def settle(self) -> None:
        """On SQLite: what was erased leaves the log file too, where its pages still stand."""
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)", ())

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


@contextmanager
def opened(config: Settings) -> Iterator[Store]:
    """A store with the present tables, for a command; closed at the end."""
    store = Store(config)
    try:
        store.upgrade()
        yield store
    finally:
        store.close()


def _engine(url: str, options: dict[str, Any]) -> Engine:
    """An engine; its connections carry the options."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return sa.create_engine(
                parsed, future=True, pool_pre_ping=True, execution_options=options
            )
    except (sa.exc.ArgumentError, ImportError):
        text = "ALO_DATABASE_URL is no address of SQLite or PostgreSQL; see .env.example"
        raise SettingsError(text) from None
    return _sqlite(parsed, options)


def _sqlite(parsed: URL, options: dict[str, Any]) -> Engine:
    try:
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SettingsError("the folder of ALO_VAR or ALO_DATABASE_URL cannot be made") from None
    # Connections stay open: closing the last one copies the whole log into the file each time.
    engine = sa.create_engine(
        parsed,
        future=True,
        poolclass=sa.pool.QueuePool,
        max_overflow=-1,  # a wait for the one writer is better than an error
        connect_args={"timeout": PATIENCE, "check_same_thread": False},
        execution_options=options,
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL: readers and one writer at a time do not stop each other, and a kill loses nothing.

    What is deleted is overwritten: no remains stay in the file.
    """
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: upgrading a read lock later can fail."""
    if connection.get_execution_options().get("reads"):
        connection.exec_driver_sql("BEGIN")
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _patiently(connection.exec_driver_sql, "BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")


def _locked(error: BaseException) -> bool:
    return isinstance(error, sa.exc.OperationalError) and "locked" in str(error.orig)


_patiently = Retrying(
    retry=retry_if_exception(_locked),
    wait=wait_random(*ASKS_AGAIN),
    stop=lambda state: (state.seconds_since_start or 0.0) >= PATIENCE,
    reraise=True,
)
