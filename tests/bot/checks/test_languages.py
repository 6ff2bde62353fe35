"""What `alo check` finds in the languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.conftest import GONE, PASSPORT, Copy, Like, error, words_of

PHRASES = "languages/en/phrases.yml"
LABELS = "languages/en/topics.yml"
COUNTRIES = "languages/en/countries.yml"
COMMANDS = "languages/en/commands.yml"
SETTINGS = "languages/en/language.yml"


@pytest.mark.parametrize(
    ("file", "keys", "value", "expected"),
    [
        pytest.param(
            SETTINGS,
            ("fallback",),
            "xx",
            error(SETTINGS, "fallback: `xx` is no language here"),
            id="the fallback is no language",
        ),
        pytest.param(
            SETTINGS,
            ("date",),
            "{dia} {month} {year}",
            error(SETTINGS, "date"),
            id="the form of a date has another placeholder",
        ),
        pytest.param(
            SETTINGS,
            ("month_year",),
            "{month} {year",
            error(SETTINGS, "month_year"),
            id="the form of a month has a brace without partner",
        ),
        pytest.param(
            SETTINGS,
            ("money", "USD"),
            "US${sum}",
            error(SETTINGS, "USD"),
            id="the form of an amount has another placeholder",
        ),
        pytest.param(
            PHRASES,
            ("also",),
            GONE,
            error(PHRASES, "also: is missing; translate it"),
            id="a phrase is missing",
        ),
        pytest.param(
            PHRASES,
            ("days", "Mon"),
            GONE,
            error(PHRASES, "days: has other placeholders or keys"),
            id="a table of words lacks one",
        ),
        pytest.param(
            PHRASES,
            ("danger_first", "short"),
            "In danger 😀:",
            error(PHRASES, "danger_first: short text has 😀"),
            id="a short phrase has a letter that SMS does not have",
        ),
        pytest.param(
            PHRASES,
            ("also",),
            "You can also ask 😀:",
            error(PHRASES, "also: "),
            id="a phrase of one form has a letter that SMS does not have",
        ),
        pytest.param(
            LABELS,
            ("topics", "documents.passport"),
            "Passport 😀",
            error(LABELS, "documents.passport: "),
            id="a label has a letter that SMS does not have",
        ),
        pytest.param(
            LABELS,
            ("topics", "documents.passport"),
            "x" * 21,
            error(LABELS, "documents.passport: label has 21 letters, a button shows 20"),
            id="a label is too long",
        ),
        pytest.param(
            LABELS,
            ("groups", "documents"),
            "x" * 21,
            error(LABELS, "documents: label has 21 letters, a button shows 20"),
            id="the label of a group is too long",
        ),
        pytest.param(
            LABELS,
            ("topics", "documents.passport"),
            GONE,
            error(LABELS, "no label for documents.passport; add it"),
            id="a topic has no label",
        ),
        pytest.param(
            LABELS,
            ("groups", "documents"),
            GONE,
            error(LABELS, "no label for documents; add it"),
            id="a group has no label",
        ),
        pytest.param(
            LABELS,
            ("topics", "documents.invented"),
            "Invented",
            error(LABELS, "documents.invented: is no topic of topics.yml"),
            id="a label is of no topic",
        ),
        pytest.param(
            LABELS,
            ("topics", "documents.passport"),
            "Birth certificate",
            error(LABELS, "documents.passport: has the same label as documents.birth_certificate"),
            id="two topics have one label",
        ),
        pytest.param(
            COUNTRIES,
            ("HT",),
            GONE,
            error(COUNTRIES, "no name for HT; add it"),
            id="a country has no name",
        ),
        pytest.param(
            COUNTRIES,
            ("MX", "aliases"),
            ["hati"],
            error(COUNTRIES, "MX: `hati` also means HT; keep it in one place"),
            id="two countries have one name",
        ),
        pytest.param(
            "languages/en/aspects.yml",
            ("cost",),
            GONE,
            error("languages/en/aspects.yml", "cost: is missing; add it"),
            id="an aspect is missing",
        ),
        pytest.param(
            "languages/en/things.yml",
            ("documents",),
            GONE,
            error("languages/en/things.yml", "documents: is missing; add it"),
            id="the names of documents are missing",
        ),
        pytest.param(
            "languages/en/danger.yml",
            ("protection.violence",),
            GONE,
            error("languages/en/danger.yml", "protection.violence: is missing; add it"),
            id="a danger is missing",
        ),
        pytest.param(
            "languages/en/danger.yml",
            ("protection.invented",),
            ["dragon"],
            error("languages/en/danger.yml", "protection.invented: is no topic of topics.yml"),
            id="a danger is no topic",
        ),
        pytest.param(
            COMMANDS,
            ("meta.invented",),
            ["abracadabra"],
            error(COMMANDS, "meta.invented: is no topic of topics.yml; choose one"),
            id="a command is no topic",
        ),
        pytest.param(
            COMMANDS,
            ("meta.bot",),
            ["stop"],
            error(COMMANDS, "meta.bot: `stop` is also meta.stop; keep it in one place"),
            id="a word is two commands",
        ),
        pytest.param(
            COMMANDS,
            ("meta.bot",),
            ["PÁRAR"],
            error(COMMANDS, "meta.bot: `parar` is also meta.stop; keep it in one place"),
            id="a word is another command in another language",
        ),
        pytest.param(
            "aspects.yml",
            ("h2", "cost"),
            "h2.invented",
            error("aspects.yml", "h2.invented"),
            id="the topic of an aspect is none",
        ),
    ],
)
def test_a_fault_is_found_and_nothing_else(
    copied: Copy, file: str, keys: tuple[str, ...], value: Any, expected: Like
) -> None:
    copied.put(file, keys, value)

    assert copied.found() == [expected]


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        pytest.param(("no_answer",), "Nothing on {thing}.", id="in a phrase"),
        pytest.param(("no_answer",), "Nothing on {topic.", id="a brace without partner"),
        pytest.param(("as_of", "full"), "From {mont}, {confirm}", id="in what every answer has"),
        pytest.param(("as_of", "short"), "({mont}, {confirm})", id="in what every SMS has"),
        pytest.param(("country_assumed", "short"), "For {land}.", id="in a short form"),
        pytest.param(("for_country",), "{land}:", id="in the heading"),
        pytest.param(("hub_none",), "Nothing in {land}.", id="in what a table has"),
        pytest.param(("contact_ask",), "{kind}: {nombre}", id="in a line of the contacts"),
    ],
)
def test_other_placeholders_are_found(copied: Copy, keys: tuple[str, ...], value: str) -> None:
    copied.put(PHRASES, keys, value)

    assert copied.found() == [error(PHRASES, f"{keys[0]}: has other placeholders")]


@pytest.mark.parametrize(
    ("file", "keys"),
    [
        (PHRASES, ("also",)),
        (LABELS, ("topics", "documents.passport")),
        (COUNTRIES, ("HT",)),
        (PHRASES, ("contact",)),
        ("languages/en/aspects.yml", ("cost",)),
        ("languages/en/things.yml", ("documents",)),
        ("languages/en/danger.yml", ("protection.violence",)),
        ("languages/en/pages.yml", ("send",)),
        ("languages/en/pages/staff.yml", ("sign_in",)),
        (words_of(PASSPORT), ("HT",)),
    ],
)
def test_a_language_that_is_partial_may_lack_anything(
    copied: Copy, file: str, keys: tuple[str, ...]
) -> None:
    copied.put(SETTINGS, ("partial",), "true")
    copied.put(file, keys, GONE)

    assert copied.found() == []


@pytest.mark.parametrize("command", ["simpler", "other", "yes", "no"])
def test_a_command_may_be_one_that_is_no_topic(copied: Copy, command: str) -> None:
    copied.put(COMMANDS, (command,), ["abracadabra"])

    assert copied.found() == []


def test_the_same_word_may_be_the_same_command_in_two_languages(copied: Copy) -> None:
    copied.put(COMMANDS, ("meta.stop",), ["stop", "parar", "sispann"])

    assert copied.found() == []
