"""The word on a poster is kept, and does not stand in the way of the question behind it."""

from __future__ import annotations

import pytest

from bot import entry, inbox
from bot.store import Store
from bot.tables import conversations
from tests import samples

CODES = ("radio1", "poster")


@pytest.mark.parametrize(
    ("text", "code", "rest", "choice"),
    [
        ("radio1", "radio1", "", "meta.menu"),
        ("RADIO1.", "radio1", "", "meta.menu"),
        ("#Poster: paspò", "poster", "paspò", ""),
        ("radio1 kijan pou m fè", "radio1", "kijan pou m fè", ""),
        ("radio2", "", "radio2", ""),
        ("mwen tande radio1", "", "mwen tande radio1", ""),
        ("", "", "", ""),
    ],
)
def test_a_code_is_the_first_word(text: str, code: str, rest: str, choice: str) -> None:
    found = entry.marked(samples.incoming(text=text), CODES)

    assert (found.code, found.text, found.choice) == (code, rest, choice)


def test_a_code_of_the_service_itself_stays() -> None:
    found = entry.marked(samples.incoming(text="radio1", code="link"), CODES)

    assert (found.code, found.text) == ("link", "radio1")


def test_only_the_first_message_counts(store: Store) -> None:
    inbox.receive(store, samples.incoming("m1", code="radio1"))
    inbox.receive(store, samples.incoming("m2", code="poster"))

    assert samples.column(store, conversations.c.entry) == ["radio1"]


def test_without_a_code_nothing_is_kept(store: Store) -> None:
    inbox.receive(store, samples.incoming("m1"))

    assert samples.column(store, conversations.c.entry) == [None]
