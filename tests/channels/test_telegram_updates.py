"""Updates of every kind (see also recorded.py, which the contract runs through the edge)."""

from __future__ import annotations

from typing import Any

import pytest

from channels._telegram_updates import delivery
from tests.standins.telegram import pressed, update

CHAT = 77190042
MEMBER = {"user": {"id": 1, "is_bot": True, "first_name": "Alo"}}


def changed(status: str) -> dict[str, Any]:
    """An update that says how the bot stands with a person."""
    banned = {"until_date": 0} if status == "kicked" else {}
    return {
        "update_id": 1,
        "my_chat_member": {
            "chat": {"id": CHAT, "type": "private"},
            "date": 1,
            "from": {"id": CHAT, "is_bot": False, "first_name": "x"},
            "old_chat_member": {**MEMBER, "status": "member"},
            "new_chat_member": {**MEMBER, "status": status, **banned},
        },
    }


@pytest.mark.parametrize(("status", "left"), [("kicked", (str(CHAT),)), ("member", ())])
def test_who_blocks_the_bot_has_left(status: str, left: tuple[str, ...]) -> None:
    assert delivery(changed(status)).left == left


def test_a_pressed_button_is_acknowledged() -> None:
    assert delivery(pressed(5, CHAT, "h2.cost")).reply == {
        "method": "answerCallbackQuery",
        "callback_query_id": "q5",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [("/start", ""), ("/start radio_1", "radio_1"), ("/start@alo_bot x-Y", "x-Y")],
)
def test_a_start_may_bring_a_code(text: str, code: str) -> None:
    found = delivery(update(1, CHAT, text=text)).messages[0]

    assert (found.code, found.choice, found.text) == (code, "meta.menu", "")


@pytest.mark.parametrize("text", ["/start not a code", "/start " + "x" * 65, "start", "/started"])
def test_what_only_looks_like_a_start_is_a_text(text: str) -> None:
    found = delivery(update(1, CHAT, text=text)).messages[0]

    assert (found.text, found.choice, found.code) == (text, "", "")


def test_another_bot_is_not_answered() -> None:
    body = update(1, CHAT, text="x")
    body["message"]["from"]["is_bot"] = True

    assert delivery(body).messages == ()


@pytest.mark.parametrize("body", [None, [], {}, {"update_id": "1"}, "x", 7])
def test_what_is_no_update_is_broken(body: Any) -> None:
    with pytest.raises(ValueError, match="no update"):
        delivery(body)
