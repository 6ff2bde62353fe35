"""The view for other programs: safe counts, and nothing else to be had by its account."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.counts import figures
from bot.counts.days import Period
from bot.settings import FLOOR, ROOT
from bot.store import Store
from tests import quarters

VIEW = sa.text("SELECT month, tests, table_name, key, count FROM usage_published")
GUIDE = ROOT / "docs" / "data-dictionary.md"


def rows(store: Store) -> list[tuple[str, bool, str, str, int | None]]:
    """Everything in the view."""
    with store.read() as connection:
        return [tuple(row) for row in connection.execute(VIEW)]


def test_no_count_in_it_is_under_the_floor(store: Store) -> None:
    quarters.load(store)
    figures.figures(store, Period.of(quarters.PERIOD))

    found = rows(store)

    assert {month for month, *_ in found} == set(quarters.MONTHS)
    assert [row for row in found if row[4] is not None and row[4] < FLOOR] == []


def test_the_guide_names_every_table_and_column_of_it(store: Store) -> None:
    quarters.load(store)
    figures.figures(store, Period.of(quarters.PERIOD))

    text = GUIDE.read_text("utf-8")

    named = set(re.findall(r"`([a-z_ ]+)`", text))
    columns = {
        column["name"] for column in sa.inspect(store.engine).get_columns("usage_published")
    }
    assert ({row[2] for row in rows(store)} | columns) - named == set()


ON_POSTGRES = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def reader(store: Store) -> Iterator[str]:
    """An account as the guide makes it; SQLite has no accounts."""
    name = f"reports_{uuid.uuid4().hex[:8]}"
    with store.write() as connection:
        database = connection.execute(sa.text("SELECT current_database()")).scalar()
        script = re.search(r"```sql\n(CREATE ROLE.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
        assert script
        ours = script.group(1).replace("DATABASE alo", f"DATABASE {database}")
        for statement in ours.replace("reports", name).strip().split(";")[:-1]:
            connection.execute(sa.text(statement))
    yield name
    with store.write() as connection:
        connection.execute(sa.text(f"DROP OWNED BY {name}"))
        connection.execute(sa.text(f"DROP ROLE {name}"))


@ON_POSTGRES
def test_the_account_of_the_guide_reads_the_view(store: Store, reader: str) -> None:
    with store.write() as connection:
        connection.execute(sa.text(f"SET LOCAL ROLE {reader}"))

        assert connection.execute(VIEW).all() == []


@ON_POSTGRES
@pytest.mark.parametrize("table", ["usage", "published", "people", "inbox", "users"])
def test_the_account_of_the_guide_reads_nothing_else(
    store: Store, reader: str, table: str
) -> None:
    refused = pytest.raises(sa.exc.ProgrammingError, match="permission denied")
    with refused, store.write() as connection:
        connection.execute(sa.text(f"SET LOCAL ROLE {reader}"))
        connection.execute(sa.text(f"SELECT * FROM {table}"))
