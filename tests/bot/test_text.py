"""Cleaning what came in, and the arithmetic of SMS."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot import text

SPANISH = "áéíóúüñÁÉÍÓÚÜÑ¿¡"
CREOLE = "èòàÈÒÀ"
FRENCH = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ«»’"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:!?'\"()-+/%&@$\n"
OURS = SPANISH + CREOLE + FRENCH + PLAIN
EMOJI = "😀🙏❤👍🇭"  # some are two UTF-16 units, some are one
ASTRAL = "𝐀𐐷𠜎"

property_of = settings(deadline=None, derandomize=True, database=None)
our_text = st.text(alphabet=OURS)
any_text = st.text(alphabet=st.one_of(st.sampled_from(OURS + EMOJI + ASTRAL), st.characters()))
word = st.text(alphabet=OURS.replace(" ", "").replace("\n", "") + EMOJI + ASTRAL, min_size=1)
space = st.sampled_from([" ", "  ", "\n", "\n\n"])
words_and_spaces = st.lists(st.tuples(word, space)).map(
    lambda pairs: "".join(part for pair in pairs for part in pair).rstrip()
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("  hola  ", "hola", id="spaces around it"),
        pytest.param("how   much \t is it", "how much is it", id="several spaces"),
        pytest.param("uno\n\ndos", "uno\n\ndos", id="lines stay"),
        pytest.param("a\x00b\x07c", "a b c", id="control characters"),
        pytest.param("a\x85b", "a b", id="control characters of the upper half"),
        pytest.param("a\ud83db", "a b", id="half of a surrogate pair"),
        pytest.param("pas\u200bpò", "paspò", id="space of no width"),
        pytest.param("pas\u2060pò", "paspò", id="word joiner"),
        pytest.param("\ufeffpaspò", "paspò", id="byte order mark"),
        pytest.param("\u202apaspò\u202c", "paspò", id="embedded direction"),
        pytest.param("\u2066paspò\u2069", "paspò", id="isolated direction"),
        pytest.param("\u200epaspò\u200f", "paspò", id="mark of direction"),
        pytest.param("pas\u00adpò", "paspò", id="soft hyphen"),
        pytest.param("paspo\u0300", "paspò", id="accent of its own"),
        pytest.param("👨‍👩‍👧", "👨‍👩‍👧", id="joined emoji stay whole"),
        pytest.param("", "", id="nothing"),
        pytest.param(" \n\u200b\x00 ", "", id="nothing to see"),
    ],
)
def test_what_came_in_is_cleaned(raw: str, expected: str) -> None:
    assert text.clean(raw) == expected


@property_of
@given(any_text)
@example("e\u200b\u0301")
def test_what_is_clean_stays_as_it_is(raw: str) -> None:
    cleaned = text.clean(raw)

    assert text.clean(cleaned) == cleaned


@property_of
@given(any_text)
@example("\ud800")
def test_what_is_clean_can_be_written_as_utf_8(raw: str) -> None:
    cleaned = text.clean(raw)

    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("/restart", "restart"),
        ("//restart", "restart"),
        (" / \n\t/restart", "restart"),
        ('/choice{"payload": "meta.stop"}', 'choice{"payload": "meta.stop"}'),
        ("y/o", "y/o"),
        ("///", ""),
    ],
)
def test_a_message_is_no_command(raw: str, expected: str) -> None:
    assert text.without_commands(raw) == expected


@property_of
@given(st.text(alphabet="/ \t\n\r\v\f\u00a0\u2003\u2028\u3000r"))
@example("/\u00a0/restart")
def test_no_space_brings_a_command_back(raw: str) -> None:
    said = text.without_commands(text.clean(raw))

    assert said.strip()[:1] != "/"  # Rasa strips every kind of space before it looks


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("¿Cuánto cuesta?", "cuanto cuesta"),
        ("N'ap chèche paspò!", "n ap cheche paspo"),
        ("Où est-ce qu’on va ?", "ou est ce qu on va"),
        ("NIÑO, niña", "nino nina"),
        ("garçon sœur", "garcon soeur"),
        ("H-2", "h 2"),
        ("meta_more", "meta more"),
        ("a\u00a0b\u202fc\td", "a b c d"),
        ("…", ""),
    ],
)
def test_words_are_compared_in_plain_form(raw: str, expected: str) -> None:
    assert text.normalise(raw) == expected


@property_of
@given(our_text)
def test_the_plain_form_has_letters_and_single_spaces_only(raw: str) -> None:
    normal = text.normalise(raw)

    assert [x for x in normal.split(" ") if not x.isalnum()] in ([], [""])


@property_of
@given(our_text)
def test_the_plain_form_has_no_accents(raw: str) -> None:
    normal = text.normalise(raw)

    assert [x for x in unicodedata.normalize("NFD", normal) if unicodedata.combining(x)] == []


@property_of
@given(our_text)
def test_the_plain_form_does_not_depend_on_case(raw: str) -> None:
    assert text.normalise(raw.upper()) == text.normalise(raw.lower())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("hola", True), ("7", True), ("é", True), ("", False), ("?!...", False), ("😀🙏", False)],
)
def test_a_message_has_words_or_not(raw: str, expected: bool) -> None:
    assert text.has_words(raw) is expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("¿Cuánto? ¡Sí!", "¿Cuanto? ¡Si!", id="Spanish"),
        pytest.param("año, Ñandú, pingüino", "año, Ñandu, pingüino", id="Spanish that GSM-7 has"),
        pytest.param("kote kreyòl la ye? ÈÒÀ", "kote kreyòl la ye? EOA", id="Creole"),
        pytest.param("forêt, naïf, Noël, œuf, reçu", "foret, naif, Noel, oeuf, recu", id="French"),
        pytest.param("ŒUVRE ÇA É", "OEUVRE ÇA É", id="French capitals"),
        pytest.param("“a” «b» ‘c’ d’e", '"a" "b" \'c\' d\'e', id="quotes"),
        pytest.param("a – b — c − d…", "a - b - c - d...", id="dashes and dots"),
        pytest.param("5\u00a0000\u202fHTG\u2009x", "5 000 HTG x", id="spaces"),
        pytest.param("5 € [a] {b}", "5 € [a] {b}", id="letters of two septets"),
        pytest.param("😀 ж", "😀 ж", id="letters without a base stay"),
    ],
)
def test_letters_are_brought_to_gsm_7(raw: str, expected: str) -> None:
    assert text.gsm_form(raw) == expected


@property_of
@given(our_text)
def test_our_four_languages_are_always_gsm_7(raw: str) -> None:
    assert text.not_gsm(text.gsm_form(raw)) == []


@property_of
@given(our_text)
def test_our_languages_are_gsm_7_also_with_accents_of_their_own(raw: str) -> None:
    decomposed = unicodedata.normalize("NFD", raw)

    assert text.not_gsm(text.gsm_form(decomposed)) == []


@property_of
@given(any_text)
def test_no_question_mark_takes_the_place_of_a_letter(raw: str) -> None:
    assert text.gsm_form(raw).count("?") == raw.count("?")


@property_of
@given(any_text)
def test_gsm_form_of_gsm_form_is_the_same(raw: str) -> None:
    once = text.gsm_form(raw)

    assert text.gsm_form(once) == once


def test_letters_that_are_not_gsm_are_named_once_in_order() -> None:
    assert text.not_gsm("a😀b жa😀") == ["😀", "ж"]


@pytest.mark.parametrize(
    ("raw", "expected"), [("", 0), ("hola", 4), ("€", 2), ("[a]", 5), ("é\n", 2), ("^{}\\~|", 12)]
)
def test_septets_are_counted_as_the_network_counts(raw: str, expected: int) -> None:
    assert text.septets(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("hola", "GSM-7"), ("ñ € [", "GSM-7"), ("", "GSM-7"), ("á", "UCS-2"), ("😀", "UCS-2")],
)
def test_one_letter_decides_the_encoding(raw: str, expected: str) -> None:
    assert text.encoding(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("", 1, id="nothing is one message"),
        pytest.param("a" * 160, 1, id="160 letters"),
        pytest.param("a" * 161, 2, id="161 letters"),
        pytest.param("a" * 306, 2, id="two of 153"),
        pytest.param("a" * 307, 3, id="one more than two of 153"),
        pytest.param("€" * 80, 1, id="160 septets"),
        pytest.param("€" * 80 + "a", 2, id="161 septets"),
        pytest.param("á" * 70, 1, id="70 letters of UCS-2"),
        pytest.param("á" * 71, 2, id="71 letters of UCS-2"),
        pytest.param("á" * 134, 2, id="two of 67"),
        pytest.param("á" * 135, 3, id="one more than two of 67"),
        pytest.param("😀" * 35, 1, id="an emoji is two units"),
        pytest.param("😀" * 36, 2, id="72 units"),
        pytest.param("a" * 69 + "😀", 2, id="one emoji makes all of it UCS-2"),
    ],
)
def test_segments_are_what_the_network_charges(raw: str, expected: int) -> None:
    assert text.segments(raw) == expected


@property_of
@given(st.text(alphabet="aé€[", max_size=700))
def test_segments_of_gsm_7_are_of_160_or_153(raw: str) -> None:
    length = sum(2 if letter in "€[" else 1 for letter in raw)

    assert text.segments(raw) == (1 if length <= 160 else -(-length // 153))


@property_of
@given(st.text(alphabet="aá€😀𐐷", max_size=300))
def test_segments_of_ucs_2_are_of_70_or_67(raw: str) -> None:
    raw += "á"
    length = sum(2 if ord(letter) > 0xFFFF else 1 for letter in raw)

    assert text.segments(raw) == (1 if length <= 70 else -(-length // 67))


@pytest.mark.parametrize(
    ("raw", "limit", "expected"),
    [
        pytest.param("", 10, [], id="nothing"),
        pytest.param("uno dos", 7, ["uno dos"], id="it fits"),
        pytest.param("uno dos tres", 8, ["uno dos", "tres"], id="at a word"),
        pytest.param("uno dos\ntres seis", 12, ["uno dos", "tres seis"], id="rather at a line"),
        pytest.param("uno\n\ndos\ntres", 9, ["uno", "dos\ntres"], id="rather at a paragraph"),
        pytest.param("uno dos\n\ntres", 7, ["uno dos", "tres"], id="the border at the limit"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="a word longer than the limit"),
    ],
)
def test_a_text_is_split_where_it_may_be(raw: str, limit: int, expected: list[str]) -> None:
    assert text.split(raw, limit) == expected


@property_of
@given(words_and_spaces, st.integers(min_value=1, max_value=60))
def test_no_piece_is_longer_than_the_limit(raw: str, limit: int) -> None:
    assert [piece for piece in text.split(raw, limit) if len(piece) > limit] == []


@property_of
@given(words_and_spaces, st.integers(min_value=1, max_value=60))
def test_no_piece_is_empty(raw: str, limit: int) -> None:
    assert [piece for piece in text.split(raw, limit) if not piece.strip()] == []


@property_of
@given(words_and_spaces, st.integers(min_value=1, max_value=60))
def test_splitting_loses_no_letter_and_keeps_their_order(raw: str, limit: int) -> None:
    pieces = text.split(raw, limit)

    assert "".join("".join(pieces).split()) == "".join(raw.split())


@property_of
@given(words_and_spaces, st.integers(min_value=1, max_value=60))
@example("ab cdefghij", 9)
def test_no_word_is_cut_that_fits_the_limit(raw: str, limit: int) -> None:
    assume(all(len(one) <= limit for one in raw.split()))

    assert " ".join(text.split(raw, limit)).split() == raw.split()
