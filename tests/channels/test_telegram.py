"""Telegram's limits: https://core.telegram.org/bots/api#sendmessage."""

from __future__ import annotations

import pytest

from bot.model import Choice, Paragraph, Reply
from channels.telegram import Telegram


def reply(number: int, text: str = "one") -> Reply:
    """A reply with so many choices."""
    choices = tuple(Choice(f"choice {n}", f"payload.{n}") for n in range(number))
    return Reply(paragraphs=(Paragraph(text, "short"),), choices=choices)


def test_the_long_form_is_shown() -> None:
    assert [message.text for message in Telegram().render(reply(0))] == ["one"]


@pytest.mark.parametrize("number", [1, 11, 100])
def test_choices_are_buttons(number: int) -> None:
    made = reply(number)

    assert Telegram().render(made)[-1].buttons == made.choices


def test_more_choices_than_a_keyboard_has_are_numbered() -> None:
    assert Telegram().render(reply(101))[-1].text.endswith("101 choice 100")


@pytest.mark.parametrize(("letters", "lengths"), [(4096, [4096]), (4097, [4096, 1])])
def test_no_message_is_longer_than_telegram_takes(letters: int, lengths: list[int]) -> None:
    messages = Telegram().render(reply(0, "x" * letters))

    assert [len(message.text) for message in messages] == lengths
