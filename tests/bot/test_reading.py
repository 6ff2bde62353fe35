"""Reading ease: plain words are easy, long ones are not."""

from __future__ import annotations

import pytest

from bot import reading

PLAIN = {
    "es": "Vaya a la oficina.\n- Lleve su papel.\n- Pague {fee}.",
    "en": "Go to the office.\n- Bring your paper.\n- Pay {fee}.",
    "fr": "Allez à la mairie.\n- Payez {fee}.\n- Prenez le papier.",
}
HARD = {
    "es": "La regularización administrativa extraordinaria requiere documentación complementaria.",
    "en": "Extraordinary administrative regularization necessitates supplementary documentation.",
    "fr": "La régularisation administrative extraordinaire nécessite une documentation détaillée.",
}


@pytest.mark.parametrize("language", PLAIN)
def test_plain_words_are_easier(language: str) -> None:
    plain, hard = reading.ease(PLAIN[language], language), reading.ease(HARD[language], language)

    assert (plain or 0) >= reading.EASY > 60 > (hard or 0)


@pytest.mark.parametrize("language", ["ht", "xx"])
def test_a_language_without_a_measure_has_none(language: str) -> None:
    assert reading.ease("Ale nan biwo a.", language) is None


def test_a_text_without_words_has_none() -> None:
    assert reading.ease("{fee}", "en") is None


def test_the_lines_of_a_list_are_sentences() -> None:
    listed = reading.ease("- bring one paper\n- bring two photos\n- bring your card", "en")
    run_on = reading.ease("bring one paper bring two photos bring your card", "en")

    assert (listed or 0) > (run_on or 0)
