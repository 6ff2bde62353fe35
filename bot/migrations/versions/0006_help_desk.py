"""What another help desk has of a hand-over, and what came from it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    _mirrors()
    op.create_table(
        "mirrored",
        sa.Column("handover", _Id, nullable=False),
        sa.Column("inbox_id", _Id, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("handover", "inbox_id"),
    )
    op.create_table(
        "outside_replies",
        sa.Column("id", _Id, autoincrement=False, nullable=False),
        sa.Column("handover", _Id, nullable=False),
        sa.Column("note", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outside_replies_handover", "outside_replies", ["handover"])


def _mirrors() -> None:
    op.create_table(
        "mirrors",
        sa.Column("handover", _Id, autoincrement=False, nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("last", _Id, nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("elsewhere", sa.Boolean(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("handover"),
    )


def downgrade() -> None:
    """Removes them."""
    op.drop_table("outside_replies")
    op.drop_table("mirrored")
    op.drop_table("mirrors")
