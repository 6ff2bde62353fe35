"""What `alo check` finds of words that stand for others, and in the glossary."""

from __future__ import annotations

import pytest

from tests.bot.conftest import GONE, PASSPORT, Copy, error, read, warning, words_of, write

GLOSSARY = "glossary.yml"
TERMS = "languages/en/terms.yml"


def use(copied: Copy, word: str, *never: str) -> None:
    """English uses a word and not the others."""
    path = copied.knowledge / TERMS
    write(path, [*read(path), {"use": word, "not": list(never)}])


@pytest.mark.parametrize("said", ["zorkmid", "Zorkmid", "a zorkmid."])
def test_a_word_that_stands_for_another_is_found(copied: Copy, said: str) -> None:
    use(copied, "gold coin", "zorkmid", "no such word")
    copied.put(words_of(PASSPORT), ("HT", "full", "warning"), f"It costs {said}")

    expected = "`HT`: says `zorkmid`; write `gold coin`"
    assert copied.found() == [error(words_of(PASSPORT), expected)]


def test_a_part_of_a_word_is_no_word(copied: Copy) -> None:
    use(copied, "gold coin", "zork")
    copied.put(words_of(PASSPORT), ("HT", "full", "warning"), "It costs zorkmids.")

    assert copied.found() == []


def test_the_name_of_a_fact_is_no_word(copied: Copy) -> None:
    use(copied, "price", "fee_adult")

    assert copied.found() == []


def add(copied: Copy, **changes: object) -> None:
    """A word in the glossary, in all languages."""
    row = {"source": "s", "date": "2019", "verified": "2026-11", "review_by": "2027-11"}
    path = copied.knowledge / GLOSSARY
    write(path, {**read(path), "zork": {**row, "confidence": "high"}})
    for code in ("es", "ht", "en", "fr"):
        path = copied.knowledge / f"languages/{code}/glossary.yml"
        mine = changes if code == "en" else {}
        write(path, {**read(path), "zork": {"term": "Zork", "text": "A coin.", **mine}})


def test_a_word_of_the_glossary_has_no_fault(copied: Copy) -> None:
    add(copied)

    assert copied.found() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"text": "x" * 241}, "zork: 241 letters"), ({"text": "Ж"}, "zork: short text has Ж")],
)
def test_a_meaning_that_does_not_fit_is_found(
    copied: Copy, changes: dict[str, str], said: str
) -> None:
    add(copied, **changes)

    assert copied.found() == [error("languages/en/glossary.yml", said)]


def test_a_word_that_is_not_translated_is_found(copied: Copy) -> None:
    add(copied)
    copied.put("languages/fr/glossary.yml", ("zork",), GONE)

    assert copied.found() == [error("languages/fr/glossary.yml", "zork: is missing; translate it")]


def test_a_word_without_a_source_is_found(copied: Copy) -> None:
    add(copied)
    copied.put(GLOSSARY, ("zork",), GONE)

    found = {(x.path, x.message.split(";")[0]) for x in copied.found()}

    said = "zork: has no source in knowledge/glossary.yml"
    assert found == {
        (f"knowledge/languages/{code}/glossary.yml", said) for code in ("es", "ht", "en", "fr")
    }


def test_a_word_to_be_reviewed_is_a_warning(copied: Copy) -> None:
    add(copied)
    copied.put(GLOSSARY, ("zork", "review_by"), "2026-10")

    assert copied.found() == [warning(GLOSSARY, "zork: review was due in 2026-10")]
