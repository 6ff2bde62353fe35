"""The phone page: what is a message and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model import Choice, Incoming, Paragraph, Reply
from bot.text import MAX_INCOMING
from bot.wire import Call
from channels import web
from channels.web import BadMessage, Web

PHONE = "a1b2c3d4e5f6a7b8"
BODY = {"phone": PHONE, "id": "message-1", "region": "HT", "text": "paspò", "choice": ""}


def body(**changes: Any) -> dict[str, Any]:
    """A good body with something changed."""
    return {**BODY, **changes}


def without(name: str) -> dict[str, Any]:
    """A good body with something missing."""
    return {key: value for key, value in BODY.items() if key != name}


def test_a_body_becomes_a_message() -> None:
    message = web.parse(body())

    assert (message.channel, message.address, message.region, message.text) == (
        "web",
        PHONE,
        "HT",
        "paspò",
    )


def test_a_tapped_choice_becomes_a_message() -> None:
    assert web.parse(body(choice="country:HT")).choice == "country:HT"


@pytest.mark.parametrize("name", ["region", "choice", "text"])
def test_what_a_message_can_do_without_may_be_missing(name: str) -> None:
    assert getattr(web.parse(without(name)), name) == ""


def test_the_same_id_from_another_phone_is_another_message() -> None:
    ids = [web.parse(body(phone=phone)).message_id for phone in (PHONE, PHONE[::-1])]

    assert ids[0] != ids[1]


def test_the_same_id_from_the_same_phone_is_the_same_message() -> None:
    ids = [web.parse(body(text=text)).message_id for text in ("one", "two")]

    assert ids[0] == ids[1]


@pytest.mark.parametrize("other", [None, [], "text", 1, True, [BODY]])
def test_what_is_no_object_is_no_message(other: Any) -> None:
    with pytest.raises(BadMessage, match="JSON object"):
        web.parse(other)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", ""),
        ("phone", "short"),
        ("phone", "x" * 41),
        ("phone", "with a space 1234"),
        ("phone", f"{PHONE}\n"),
        ("phone", 1234567890123456),
        ("phone", None),
        ("phone", [PHONE]),
        ("id", ""),
        ("id", "1"),
        ("id", "x" * 65),
        ("id", "../../etc/passwd"),
        ("id", 12345678),
        ("id", {"a": 1}),
        ("region", "ht"),
        ("region", "HTI"),
        ("region", "H1"),
        ("region", None),
        ("choice", "x" * 65),
        ("choice", '"}'),
        ("choice", "a b"),
        ("choice", 1),
        ("text", None),
        ("text", 1),
        ("text", ["paspò"]),
    ],
)
def test_a_field_of_the_wrong_form_is_named(name: str, value: Any) -> None:
    with pytest.raises(BadMessage, match=f"`{name}`"):
        web.parse(body(**{name: value}))


@pytest.mark.parametrize("name", ["phone", "id"])
def test_a_missing_field_is_named(name: str) -> None:
    with pytest.raises(BadMessage, match=f"`{name}`"):
        web.parse(without(name))


def test_a_fault_does_not_repeat_what_was_sent() -> None:
    with pytest.raises(BadMessage) as raised:
        web.parse(body(phone="Zulmarina"))

    assert "Zulmarina" not in str(raised.value)


def test_a_far_too_long_text_is_cut_where_it_still_counts_as_too_long() -> None:
    assert len(web.parse(body(text="x" * 50_000)).text) == MAX_INCOMING + 1


def test_unknown_fields_do_no_harm() -> None:
    assert isinstance(web.parse(body(unknown=[1, 2])), Incoming)


def test_the_phone_of_a_query_is_taken() -> None:
    assert web.phone(PHONE) == PHONE


@pytest.mark.parametrize("value", ["", "short", "../../../../etc/passwd", f"{PHONE}\n"])
def test_a_phone_of_the_wrong_form_is_named(value: str) -> None:
    with pytest.raises(BadMessage, match="`phone`"):
        web.phone(value)


def test_choices_are_buttons() -> None:
    choices = tuple(Choice(f"choice {n}", f"payload.{n}") for n in range(20))
    made = Reply(paragraphs=(Paragraph("Kisa?"),), choices=choices)

    assert Web().render(made)[-1].buttons == choices


async def test_sending_is_left_to_the_page() -> None:
    made = Reply(paragraphs=(Paragraph("one"),))

    assert await Web().send(Call(1, PHONE, Web().render(made)[0], 0.0)) == ""
