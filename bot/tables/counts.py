"""What is counted, and campaigns. Nobody can be found in it."""

from __future__ import annotations

import sqlalchemy as sa

from bot.tables.base import Id, metadata

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
    sa.Column("measure", sa.String(16), primary_key=True),  # see bot/counts/usage.py
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
    sa.Column("name", sa.String(24), primary_key=True),  # of the table: see bot/counts/months.py
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
    sa.Column("id", Id, primary_key=True, autoincrement=True),
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
