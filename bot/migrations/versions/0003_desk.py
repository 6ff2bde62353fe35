"""What the desk needs: accounts, sessions, the audit log, hand-overs, notes, who is there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Makes the tables."""
    op.add_column("outbox", sa.Column("author", sa.Integer))
    op.add_column("outbox", sa.Column("key", sa.String(36)))
    op.create_index("ix_outbox_key", "outbox", ["key"], unique=True)
    _users()
    _sessions()
    _attempts()
    _audit()
    _handovers()
    _notes()
    _presence()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("teams", sa.String(length=255), nullable=False),
        sa.Column("second_factor", sa.LargeBinary(), nullable=True),
        sa.Column("last_code", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
        sqlite_autoincrement=True,
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sessions_user", "sessions", ["user"], unique=False)


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_at", "audit", ["at"], unique=False)


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("alias", sa.String(length=64), nullable=False),
        sa.Column("team", sa.String(length=32), nullable=False),
        sa.Column("operator", sa.Integer(), nullable=True),
        sa.Column("began_at", sa.Float(), nullable=False),
        sa.Column("taken_at", sa.Float(), nullable=True),
        sa.Column("person_at", sa.Float(), nullable=False),
        sa.Column("operator_at", sa.Float(), nullable=True),
        sa.Column("told_at", sa.Float(), nullable=True),
        sa.Column("said_at", sa.Float(), nullable=True),
        sa.Column("warned_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("external", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_handovers_open",
        "handovers",
        ["conversation"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index("ix_handovers_state", "handovers", ["state", "began_at"], unique=False)


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("handover", _Id, nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_handover", "notes", ["handover"], unique=False)


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("handover", _Id, nullable=False),
        sa.Column("user", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("typed_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("handover", "user"),
    )


def downgrade() -> None:
    """Removes them and what is in them."""
    op.drop_table("presence")
    op.drop_table("notes")
    op.drop_table("handovers")
    op.drop_table("audit")
    op.drop_table("attempts")
    op.drop_table("sessions")
    op.drop_table("users")
    op.drop_index("ix_outbox_key", "outbox")
    with op.batch_alter_table("outbox") as changed:
        changed.drop_column("key")
        changed.drop_column("author")
