"""The word on a poster is kept, and does not stand in the way of the question behind it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot import inbox
from bot.campaigns import entry
from bot.campaigns.entry import Codes, Entry
from bot.errors import EntryError
from bot.store import Store
from bot.tables import conversations
from tests import samples

CODES = ("radio1", "poster", "radio-ouanaminthe")
RADIO = Entry("radio-ouanaminthe", "Radio spot", "ht", "Bonjou!")


@pytest.mark.parametrize(
    ("text", "code", "rest", "choice"),
    [
        ("radio1", "radio1", "", "meta.menu"),
        ("RADIO1.", "radio1", "", "meta.menu"),
        ("#Poster: paspò", "poster", "paspò", ""),
        ("radio1 kijan pou m fè", "radio1", "kijan pou m fè", ""),
        ("RADIO OUANAMINTHE paspò", "radio-ouanaminthe", "paspò", ""),
        ("Radio Wanaminthe", "radio-ouanaminthe", "", "meta.menu"),
        ("radioouanaminte", "radio-ouanaminthe", "", "meta.menu"),
        ("radio2", "", "radio2", ""),
        ("radio ki bon", "", "radio ki bon", ""),
        ("mwen tande radio1", "", "mwen tande radio1", ""),
        ("", "", "", ""),
    ],
)
def test_a_code_is_the_first_word(text: str, code: str, rest: str, choice: str) -> None:
    found = entry.marked(samples.incoming(text=text), CODES)

    assert (found.code, found.text, found.choice) == (code, rest, choice)


@pytest.mark.parametrize(("link", "code"), [("RADIO1", "radio1"), ("invented", "")])
def test_a_link_counts_only_with_a_code_of_ours(link: str, code: str) -> None:
    found = entry.marked(samples.incoming(text="paspò", code=link), CODES)

    assert (found.code, found.text) == (code, "paspò")


def test_only_the_first_message_counts(store: Store) -> None:
    inbox.receive(store, samples.incoming("m1", code="radio1"))
    inbox.receive(store, samples.incoming("m2", code="poster"))

    assert samples.column(store, conversations.c.entry) == ["radio1"]


def test_without_a_code_nothing_is_kept(store: Store) -> None:
    inbox.receive(store, samples.incoming("m1"))

    assert samples.column(store, conversations.c.entry) == [None]


def test_the_worker_learns_with_which_code_a_message_came(store: Store) -> None:
    inbox.receive(store, samples.incoming("m1", code="radio1"))
    job = inbox.claim(store, 60, "worker")

    assert job is not None
    assert job.code == "radio1"


def test_a_code_is_kept_with_its_campaign(store: Store) -> None:
    entry.add(store, RADIO)

    with store.read() as connection:
        assert entry.find(connection, RADIO.code) == RADIO


@pytest.mark.parametrize("code", ["ab", "Radio", "radio spot", "-radio", "r" * 49, "radyo-è"])
def test_what_cannot_be_sent_from_every_phone_is_no_code(store: Store, code: str) -> None:
    with pytest.raises(EntryError, match="a code has 3 to 48"):
        entry.add(store, Entry(code, "name", "ht"))


def test_a_code_that_exists_is_not_taken_over(store: Store) -> None:
    entry.add(store, RADIO)

    with pytest.raises(EntryError, match="exists already"):
        entry.add(store, RADIO)


def test_the_word_of_a_closed_campaign_is_a_word_again(store: Store) -> None:
    entry.add(store, RADIO)
    entry.close(store, RADIO.code)

    assert Codes(store)() == ()
    assert [x.active for x in entry.all_of(store)] == [False]


def test_an_unknown_campaign_cannot_be_closed(store: Store) -> None:
    with pytest.raises(EntryError, match="alo entry list"):
        entry.close(store, "nothing")


def test_a_new_code_is_found_without_a_restart(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "READ_AGAIN", 0.0)
    codes = Codes(store)
    before = codes()
    entry.add(store, RADIO)

    assert (before, codes()) == ((), (RADIO.code,))


def test_the_edge_does_not_read_the_codes_at_every_message(store: Store) -> None:
    codes = Codes(store)
    codes()
    asked: list[str] = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *_: asked.append("query"))
    codes()

    assert asked == []
