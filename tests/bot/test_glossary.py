"""A migration word is found by any of its names, and explained in the person's language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import glossary
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Term, TermText

ROW = {"source": "s", "date": "2019", "verified": "2026-11", "review_by": "2027-11"}
WORDS = {
    "en": {
        "asylum": TermText(term="Asylum", text="Protection by a State."),
        "seeker": TermText(term="Asylum seeker", aliases=["seekers"], text="Who asks for it."),
        "visa": TermText(term="Visa", text="Leave to enter."),
    },
    "es": {
        "asylum": TermText(term="Asilo", text="Protección de un Estado."),
        "seeker": TermText(term="Solicitante de asilo", text="Quien lo pide."),
        "visa": TermText(term="Visa", text="Permiso de entrada."),
    },
}


@pytest.fixture
def small(content: Knowledge) -> Knowledge:
    """The content with a glossary of three words in two languages."""
    tongues = {
        code: replace(tongue, glossary=WORDS.get(code, {}))
        for code, tongue in content.languages.items()
    }
    rows = {term: Term(**ROW, confidence="high") for term in WORDS["en"]}
    return replace(content, glossary=rows, languages=tongues)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        pytest.param("what is an asylum seeker", ["seeker"], id="the longest name"),
        pytest.param("asilo", ["asylum"], id="in another language"),
        pytest.param("que significa solisitante de asilo", ["seeker"], id="misspelt"),
        pytest.param("seekers", ["seeker"], id="another form"),
        pytest.param("asilo o visa", ["asylum", "visa"], id="two"),
        pytest.param("que es visas", [], id="short words must be exact"),
        pytest.param("hello", [], id="none"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_found(small: Knowledge, said: str, expected: list[str]) -> None:
    assert glossary.find(small, said) == expected


def test_the_meaning_is_in_the_language_of_the_person(small: Knowledge) -> None:
    said = glossary.lines(small, "que es visa o asylum", "es")

    assert said == Paragraph(
        full="Visa: Permiso de entrada.\n\nAsilo: Protección de un Estado.",
        short="Visa: Permiso de entrada.",
    )


def test_without_a_word_some_are_named(small: Knowledge) -> None:
    forms = small.phrase("en", "glossary_ask", words="Asylum, Asylum seeker, Visa")

    assert glossary.lines(small, "a word please", "en") == Paragraph(forms.full, forms.short)


def test_a_language_without_the_word_shows_its_fallback(small: Knowledge) -> None:
    assert glossary.lines(small, "visa", "fr").full == "Visa: Leave to enter."
