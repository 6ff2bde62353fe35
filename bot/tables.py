"""The tables. What is encrypted says so; nothing else tells who a person is or what they wrote."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up only plain integers

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
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
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
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
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
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("handover", _Id, nullable=False),
    sa.Column("user", sa.Integer, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # encrypted
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_notes_handover", "handover"),
    sqlite_autoincrement=True,
)

# Hand-overs as another help desk has them (see bot/mirrors.py). A row outlives its hand-over until
# what is over there was erased, too.
mirrors = sa.Table(
    "mirrors",
    metadata,
    sa.Column("handover", _Id, primary_key=True, autoincrement=False),
    # The person over there: a pseudonym that is used nowhere else, and their number.
    sa.Column("contact", sa.String(64), nullable=False, default=""),
    sa.Column("contact_id", sa.Integer),
    sa.Column("number", sa.Integer),  # of the conversation
    sa.Column("last", _Id, nullable=False, default=0),  # number of the last message they took
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
    sa.Column("handover", _Id, primary_key=True),
    sa.Column("inbox_id", _Id, primary_key=True),
    sa.Column("state", sa.String(8), nullable=False),  # calling, taken
)

# Replies of another help desk, each once; `note` is what its agent is still to be told of it.
outside_replies = sa.Table(
    "outside_replies",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=False),  # their number of the message
    sa.Column("handover", _Id, nullable=False),
    sa.Column("note", sa.String(16), nullable=False, default=""),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_outside_replies_handover", "handover"),
)

# Who has a conversation open on the desk, and who writes in it at this moment.
presence = sa.Table(
    "presence",
    metadata,
    sa.Column("handover", _Id, primary_key=True),
    sa.Column("user", sa.Integer, primary_key=True),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("typed_at", sa.Float, nullable=False, default=0.0),
)

# The words and links by which a campaign is known.
entries = sa.Table(
    "entries",
    metadata,
    sa.Column("code", sa.String(64), primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),  # for the team, not for the public
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("greeting", sa.String(600), nullable=False, default=""),
    sa.Column("active", sa.Boolean, nullable=False, default=True),
    sa.Column("created_at", sa.Float, nullable=False),
)

# Counts, not people: how often something happened on a day. No id, no text, no time of day.
usage = sa.Table(
    "usage",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),  # 2026-11-27, of ALO_TIMEZONE
    sa.Column("measure", sa.String(16), primary_key=True),  # what is counted: see bot/usage.py
    sa.Column("value", sa.String(64), primary_key=True),  # outcome, hub place, class of waiting …
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("language", sa.String(8), primary_key=True),
    sa.Column("country", sa.String(2), primary_key=True),
    sa.Column("topic", sa.String(64), primary_key=True),
    sa.Column("entry", sa.String(64), primary_key=True),
    sa.Column("trial", sa.Boolean, primary_key=True),  # somebody who tries the program out
    sa.Column("count", sa.Integer, nullable=False),
)

# What may be seen of the counts of a month that is over: no small count is in it.
published = sa.Table(
    "published",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("trial", sa.Boolean, primary_key=True),
    sa.Column("name", sa.String(24), primary_key=True),  # of the table: see bot/months.py
    sa.Column("key", sa.String(64), primary_key=True),  # of the row; * for all the others
    sa.Column("count", sa.Integer),  # none: all together are too few to be shown
)

# Sketches (HyperLogLog) of how many different people there were: nobody can be found in one.
people = sa.Table(
    "people",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),  # all, entry, language, country …
    sa.Column("value", sa.String(64), primary_key=True),
    sa.Column("trial", sa.Boolean, primary_key=True),
    sa.Column("sketch", sa.LargeBinary, nullable=False),
)

# The salt of a month's sketches; thrown away when the month is over.
salts = sa.Table(
    "salts",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("salt", sa.LargeBinary, nullable=False),  # encrypted
)

# What was not understood. `terms` are words with a sketch of how many people used them.
unanswered = sa.Table(
    "unanswered",
    metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("language", sa.String(8), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),  # word, topics
    sa.Column("key", sa.String(64), primary_key=True),  # keyed hash of a word, or topic ids
    sa.Column("body", sa.LargeBinary, nullable=False),  # encrypted: the word
    sa.Column("sketch", sa.LargeBinary, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
)

# Questions whose writers agreed that they are kept, without number, for some days.
kept_questions = sa.Table(
    "kept_questions",
    metadata,
    sa.Column("id", _Id, primary_key=True, autoincrement=True),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),  # encrypted
    sqlite_autoincrement=True,
)

# Days on which something did not work, so that their counts are too low.
faults = sa.Table(
    "faults",
    metadata,
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),  # worker, sender …
    sa.Column("minutes", sa.Integer, nullable=False),
)
