"""Of a message words are left that others may write as well: no name, number or place."""

from __future__ import annotations

import pytest

from bot.counts.common_words import Sieve
from bot.knowledge import Knowledge


@pytest.fixture(scope="module")
def sieve(content: Knowledge) -> Sieve:
    """The sieve of the real content."""
    return Sieve.of(content)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("quiero una beca de enfermeria", ["beca", "enfermeria"]),
        ("mwen bezwen yon bous pou enfimye", ["bous", "enfimye"]),
        ("a scholarship for a nurse", ["nurse", "scholarship"]),
        ("une bourse pour infirmier", ["bourse", "infirmier"]),
        ("beca beca BECA", ["beca"]),
        ("", []),
    ],
)
def test_words_that_say_what_it_is_about_stay(sieve: Sieve, text: str, words: list[str]) -> None:
    assert sieve.words(text) == words


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("me llamo Rosalinda Zepeda quiero una beca", "zepeda"),
        ("hablo con la señora Zepeda de la beca", "zepeda"),
        ("mwen rele Widline Petitfrere mwen vle yon bous", "petitfrere"),
        ("my number is 37001122 scholarship", "37001122"),
        ("escribame a rosa.zepeda@example.org sobre la beca", "zepeda"),
        ("vivo en Ouanaminthe y quiero una beca", "ouanaminthe"),
    ],
)
def test_who_and_where_somebody_is_does_not(sieve: Sieve, text: str, secret: str) -> None:
    assert [word for word in sieve.words(text) if secret in word or word in secret] == []
