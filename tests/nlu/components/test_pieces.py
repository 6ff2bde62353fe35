"""Texts are cut into the pieces that are likeliest together."""

from __future__ import annotations

import pytest

from nlu.components._pieces import Pieces

BEGIN, END, UNKNOWN = 0, 2, 3
KNOWN = {
    "\u2581": 10,
    "\u2581pas": 11,
    "po": 12,
    "\u2581paspo": 13,
    "p": 14,
    "a": 15,
    "s": 16,
    "o": 17,
}
LIKELY = {10: -2.0, 11: -3.0, 12: -3.0, 13: -5.0, 14: -4.0, 15: -4.0, 16: -4.0, 17: -4.0}


def pieces(**chances: float) -> Pieces:
    """Some pieces, some of them as likely as is said."""
    known = {
        x: (number, chances.get(x.strip("\u2581"), LIKELY[number])) for x, number in KNOWN.items()
    }
    return Pieces(known, (BEGIN, END, UNKNOWN), -5.0, {ord("á"): "a", 0x200B: ""})


def cut(text: str, most: int = 99, **chances: float) -> list[int]:
    """The pieces between the marks."""
    return pieces(**chances).of(text, most)[1:-1]


def test_a_text_stands_between_its_marks() -> None:
    assert pieces().of("paspo", 9) == [BEGIN, 13, END]


@pytest.mark.parametrize(("chance", "found"), [(-5.0, [13]), (-7.0, [11, 12])])
def test_the_likeliest_cut_is_taken(chance: float, found: list[int]) -> None:
    assert cut("paspo", paspo=chance) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [10]),
        ("  paspo", [13]),
        ("paspo  paspo", [13, 13]),
        ("pás\u200bpo", [13]),
        ("x", [10, UNKNOWN]),
    ],
)
def test_spaces_accents_and_strangers(text: str, found: list[int]) -> None:
    assert cut(text) == found


def test_no_more_than_were_asked_for() -> None:
    assert pieces().of("paspo paspo paspo", 4) == [BEGIN, 13, 13, END]
