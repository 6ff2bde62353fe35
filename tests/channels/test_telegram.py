"""Telegram: what is shown, sent, fetched, and set up."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot import registry
from bot.errors import Blocked, Retryable, Undeliverable, Unsure
from bot.knowledge import Knowledge
from bot.model import Choice, Message, Paragraph, Place, Reply
from bot.wire import Call, Delivery
from channels.telegram import Telegram, as_html, keyboard
from tests.channels.conftest import CHAT, call, choices
from tests.channels.harness import PUBLIC, TELEGRAM
from tests.conftest import make_settings
from tests.standins import telegram as standin
from tests.standins.server import BUSY, ERROR, LOST, UNANSWERED, serving


def reply(number: int, text: str = "one") -> Reply:
    """A reply with so many choices."""
    return Reply(paragraphs=(Paragraph(text, "short"),), choices=choices(number))


@pytest.mark.parametrize(("number", "tappable"), [(1, 1), (10, 10), (100, 100), (101, 0)])
def test_choices_are_a_keyboard(number: int, tappable: int) -> None:
    assert len(Telegram().render(reply(number))[-1].buttons) == tappable


def test_a_payload_that_is_too_long_makes_numbered_lines() -> None:
    long = Reply(paragraphs=(Paragraph("one"),), choices=(Choice("a", "é" * 33),))

    assert Telegram().render(long)[-1].buttons == ()


def test_every_answer_fits_one_message(content: Knowledge) -> None:
    texts = [
        "\n\n".join(text.full.values())
        for language in content.languages.values()
        for variants in language.texts.values()
        for text in variants.values()
    ]

    assert [text for text in texts if len(Telegram().render(reply(3, text))) > 1] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("You pay:\n- the visa", "<b>You pay:</b>\n- the visa"),
        ("- the visa:", "- the visa:"),
        ("<b>:", "<b>&lt;b&gt;:</b>"),
        ("x" * 90 + ":", "x" * 90 + ":"),
    ],
)
def test_headings_are_bold_and_signs_are_signs(text: str, shown: str) -> None:
    assert as_html(text) == shown


def test_without_choices_there_is_no_keyboard() -> None:
    assert keyboard(Message("text", "x")) is None


async def test_a_message_is_sent_without_a_preview(
    at_telegram: Any, telegram: standin.Telegram
) -> None:
    number = await at_telegram.send(call(CHAT, "a < b", buttons=choices(2)))
    sent = telegram.messages[0]

    assert (number, sent["chat_id"], sent["text"], "payload.2" in sent["reply_markup"]) == (
        str(sent["id"]),
        CHAT,
        "a &lt; b",
        True,
    )
    assert '"is_disabled": true' in sent["link_preview_options"]


@pytest.mark.parametrize(
    ("label", "method"),
    [("", "sendLocation"), ("Hub", "sendVenue"), ("Hub, Street 1", "sendVenue")],
)
async def test_a_place_is_a_pin_or_a_venue(
    at_telegram: Any, telegram: standin.Telegram, label: str, method: str
) -> None:
    place = Place(14.3, -87.2, label)
    await at_telegram.send(Call(1, CHAT, Message("location", label, place=place), 0.0))

    assert telegram.calls[0][0] == method


@pytest.mark.parametrize(("where", "error"), [("blocked", Blocked), ("unknown", Undeliverable)])
async def test_each_refusal_has_its_class(
    at_telegram: Any, telegram: standin.Telegram, where: str, error: type[Exception]
) -> None:
    getattr(telegram, where).add(CHAT)
    with pytest.raises(error) as raised:
        await at_telegram.send(call(CHAT))

    assert CHAT not in str(raised.value)


@pytest.mark.parametrize(
    ("fault", "error"),
    [(BUSY, Retryable), (ERROR, Unsure), (LOST, Unsure), (UNANSWERED, Unsure)],
)
async def test_each_fault_of_the_network_has_its_class(
    at_telegram: Any, telegram: standin.Telegram, fault: str, error: type[Exception]
) -> None:
    telegram.faults.share, telegram.faults.kinds = 1.0, (fault,)
    with pytest.raises(Retryable) as raised:
        await at_telegram.send(call(CHAT))

    assert type(raised.value) is error


@pytest.mark.parametrize("given", ["", "another", "é", "\udcff"])
def test_another_secret_is_refused(tmp_path: Path, given: str) -> None:
    from bot.wire import Knock

    channel = registry.connected(make_settings(tmp_path, **TELEGRAM))["telegram"]

    assert not channel.verify(Knock("/", {"x-telegram-bot-api-secret-token": given}, b"{}"))


def test_without_a_secret_nobody_may_knock(tmp_path: Path) -> None:
    from bot.wire import Knock

    more = {**TELEGRAM, "TELEGRAM_SECRET_TOKEN": ""}
    channel = registry.connected(make_settings(tmp_path, **more))["telegram"]

    assert not channel.verify(Knock("/", {"x-telegram-bot-api-secret-token": ""}, b"{}"))


@pytest.mark.parametrize(
    ("missing", "polls"),
    [("", False), ("ALO_PUBLIC_URL", True), ("TELEGRAM_SECRET_TOKEN", True)],
)
def test_messages_are_fetched_where_telegram_cannot_reach_us(
    tmp_path: Path, missing: str, polls: bool
) -> None:
    less = {name: value for name, value in TELEGRAM.items() if name != missing}

    assert registry.connected(make_settings(tmp_path, **less))["telegram"].polls() is polls


async def test_what_is_fetched_is_kept_first_and_then_forgotten(
    telegram: standin.Telegram, tmp_path: Path
) -> None:
    telegram.updates = [
        standin.update(1, 5, text="one"),
        {"update_id": 2, "message": {"chat": 7}},
        standin.pressed(3, 5, "h2.cost"),
    ]
    got: list[Delivery] = []

    async def receive(delivery: Delivery) -> bool:
        got.append(delivery)
        return True

    with serving(telegram.app()) as address:
        more = {"TELEGRAM_BOT_TOKEN": standin.TOKEN, "TELEGRAM_API_URL": address}
        channel = registry.connected(make_settings(tmp_path, **more))["telegram"]
        task = asyncio.create_task(channel.poll(receive))
        while telegram.updates or not telegram.acknowledged:
            await asyncio.sleep(0.02)
        task.cancel()

    assert [x.message_id for delivery in got for x in delivery.messages] == ["1.1", "3.3"]
    assert telegram.acknowledged == ["q3"]


async def test_the_doctor_sets_the_webhook(at_telegram: Any, telegram: standin.Telegram) -> None:
    before = [x.good for x in await at_telegram.check()]
    after = [x.good for x in await at_telegram.repair()]

    assert (before, after, telegram.webhook["url"]) == (
        [True, False],
        [True, True],
        f"{PUBLIC}/hooks/telegram",
    )
