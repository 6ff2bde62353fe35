"""SMS: short, in GSM-7, and never dearer than it must be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.model import Choice, Message, Paragraph, Reply
from channels.sms import Sms

CHOICES = (Choice("Paspò", "documents.passport"), Choice("Viza H-2", "h2.what"))
NUMBERED = "1 Paspò\n2 Viza H-2"
ONE, TWO, THREE = 160, 306, 459  # septets that fit into so many segments


def reply(short: str, **more: Any) -> Reply:
    """A reply whose long form is not to be seen here."""
    return Reply(paragraphs=(Paragraph("the long form", short),), **more)


def offer(letters: int, **more: Any) -> Reply:
    """A reply of so many letters with choices that it can do without."""
    return reply("x" * letters, choices=CHOICES, prompt="Tou:", optional=True, **more)


def texts(made: Reply) -> list[str]:
    """The texts of the messages."""
    return [message.text for message in Sms().render(made)]


def test_the_short_form_is_shown() -> None:
    assert texts(reply("kout")) == ["kout"]


def test_without_a_short_form_the_long_one_is_shown() -> None:
    assert texts(reply("")) == ["the long form"]


def test_paragraphs_are_lines_of_one_message() -> None:
    made = Reply(paragraphs=(Paragraph("long", "one"), Paragraph("long", "two")))

    assert texts(made) == ["one\ntwo"]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Cédula: dónde", "Cédula: donde"),
        ("Enfòmasyon “sou” viza…", 'Enfòmasyon "sou" viza...'),
        ("Où êtes-vous, ça va ?", "Où etes-vous, ca va ?"),
    ],
)
def test_letters_are_brought_to_those_that_cost_nothing(written: str, sent: str) -> None:
    assert texts(reply(written)) == [sent]


@pytest.mark.parametrize(
    ("text", "encoding", "segments"),
    [
        ("x" * ONE, "GSM-7", 1),
        ("x" * (ONE + 1), "GSM-7", 2),
        ("x" * TWO, "GSM-7", 2),
        ("x" * (TWO + 1), "GSM-7", 3),
        ("[" * 81, "GSM-7", 2),
        ("ж" * 70, "UCS-2", 1),
        ("ж" * 71, "UCS-2", 2),
    ],
)
def test_a_message_says_what_it_costs(text: str, encoding: str, segments: int) -> None:
    assert Sms().render(reply(text)) == [
        Message("text", text, encoding=encoding, segments=segments)
    ]


def test_choices_are_numbered_lines() -> None:
    assert texts(reply("Kisa?", choices=CHOICES)) == [f"Kisa?\n{NUMBERED}"]


def test_the_labels_of_choices_are_brought_to_cheap_letters_too() -> None:
    made = reply("¿En qué país?", choices=(Choice("Panamá", "country:PA"),))

    assert texts(made) == ["¿En qué pais?\n1 Panama"]


def test_choices_that_are_needed_have_no_prompt() -> None:
    assert texts(reply("Kisa?", choices=CHOICES, prompt="Tou:")) == [f"Kisa?\n{NUMBERED}"]


def test_choices_have_no_buttons() -> None:
    assert Sms().render(reply("Kisa?", choices=CHOICES))[0].buttons == ()


def test_optional_choices_stand_after_their_prompt() -> None:
    assert texts(offer(10)) == [f"{'x' * 10}\nTou:\n{NUMBERED}"]


@pytest.mark.parametrize(
    "letters",
    [
        pytest.param(10, id="room in the first segment"),
        pytest.param(200, id="room in the second segment"),
        pytest.param(TWO + 1, id="room in the third segment"),
    ],
)
def test_optional_choices_that_cost_nothing_stay(letters: int) -> None:
    assert NUMBERED in texts(offer(letters))[0]


@pytest.mark.parametrize("letters", [TWO - 10, TWO, THREE])
def test_optional_choices_that_cost_a_segment_are_left_out(letters: int) -> None:
    assert texts(offer(letters)) == ["x" * letters]


@pytest.mark.parametrize("letters", [TWO - 10, TWO, THREE])
def test_choices_that_are_needed_always_stay(letters: int) -> None:
    assert NUMBERED in texts(replace(offer(letters), optional=False))[0]


def test_a_text_longer_than_a_provider_takes_is_several_messages() -> None:
    messages = texts(reply("paspò " * 500))

    assert [len(text) <= Sms.longest for text in messages] == [True, True]


def test_a_long_text_loses_no_word() -> None:
    assert " ".join(texts(reply("paspò " * 500))).split() == ["paspò"] * 500
