"""Faults of the ready-made replies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.checks import canned as checked
from bot.knowledge import Knowledge


def test_the_content_has_none(content: Knowledge) -> None:
    assert list(checked.faults(content)) == []


@pytest.mark.parametrize("text", ["你好", "ok 👍"])
def test_a_ready_made_reply_that_an_sms_cannot_carry(content: Knowledge, text: str) -> None:
    pages = {**content.languages["en"].pages, "canned": {"greet": {"label": "Hi", "text": text}}}
    english = replace(content.languages["en"], pages=pages)
    changed = replace(content, languages={**content.languages, "en": english})
    faults = [f"{fault.path}: {fault.message}" for fault in checked.faults(changed)]

    assert len(faults) == 1
    assert faults[0].startswith("knowledge/languages/en/pages/canned.yml: greet: ")


def test_a_language_without_any_has_no_fault(content: Knowledge) -> None:
    bare = replace(content.languages["pt"], pages={})

    assert not list(checked.faults(replace(content, languages={"pt": bare})))
