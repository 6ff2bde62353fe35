"""What all channels share: texts, buttons, and numbered lines where there are no buttons."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import Choice, Paragraph, Reply
from channels.base import Channel, numbered

WORD = "paspò "


class Small(Channel):
    """A channel with narrow limits."""

    name = "small"
    longest = 40
    most_buttons = 3


def choices(number: int) -> tuple[Choice, ...]:
    """So many choices."""
    return tuple(Choice(f"choice {n}", f"payload.{n}") for n in range(1, number + 1))


def reply(*texts: str, **more: Any) -> Reply:
    """A reply with these paragraphs, whose short forms are not to be seen here."""
    return Reply(paragraphs=tuple(Paragraph(x, "short") for x in texts), **more)


def shown(made: Reply) -> list[str]:
    """The texts of the messages."""
    return [message.text for message in Small().render(made)]


def test_paragraphs_are_parted_by_an_empty_line() -> None:
    assert shown(reply("one", "two")) == ["one\n\ntwo"]


def test_a_reply_without_choices_has_no_buttons() -> None:
    assert Small().render(reply("one"))[0].buttons == ()


def test_choices_become_buttons() -> None:
    assert Small().render(reply("one", choices=choices(3)))[0].buttons == choices(3)


def test_the_prompt_stands_before_the_buttons() -> None:
    made = reply("one", choices=choices(2), prompt="also:", choose="number:")

    assert shown(made) == ["one\n\nalso:"]


def test_buttons_without_a_prompt_leave_no_empty_lines() -> None:
    assert shown(reply("one", choices=choices(2))) == ["one"]


def test_more_choices_than_buttons_become_numbered_lines() -> None:
    made = reply("one", choices=choices(4))
    lines = "1 choice 1\n2 choice 2\n3 choice 3\n4 choice 4"

    assert "\n".join(shown(made)) == f"one\n\n{lines}"


def test_numbered_lines_have_no_buttons() -> None:
    assert Small().render(reply("one", choices=choices(4)))[-1].buttons == ()


def test_numbered_lines_stand_between_the_prompt_and_how_to_choose() -> None:
    made = reply("one", choices=choices(4), prompt="also:", choose="number:")
    lines = "\n".join(shown(made)).splitlines()

    assert (lines[2], lines[-1]) == ("also:", "number:")


def test_the_buttons_are_under_the_last_message() -> None:
    messages = Small().render(reply(WORD * 20, choices=choices(2)))

    assert [len(message.buttons) for message in messages] == [0] * (len(messages) - 1) + [2]


@pytest.mark.parametrize("length", [1, 7, 50])
def test_no_message_is_longer_than_the_channel_takes(length: int) -> None:
    lengths = [len(text) for text in shown(reply(WORD * length))]

    assert max(lengths) <= Small.longest


def test_a_long_text_loses_no_word() -> None:
    assert " ".join(shown(reply(WORD * 50))).split() == [WORD.strip()] * 50


def test_a_place_in_the_text_for_a_cut_is_the_end_of_a_paragraph() -> None:
    assert shown(reply("the first paragraph", "the second paragraph")) == [
        "the first paragraph",
        "the second paragraph",
    ]


def test_choices_are_numbered_from_one() -> None:
    assert numbered(choices(2)) == ["1 choice 1", "2 choice 2"]
