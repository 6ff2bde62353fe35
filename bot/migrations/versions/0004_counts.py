"""What is counted: usage, people, entry codes, what was not understood, faults."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
COMMENTS = {
    "month": "The month, as 2026-07.",
    "tests": "True: tests on the phone page. Leave them out.",
    "table_name": "What is counted, and by what. See docs/data-dictionary.md.",
    "key": "The row. Empty: not known. *: all rows that are not shown apart.",
    "count": "How often, or about how many people. None: too few to be shown.",
}


def upgrade() -> None:
    """Makes the tables."""
    op.add_column("conversations", sa.Column("counted", sa.String(length=10)))
    _entries()
    _usage()
    _published()
    _view()
    _people()
    _salts()
    _unanswered()
    _kept_questions()
    _faults()


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("greeting", sa.String(length=600), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )


def _usage() -> None:
    op.create_table(
        "usage",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("measure", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "measure", "value", "channel", "language", "country", "topic", "entry", "trial"
        ),
    )


def _published() -> None:
    op.create_table(
        "published",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer()),
        sa.PrimaryKeyConstraint("month", "trial", "name", "key"),
    )


def _view() -> None:
    """What other programs may read, with what it means (docs/data-dictionary.md)."""
    op.execute(
        "CREATE VIEW usage_published AS "
        "SELECT month, trial AS tests, name AS table_name, key, count "
        "FROM published WHERE name <> 'floor'"
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        "COMMENT ON VIEW usage_published IS 'Counts of months that are over, without small ones.'"
    )
    for column, meaning in COMMENTS.items():
        op.execute(f"COMMENT ON COLUMN usage_published.{column} IS '{meaning}'")


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month", "kind", "value", "trial"),
    )


def _salts() -> None:
    op.create_table(
        "salts",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("month"),
    )


def _unanswered() -> None:
    op.create_table(
        "unanswered",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "language", "kind", "key"),
    )


def _kept_questions() -> None:
    op.create_table(
        "kept_questions",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )


def _faults() -> None:
    op.create_table(
        "faults",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind"),
    )


def downgrade() -> None:
    """Removes them and what is in them."""
    op.drop_table("faults")
    op.drop_table("kept_questions")
    op.drop_table("unanswered")
    op.drop_table("salts")
    op.drop_table("people")
    op.execute("DROP VIEW usage_published")
    op.drop_table("published")
    op.drop_table("usage")
    op.drop_table("entries")
    op.drop_column("conversations", "counted")
