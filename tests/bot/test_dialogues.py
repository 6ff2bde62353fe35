"""What is remembered of a conversation, within the transaction of whoever asks."""

from __future__ import annotations

from bot import dialogues
from bot.store import Store
from bot.tables import dialogues as table
from tests import samples


def save(store: Store, conversation: str, **remembered: str) -> None:
    """Remembers it, committed."""
    with store.write() as connection:
        dialogues.save(store, connection, conversation, remembered)


def load(store: Store, conversation: str) -> dict[str, str] | None:
    """What is remembered."""
    with store.read() as connection:
        return dialogues.load(store, connection, conversation)


def test_nothing_is_remembered_of_a_new_conversation(store: Store) -> None:
    save(store, "one", language="ht")

    assert load(store, "another") is None


def test_what_was_saved_is_remembered(store: Store) -> None:
    save(store, "one", language="ht", topic="documents.passport")

    assert load(store, "one") == {"language": "ht", "topic": "documents.passport"}


def test_what_is_saved_replaces_what_was_remembered(store: Store) -> None:
    save(store, "one", language="ht", country="HT")
    save(store, "one", language="es")

    assert load(store, "one") == {"language": "es"}


def test_conversations_do_not_know_of_each_other(store: Store) -> None:
    save(store, "one", language="ht")
    save(store, "another", language="es")

    assert load(store, "one") == {"language": "ht"}


def test_what_was_erased_is_not_remembered(store: Store) -> None:
    save(store, "one", language="ht")
    with store.write() as connection:
        dialogues.erase(connection, "one")

    assert load(store, "one") is None


def test_an_erasure_forgets_only_its_conversation(store: Store) -> None:
    save(store, "one", language="ht")
    with store.write() as connection:
        dialogues.erase(connection, "another")

    assert load(store, "one") == {"language": "ht"}


def test_what_is_remembered_lies_encrypted(store: Store) -> None:
    save(store, "one", topic="documents.passport")
    state = bytes(samples.column(store, table.c.state)[0])

    assert b"passport" not in state


def test_what_the_callers_transaction_takes_back_is_not_remembered(store: Store) -> None:
    with store.write() as connection:
        dialogues.save(store, connection, "one", {"language": "ht"})
        connection.rollback()

    assert load(store, "one") is None
