"""INSERT … ON CONFLICT, which both databases have."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def insert(dialect: Connection | str, table: sa.Table) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    `dialect` is the name of one, or a connection that speaks it.
    """
    name = dialect if isinstance(dialect, str) else dialect.dialect.name
    return (postgresql if name == "postgresql" else sqlite).insert(table)
