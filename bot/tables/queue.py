"""What came in, what goes out, and what is remembered meanwhile."""

from __future__ import annotations

import sqlalchemy as sa

from bot.tables.base import Id, metadata

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
    sa.Column("counted", sa.String(10)),  # the day for which it was last counted
    sa.Column("also", sa.String(32)),  # keyed pseudonym of the person's other address
    sa.Index("ix_conversations_also", "also"),
)

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=True),
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
    sa.Column("id", Id, primary_key=True, autoincrement=True),
    sa.Column("inbox_id", Id, unique=True),  # at most one reply to a message
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
    sa.Column("author", sa.Integer),  # the operator who wrote it; none for the program
    sa.Column("key", sa.String(36)),  # of the form it came with: once, if sent twice
    sa.Index("ix_outbox_state_due", "state", "due_at"),
    sa.Index("ix_outbox_conversation", "conversation", "id"),
    sa.Index("ix_outbox_key", "key", unique=True),
    sqlite_autoincrement=True,
)

# One row for each message of a reply: written before the provider is called and again after.
calls = sa.Table(
    "calls",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=True),
    sa.Column("outbox_id", Id, nullable=False),
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
