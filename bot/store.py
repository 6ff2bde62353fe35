"""The tables, and the one way to a connection. SQLite by default, PostgreSQL in production."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import URL, Connection, Engine, make_url

from bot.errors import SettingsError
from bot.privacy import Keys
from bot.settings import Settings

metadata = sa.MetaData()
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up only plain integers
_UPGRADE_LOCK = 884000  # any number that no other program uses as an advisory lock

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),  # keyed pseudonym
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("address", sa.LargeBinary, nullable=False),  # encrypted; empty once erased
    sa.Column("region", sa.String(2), nullable=False),
    sa.Column("lease_owner", sa.String(100)),
    sa.Column("lease_until", sa.Float, nullable=False, default=0.0),
    sa.Column("last_at", sa.Float, nullable=False),
    sa.Column("erase", sa.Boolean, nullable=False, default=False),
    # asked: the person wants silence; blocked: the provider lets nothing through
    sa.Column("stopped", sa.String(8), nullable=False, default="", server_default=""),
    sa.Column("entry", sa.String(64)),  # the code that came with the first message
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("message_id", sa.String(128), nullable=False),
    sa.Column("conversation", sa.String(32), nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # encrypted
    sa.Column("state", sa.String(8), nullable=False, default="waiting"),  # waiting, done
    sa.Column("tries", sa.Integer, nullable=False, default=0),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.UniqueConstraint("channel", "message_id"),
    sa.Index("ix_inbox_state_id", "state", "id"),
    sa.Index("ix_inbox_conversation", "conversation", "state"),
    sqlite_autoincrement=True,  # a number is never used again, also after its row is erased
)

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("inbox_id", _Id, unique=True),  # at most one reply to a message
    sa.Column("conversation", sa.String(32), nullable=False),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # encrypted Reply
    # waiting, sent, failed, held (until the person writes), stopped (they want silence)
    sa.Column("state", sa.String(8), nullable=False, default="waiting"),
    sa.Column("tries", sa.Integer, nullable=False, default=0),
    sa.Column("due_at", sa.Float, nullable=False),
    sa.Column("lease_until", sa.Float, nullable=False, default=0.0),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("sent_at", sa.Float),
    sa.Column("lease_owner", sa.String(100)),
    sa.Index("ix_outbox_state_due", "state", "due_at"),
    sa.Index("ix_outbox_conversation", "conversation", "id"),
    sqlite_autoincrement=True,
)

# One row for each message of a reply: written before the provider is called and again after.
calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("outbox_id", _Id, nullable=False),
    sa.Column("part", sa.Integer, nullable=False),  # which message of the reply, from 0
    sa.Column("conversation", sa.String(32), nullable=False),
    sa.Column("state", sa.String(8), nullable=False),  # calling, taken, refused
    sa.Column("code", sa.String(64), nullable=False, default=""),  # why it was refused
    sa.Column("provider_id", sa.String(128)),
    sa.Column("receipt", sa.String(16), nullable=False, default=""),  # sent, delivered, read …
    sa.Column("began_at", sa.Float, nullable=False),  # of the first try
    sa.Column("ended_at", sa.Float),
    sa.UniqueConstraint("outbox_id", "part"),
    sa.Index("ix_calls_conversation", "conversation"),
    sa.Index("ix_calls_provider", "provider_id"),
    sqlite_autoincrement=True,
)

dialogues = sa.Table(
    "dialogues",
    metadata,
    sa.Column("conversation", sa.String(32), primary_key=True),
    sa.Column("state", sa.LargeBinary, nullable=False),  # encrypted
    sa.Column("updated_at", sa.Float, nullable=False),
)


class Store:
    """An engine and the keys. `write()` and `read()` are transactions."""

    def __init__(self, settings: Settings) -> None:
        self.keys = Keys(settings.secret_key)
        self.engine = _engine(settings.database_url)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end, or not at all."""
        with self.engine.begin() as connection:
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

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return sa.create_engine(parsed, future=True, pool_pre_ping=True)
    except (sa.exc.ArgumentError, ImportError):
        text = "ALO_DATABASE_URL is no address of SQLite or PostgreSQL; see .env.example"
        raise SettingsError(text) from None
    return _sqlite(parsed)


def _sqlite(parsed: URL) -> Engine:
    try:
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise SettingsError("the folder of ALO_VAR or ALO_DATABASE_URL cannot be made") from None
    engine = sa.create_engine(parsed, future=True, connect_args={"timeout": 30})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """WAL: readers and one writer at a time do not stop each other, and a kill loses nothing."""
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: upgrading a read lock later can fail."""
    reads = connection.get_execution_options().get("reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
