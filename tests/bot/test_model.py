"""What travels through the program can be stored and comes back the same."""

from __future__ import annotations

import json

import pytest

from bot.model import Choice, Message, Paragraph, Place, Reply

FULL = Reply(
    paragraphs=(Paragraph("the long form", "short"), Paragraph("only long")),
    choices=(Choice("Paspò", "documents.passport"), Choice("Ayiti", "country:HT")),
    prompt="Tou:",
    choose="Reponn ak yon nimewo:",
    optional=True,
    place=Place(18.5, -72.3, "Delmas"),
    topic="documents.passport",
    confidence=0.87,
    language="ht",
    country="HT",
    outcome="clarified",
    options=("documents.passport", "documents.minor"),
    sources=({"url": "https://example.org", "date": "2026-01"},),
    effect="erase",
)


@pytest.mark.parametrize("reply", [FULL, Reply()], ids=["full", "empty"])
def test_a_stored_reply_comes_back_the_same(reply: Reply) -> None:
    assert Reply.from_json(json.loads(json.dumps(reply.as_json()))) == reply


@pytest.mark.parametrize(
    ("paragraph", "text"), [(Paragraph("long", "short"), "short"), (Paragraph("long"), "long")]
)
def test_an_sms_has_the_short_form_where_there_is_one(paragraph: Paragraph, text: str) -> None:
    assert paragraph.for_sms() == text


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (Message("text", "Wi"), {"type": "text", "text": "Wi"}),
        (
            Message("text", "Wi", buttons=(Choice("Paspò", "documents.passport"),)),
            {"type": "text", "text": "Wi", "buttons": ["Paspò"]},
        ),
        (
            Message("text", "Wi", encoding="GSM-7", segments=1),
            {"type": "text", "text": "Wi", "encoding": "GSM-7", "segments": 1},
        ),
    ],
)
def test_a_message_is_shown_with_what_its_channel_has(
    message: Message, shown: dict[str, object]
) -> None:
    assert message.as_json() == shown
