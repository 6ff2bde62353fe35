"""`alo ask` and `alo chat`: what they print, and what they remember."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import terminal
from bot.errors import SettingsError
from bot.model import Choice, Paragraph, Reply
from bot.tables import dialogues
from bot.terminal import Asked, Terminal
from tests import samples
from tests.conftest import make_settings

KEYS = [
    "topic",
    "confidence",
    "language",
    "country",
    "outcome",
    "options",
    "messages",
    "sources",
]
CHANNELS = ["web", "sms", "whatsapp", "telegram"]
CHOICES = (Choice("Paspò", "documents.passport"), Choice("Viza H-2", "h2.what"))
SOURCES = ({"url": "https://example.org", "date": "2026-01"},)
REPLY = Reply(
    paragraphs=(Paragraph("the long form", "the short form"),),
    topic="h2.what",
    confidence=0.123456,
    language="ht",
    country="HT",
    outcome="clarified",
    options=("h2.what", "h2.cost"),
    sources=SOURCES,
)
QUESTION = "como saco el pasaporte en honduras"
FOLLOW_UP = "y cuanto cuesta?"


def first(channel: str, **more: Any) -> dict[str, Any]:
    """The first message of the object."""
    reply = Reply(paragraphs=(Paragraph("the long form", "kout"),), **more)
    message: dict[str, Any] = terminal.as_json(reply, channel)["messages"][0]
    return message


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_object_has_exactly_the_keys_that_were_promised(channel: str) -> None:
    assert sorted(terminal.as_json(REPLY, channel)) == sorted(KEYS)


def test_the_object_says_what_was_understood() -> None:
    shown = terminal.as_json(REPLY, "web")

    assert {key: shown[key] for key in KEYS if key != "messages"} == {
        "topic": "h2.what",
        "confidence": 0.1235,
        "language": "ht",
        "country": "HT",
        "outcome": "clarified",
        "options": ["h2.what", "h2.cost"],
        "sources": list(SOURCES),
    }


@pytest.mark.parametrize("channel", ["web", "whatsapp", "telegram"])
def test_a_message_has_type_and_text(channel: str) -> None:
    assert first(channel) == {"type": "text", "text": "the long form"}


@pytest.mark.parametrize(
    ("short", "encoding", "segments"),
    [("kout", "GSM-7", 1), ("x" * 161, "GSM-7", 2), ("護照", "UCS-2", 1)],
)
def test_a_message_by_sms_has_encoding_and_segments(
    short: str, encoding: str, segments: int
) -> None:
    shown = terminal.as_json(Reply(paragraphs=(Paragraph("long", short),)), "sms")

    assert shown["messages"] == [
        {"type": "text", "text": short, "encoding": encoding, "segments": segments}
    ]


def test_a_message_with_choices_has_buttons() -> None:
    assert first("web", choices=CHOICES)["buttons"] == ["Paspò", "Viza H-2"]


def test_for_reading_a_button_has_a_number() -> None:
    shown = terminal.as_text(Reply(paragraphs=(Paragraph("long"),), choices=CHOICES), "web")

    assert shown == "long\n[1 Paspò]\n[2 Viza H-2]"


def test_for_reading_an_sms_has_its_cost() -> None:
    assert terminal.as_text(REPLY, "sms") == "the short form\n(1 SMS, GSM-7)"


@pytest.mark.parametrize("language", ["auto", "es", "ht"])
def test_a_language_that_is_there_can_be_chosen(language: str) -> None:
    assert terminal.check_language(language, ["es", "ht"]) is None


@pytest.mark.parametrize("language", ["xx", "", "ES", "espanol"])
def test_a_language_that_is_not_there_is_named_with_those_that_are(language: str) -> None:
    with pytest.raises(SettingsError, match=rf"^--lang {language}: choose auto or .* es, ht$"):
        terminal.check_language(language, ["es", "ht"])


@pytest.fixture(scope="module")
def talker(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A terminal. Loading its model takes some seconds: once for all tests."""
    made = Terminal(make_settings(tmp_path_factory.mktemp("terminal")), model)
    yield made
    made._store.close()


@pytest.mark.model
def test_a_message_is_answered(talker: Terminal) -> None:
    reply = talker.ask(Asked(QUESTION))

    assert (reply.topic, reply.country) == ("documents.passport", "HN")


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "language"),
    [
        pytest.param(Asked(QUESTION), "es", id="its own"),
        pytest.param(Asked(QUESTION, language="ht"), "ht", id="the one that was chosen"),
        pytest.param(Asked("???", region="BZ"), "en", id="that of the region"),
    ],
)
def test_the_language_of_the_reply(talker: Terminal, asked: Asked, language: str) -> None:
    assert talker.ask(asked).language == language


@pytest.mark.model
def test_a_named_conversation_is_remembered(talker: Terminal) -> None:
    talker.ask(Asked(QUESTION), "remembered")

    assert talker.ask(Asked(FOLLOW_UP), "remembered").topic == "documents.passport"


@pytest.mark.model
def test_another_terminal_remembers_it_too(model: Path, tmp_path: Path) -> None:
    Terminal(make_settings(tmp_path), model).ask(Asked(QUESTION), "kept")

    later = Terminal(make_settings(tmp_path), model).ask(Asked(FOLLOW_UP), "kept")

    assert later.topic == "documents.passport"


@pytest.mark.model
@pytest.mark.parametrize("then", ["", "another"])
def test_a_conversation_does_not_know_of_another(talker: Terminal, then: str) -> None:
    talker.ask(Asked(QUESTION), "one")

    assert talker.ask(Asked(FOLLOW_UP), then).topic == "meta.menu"


@pytest.mark.model
def test_one_without_a_name_is_not_remembered(talker: Terminal) -> None:
    talker.ask(Asked(QUESTION))

    assert talker.ask(Asked(FOLLOW_UP)).topic == "meta.menu"


@pytest.mark.model
def test_one_without_a_name_is_not_stored(talker: Terminal) -> None:
    before = samples.column(talker._store, dialogues.c.state)
    talker.ask(Asked(QUESTION))

    assert samples.column(talker._store, dialogues.c.state) == before


@pytest.mark.model
def test_a_conversation_that_is_to_be_erased_is_forgotten(talker: Terminal) -> None:
    talker.ask(Asked(QUESTION), "erased")
    talker.ask(Asked("BORRAR"), "erased")

    assert talker.ask(Asked(FOLLOW_UP), "erased").topic == "meta.menu"


@pytest.mark.model
def test_the_name_of_a_conversation_is_not_kept(talker: Terminal) -> None:
    talker.ask(Asked(QUESTION), "Zulmarina")

    assert "Zulmarina" not in samples.column(talker._store, dialogues.c.conversation)
