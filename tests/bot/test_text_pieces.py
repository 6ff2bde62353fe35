"""Texts of any kind in pieces: nothing is lost, nothing is too long, no number is cut."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import encoding, gsm_form, not_gsm, segments, septets, split, units

LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúñüàâèêëîïôœçÁÉÍÓÚÑÀÈÒò¿¡«»’“”…–"
EMOJI = ["👍", "👍🏽", "🇭🇹", "👩‍👧", "❤️", "1️⃣"]
words = st.one_of(
    st.text(LETTERS, min_size=1, max_size=14),
    st.sampled_from(EMOJI),
    st.text(st.characters(min_codepoint=0x10000, max_codepoint=0x1F9FF), min_size=1, max_size=3),
)
numbers = st.from_regex(r"\+509 [1-9][0-9] [0-9]{2} [0-9]{2} [0-9]{2}", fullmatch=True)
texts = st.lists(st.tuples(st.one_of(words, numbers), st.sampled_from([" ", "\n", "\n\n"]))).map(
    lambda pairs: "".join(word + border for word, border in pairs).strip()
)
limits = st.integers(min_value=40, max_value=200)


@settings(deadline=None)
@given(texts, limits)
def test_no_piece_is_longer_than_the_limit(text: str, limit: int) -> None:
    assert all(0 < units(piece) <= limit for piece in split(text, limit))


@settings(deadline=None)
@given(texts, limits)
def test_no_word_is_lost_or_cut(text: str, limit: int) -> None:
    assert " ".join(split(text, limit)).split() == text.split()


@settings(deadline=None)
@given(texts, limits)
def test_no_number_is_cut(text: str, limit: int) -> None:
    number = re.compile(r"\+509(?: \d\d){4}")

    assert [x for piece in split(text, limit) for x in number.findall(piece)] == (
        number.findall(text)
    )


@settings(deadline=None)
@given(st.text(LETTERS + " \n", max_size=400))
def test_spanish_creole_and_french_cost_no_ucs_2(text: str) -> None:
    form = gsm_form(text)

    assert (encoding(form), "?" in form, not_gsm(form)) == ("GSM-7", False, [])


@settings(deadline=None)
@given(st.text(max_size=400))
def test_segments_are_those_of_the_network(text: str) -> None:
    if encoding(text) == "GSM-7":
        length, one, many = septets(text), 160, 153
    else:
        length, one, many = units(text), 70, 67

    assert segments(text) == (1 if length <= one else -(-length // many))
