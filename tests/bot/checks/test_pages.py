"""What `alo check` finds in the words of the pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.conftest import GONE, Copy, Like, error

PAGES, STAFF = "languages/en/pages.yml", "languages/en/pages/staff.yml"


@pytest.mark.parametrize(
    ("file", "keys", "value", "expected"),
    [
        (PAGES, ("send",), GONE, error(PAGES, "send: is missing; add it")),
        (PAGES, ("outcomes", "asked"), GONE, error(PAGES, "outcomes.asked: is missing; add it")),
        (STAFF, ("sign_in",), GONE, error(STAFF, "sign_in: is missing; add it")),
        (STAFF, ("errors", "code"), GONE, error(STAFF, "errors.code: is missing; add it")),
        (PAGES, ("segments",), "{segments} SMS", error(PAGES, "segments: has other placeholders")),
        (STAFF, ("sign_in",), "In, {name}", error(STAFF, "sign_in: has other placeholders")),
    ],
)
def test_a_fault_is_found_in_its_file(
    copied: Copy, file: str, keys: tuple[str, ...], value: Any, expected: Like
) -> None:
    copied.put(file, keys, value)

    assert copied.found() == [expected]
