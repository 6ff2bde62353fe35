"""A message that cannot be read is answered with what can be."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from actions.unreadable import ALOUD, REASONS, UnreadableAction
from bot.engine import Heard
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.conftest import Talk
from tests.talks import LANGUAGES, greeted, text


def unreadable(reason: str | None = "empty", **more: Any) -> Done:
    """What comes of a message that cannot be read for this reason."""
    entities = {} if reason is None else {"reason": reason}
    return run(UnreadableAction(), "/unreadable", "unreadable", entities=entities, **more)


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_has_its_words(content: Knowledge, language: str, reason: str) -> None:
    assert unreadable(reason, lang=language).text == content.phrase(language, reason).full


@pytest.mark.parametrize("reason", [None, "", "invented", "menu"])
def test_any_other_reason_has_those_of_an_empty_message(
    content: Knowledge, reason: str | None
) -> None:
    assert unreadable(reason).text == content.phrase("en", "empty").full


def test_it_counts_as_not_understood() -> None:
    assert unreadable().reply.outcome == "fallback"


def test_the_language_is_the_one_before() -> None:
    assert unreadable(heard=("fr", 1.0), language="ht").reply.language == "ht"


@pytest.mark.model
@pytest.mark.parametrize(
    ("wrote", "reason"),
    [("", "empty"), ("\u200b", "empty"), ("😀", "only_words"), ("x" * 2001, "too_long")],
)
def test_the_reason_is_that_of_the_message(
    talk: Talk, content: Knowledge, wrote: str, reason: str
) -> None:
    assert content.phrase("es", reason).full in text(greeted(talk).say(wrote))


@pytest.mark.parametrize("reason", ALOUD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_would_rather_speak_is_told_whom_to_call(
    content: Knowledge, language: str, reason: str
) -> None:
    said = unreadable(reason, lang=language, region="HT").text

    assert (content.phrase(language, reason).full in said, "8840" in said) == (True, True)


def test_a_voice_note_from_nowhere_is_asked_for_the_country(content: Knowledge) -> None:
    said = unreadable("voice").text

    assert content.phrase("en", "danger_no_country").full in said


@pytest.mark.model
@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("picture", "picture"),
        ("document", "document"),
        ("contact", "shared_contact"),
        ("sticker", "only_words"),
        ("unknown", "unknown_kind"),
    ],
)
def test_each_kind_of_message_has_its_words(
    engine: Any, content: Knowledge, kind: str, reason: str
) -> None:
    heard = Heard(kind=kind, region="HT", language="ht")  # type: ignore[arg-type]
    reply, _ = asyncio.run(engine.respond("a test", heard, None))

    assert content.phrase("ht", reason).full in text(reply)
