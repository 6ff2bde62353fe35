"""What `alo check` finds in the rules of the desk."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.conftest import LANGUAGES, Copy, ending, error, warning

DESK = "desk.yml"
LONG = "y una cosa mas que decir " * 12


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        (("country",), "XX", "`XX` is no country"),
        (("timezone",), "Haiti", "no time zone"),
        (("hours", "Mon"), "8-17", "write them like 8:00-17:00"),
        (("teams", 0, "languages"), ["xx"], "languages: `xx` is not known"),
        (("teams", 0, "countries"), ["XX"], "countries: `XX` is not known"),
        (("teams", 0, "topics"), ["h3"], "topics: `h3` is not known"),
        (("teams", 0, "id"), "creole", "creole stands here 2 times"),
        (("names", 0), "Ana Maria", "is no name"),
    ],
)
def test_what_is_wrong_with_the_desk_is_said(
    copied: Copy, keys: tuple[Any, ...], value: Any, said: str
) -> None:
    copied.put(DESK, keys, value)

    assert error(DESK, said) in copied.found()


def test_a_desk_that_never_opens_is_noticed(copied: Copy) -> None:
    copied.put(DESK, ("closed",), [f"2026-{day}" for day in DAYS])

    assert warning(DESK, "nobody is there") in copied.found()


DAYS = [f"11-{day}" for day in range(22, 31)] + [f"12-{day:02}" for day in range(1, 10)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_too_long_for_sms_are_named(copied: Copy, language: str) -> None:
    phrases = f"languages/{language}/phrases.yml"
    copied.put(phrases, ("person_called", "short"), ending(LONG))

    assert error(phrases, "letters of SMS") in copied.found()
