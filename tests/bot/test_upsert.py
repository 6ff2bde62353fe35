"""A row that is there is changed, one that is not is made: in one statement, on both databases."""

from __future__ import annotations

from bot import upsert
from bot.store import Store
from bot.tables import salts
from tests import samples


def put(store: Store, salt: bytes, *, renew: bool) -> None:
    """The salt of a month, instead of another or only where there is none."""
    with store.write() as connection:
        row = upsert.insert(connection, salts).values(month="2026-11", salt=salt)
        keys = {"index_elements": salts.primary_key}
        renewed = row.on_conflict_do_update(**keys, set_={"salt": salt})
        connection.execute(renewed if renew else row.on_conflict_do_nothing(**keys))


def test_the_second_row_takes_the_place_of_the_first(store: Store) -> None:
    put(store, b"one", renew=True)
    put(store, b"two", renew=True)

    assert [bytes(x) for x in samples.column(store, salts.c.salt)] == [b"two"]


def test_or_leaves_it_as_it_is(store: Store) -> None:
    put(store, b"one", renew=False)
    put(store, b"two", renew=False)

    assert [bytes(x) for x in samples.column(store, salts.c.salt)] == [b"one"]
