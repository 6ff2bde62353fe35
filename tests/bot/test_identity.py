"""A number and a user id of one person are one conversation."""

from __future__ import annotations

import pytest

from bot import inbox, outbox
from bot.store import Store
from bot.tables import conversations
from bot.tables import inbox as messages
from tests import samples

NUMBER, ID, OTHER_ID = "whatsapp:+50937001122", "whatsapp:HT.77190", "whatsapp:HT.88"
ONLY_NUMBER, ONLY_ID, BOTH = (NUMBER, NUMBER), (ID, ID), (NUMBER, ID)


def write(store: Store, *from_whom: tuple[str, str]) -> None:
    """Messages, each from an address and with another one."""
    for number, (address, other) in enumerate(from_whom):
        inbox.receive(store, samples.incoming(f"m{number}", address, other=other))


@pytest.mark.parametrize(
    "from_whom",
    [
        pytest.param([BOTH, ONLY_ID], id="takes a user name"),
        pytest.param([ONLY_NUMBER, BOTH, ONLY_ID], id="number, both, id"),
        pytest.param([ONLY_ID, BOTH, ONLY_NUMBER], id="id, both, number"),
        pytest.param([BOTH, ONLY_NUMBER, ONLY_ID, BOTH], id="to and fro"),
        pytest.param([(NUMBER, ""), (NUMBER, "")], id="a service with one kind"),
    ],
)
def test_one_person_has_one_conversation(store: Store, from_whom: list[tuple[str, str]]) -> None:
    write(store, *from_whom)

    assert len(set(samples.column(store, messages.c.conversation))) == 1
    assert len(samples.column(store, conversations.c.id)) == 1


@pytest.mark.parametrize(
    "from_whom",
    [
        pytest.param([BOTH, (OTHER_ID, OTHER_ID)], id="another id"),
        pytest.param([ONLY_NUMBER, ONLY_ID], id="nothing has linked them"),
    ],
)
def test_strangers_have_two(store: Store, from_whom: list[tuple[str, str]]) -> None:
    write(store, *from_whom)

    assert len(samples.column(store, conversations.c.id)) == 2


def test_who_had_two_goes_on_in_the_last_one(store: Store) -> None:
    write(store, ONLY_NUMBER, ONLY_ID, BOTH, ONLY_NUMBER, ONLY_ID)
    _, *later = samples.column(store, messages.c.conversation)

    assert len(set(later)) == 1


def test_the_reply_goes_where_the_person_wrote_last(store: Store) -> None:
    write(store, BOTH, ONLY_ID)
    for _ in range(2):
        job = inbox.claim(store, 60, "w")
        assert job
        inbox.finish(store, job, samples.reply(), None)
    parcel = outbox.claim(store)

    assert parcel is not None
    assert parcel.address == ID


def test_neither_address_stands_in_the_table(store: Store) -> None:
    write(store, BOTH)
    kept = [
        *samples.column(store, conversations.c.id),
        *samples.column(store, conversations.c.also),
    ]

    assert [x for x in kept if "7719" in x or "5093" in x] == []
