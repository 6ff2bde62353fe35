"""A conversation remembers the other address of its person."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds the column and its index."""
    op.add_column("conversations", sa.Column("also", sa.String(length=32)))
    op.create_index("ix_conversations_also", "conversations", ["also"])


def downgrade() -> None:
    """Removes both."""
    op.drop_index("ix_conversations_also", "conversations")
    with op.batch_alter_table("conversations") as changed:
        changed.drop_column("also")
