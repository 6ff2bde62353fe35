"""What the channels need: a record of every provider call, who wants silence, entry codes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Adds the columns and the table."""
    stopped = sa.Column("stopped", sa.String(8), nullable=False, server_default="")
    op.add_column("conversations", stopped)
    op.add_column("conversations", sa.Column("entry", sa.String(64)))
    op.add_column("outbox", sa.Column("lease_owner", sa.String(100)))
    op.create_table(
        "calls",
        sa.Column("id", _Id, primary_key=True, autoincrement=True),
        sa.Column("outbox_id", _Id, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("provider_id", sa.String(128)),
        sa.Column("receipt", sa.String(16), nullable=False),
        sa.Column("began_at", sa.Float, nullable=False),
        sa.Column("ended_at", sa.Float),
        sa.UniqueConstraint("outbox_id", "part"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_calls_conversation", "calls", ["conversation"])
    op.create_index("ix_calls_provider", "calls", ["provider_id"])


def downgrade() -> None:
    """Removes them and what is in them."""
    op.drop_table("calls")
    for table, column in (("outbox", "lease_owner"), ("conversations", "entry"),
                          ("conversations", "stopped")):  # fmt: skip
        with op.batch_alter_table(table) as changed:
            changed.drop_column(column)
