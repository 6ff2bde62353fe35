"""Who works here, and the conversations that a person has, had or is to have."""

from __future__ import annotations

import sqlalchemy as sa

from bot.tables.base import Id, metadata

# People who work here. None of them is a person who writes.
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("password", sa.String(255), nullable=False),  # argon2
    sa.Column("role", sa.String(16), nullable=False),  # operator, campaign, admin
    sa.Column("language", sa.String(8), nullable=False, default=""),  # of the pages
    sa.Column("teams", sa.String(255), nullable=False, default=""),  # ids, with commas between
    sa.Column("second_factor", sa.LargeBinary),  # encrypted secret of the one-time codes
    sa.Column("last_code", sa.Integer, nullable=False, default=0),  # no one-time code counts twice
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sqlite_autoincrement=True,
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),  # SHA-256 of what the cookie holds
    sa.Column("user", sa.Integer, nullable=False),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),  # the second factor was given, or none is
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Index("ix_sessions_user", "user"),
)

# How often somebody tried to get in, by a keyed code of the name or the address.
attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("until", sa.Float, nullable=False),  # then it begins anew
)

# Who did what: `subject` is the number of a hand-over or the name of a user, never a person.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("user", sa.String(64), nullable=False),  # the name; "alo" for the program itself
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("subject", sa.String(64), nullable=False, default=""),
    sa.Column("detail", sa.String(200), nullable=False, default=""),
    sa.Index("ix_audit_at", "at"),
    sqlite_autoincrement=True,
)

# Conversations that a person has, had or is to have. At most one of a conversation is not ended.
handovers = sa.Table(
    "handovers",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.String(32), nullable=False),
    sa.Column("state", sa.String(8), nullable=False),  # waiting, taken, ended
    sa.Column("urgent", sa.Boolean, nullable=False),
    sa.Column("why", sa.String(16), nullable=False),  # asked, failed, danger
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("country", sa.String(2), nullable=False),
    sa.Column("topic", sa.String(64), nullable=False),
    sa.Column("alias", sa.String(64), nullable=False),  # an invented name
    sa.Column("team", sa.String(32), nullable=False, default=""),
    sa.Column("operator", sa.Integer),
    sa.Column("began_at", sa.Float, nullable=False),
    sa.Column("taken_at", sa.Float),
    sa.Column("person_at", sa.Float, nullable=False),  # when the person wrote last
    sa.Column("operator_at", sa.Float),  # when an operator wrote last
    sa.Column("told_at", sa.Float),  # when the person was told that nobody has come yet
    sa.Column("said_at", sa.Float),  # when they were last told that a person was called
    sa.Column("warned_at", sa.Float),  # when they last got the numbers to call
    sa.Column("ended_at", sa.Float),
    sa.Column("outcome", sa.String(16), nullable=False, default=""),
    sa.Column("external", sa.String(64)),  # its number in another help desk
    sa.Index("ix_handovers_state", "state", "began_at"),
    sa.Index(
        "ix_handovers_open",
        "conversation",
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    ),
    sqlite_autoincrement=True,
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=True),
    sa.Column("handover", Id, nullable=False),
    sa.Column("user", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # encrypted
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_notes_handover", "handover"),
    sqlite_autoincrement=True,
)

# Hand-overs as another help desk has them (bot/desk/mirrors.py). A row outlives its hand-over
# until what is over there was erased, too.
mirrors = sa.Table(
    "mirrors",
    metadata,
    sa.Column("handover", Id, primary_key=True, autoincrement=False),
    # The person over there: a pseudonym that is used nowhere else, and their number.
    sa.Column("contact", sa.String(64), nullable=False, default=""),
    sa.Column("contact_id", sa.Integer),
    sa.Column("number", sa.Integer),  # of the conversation
    sa.Column("last", Id, nullable=False, default=0),  # number of the last message they took
    sa.Column("urgent", sa.Boolean, nullable=False, default=False),  # they know that it is
    sa.Column("closed", sa.Boolean, nullable=False, default=False),  # they know that it ended
    sa.Column("elsewhere", sa.Boolean, nullable=False, default=False),  # … that our desk has it
    sa.Column("tries", sa.Integer, nullable=False, default=0),
    sa.Column("due_at", sa.Float, nullable=False, default=0.0),  # nobody touches it before
    sa.Column("owner", sa.String(100), nullable=False, default=""),  # the sender that has it
)

# Messages of a person that another help desk has or is being given.
mirrored = sa.Table(
    "mirrored",
    metadata,
    sa.Column("handover", Id, primary_key=True),
    sa.Column("inbox_id", Id, primary_key=True),
    sa.Column("state", sa.String(8), nullable=False),  # calling, taken
)

# Replies of another help desk, each once; `note` is what its agent is still to be told of it.
outside_replies = sa.Table(
    "outside_replies",
    metadata,
    sa.Column("id", Id, primary_key=True, autoincrement=False),  # their number of the message
    sa.Column("handover", Id, nullable=False),
    sa.Column("note", sa.String(16), nullable=False, default=""),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_outside_replies_handover", "handover"),
)

# Who has a conversation open on the desk, and who writes in it at this moment.
presence = sa.Table(
    "presence",
    metadata,
    sa.Column("handover", Id, primary_key=True),
    sa.Column("user", sa.Integer, primary_key=True),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("typed_at", sa.Float, nullable=False, default=0.0),
)
