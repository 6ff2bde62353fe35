"""WhatsApp's limits: https://www.twilio.com/docs/content/whatsapp-list-picker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot import registry
from bot.errors import Blocked
from bot.knowledge import Knowledge
from bot.model import Choice, Message, Paragraph, Place, Reply
from bot.wire import Call
from channels.whatsapp import WhatsApp
from tests.channels.conftest import PERSON, call, choices
from tests.channels.harness import TWILIO
from tests.conftest import make_settings
from tests.standins.server import serving
from tests.standins.twilio import Twilio

BUTTONS, ROWS = 3, 10
BUTTON_LABEL, ROW_LABEL = 20, 24


def reply(number: int, text: str = "one") -> Reply:
    """A reply with so many choices."""
    offered = tuple(Choice(f"choice {n}", f"payload.{n}") for n in range(number))
    return Reply(paragraphs=(Paragraph(text, "short"),), choices=offered)


def test_the_long_form_is_shown() -> None:
    assert [message.text for message in WhatsApp().render(reply(0))] == ["one"]


@pytest.mark.parametrize(("number", "tappable"), [(1, 1), (3, 3), (10, 10), (11, 0)])
def test_up_to_ten_choices_can_be_tapped(number: int, tappable: int) -> None:
    assert len(WhatsApp().render(reply(number))[-1].buttons) == tappable


def test_what_cannot_be_tapped_is_numbered() -> None:
    assert WhatsApp().render(reply(11))[-1].text.endswith("11 choice 10")


@pytest.mark.parametrize("letters", [1024, 1025, 5000])
def test_no_message_is_longer_than_whatsapp_takes(letters: int) -> None:
    lengths = [len(message.text) for message in WhatsApp().render(reply(3, "x" * letters))]

    assert (max(lengths), sum(lengths)) == (1024, letters)


def test_every_answer_fits_one_message(content: Knowledge) -> None:
    forms = [
        (topic, variant, language.code)
        for language in content.languages.values()
        for topic, variants in language.texts.items()
        for variant, text in variants.items()
        if len(WhatsApp().render(reply(3, "\n\n".join(text.full.values())))) > 1
    ]

    assert forms == []


def test_the_name_of_every_country_fits_a_row_of_a_list(content: Knowledge) -> None:
    names = [
        country.name
        for tongue in content.languages.values()
        for country in tongue.countries.values()
    ]

    assert [name for name in names if len(name) > ROW_LABEL] == []


def test_the_label_of_every_topic_fits_a_button(content: Knowledge) -> None:
    labels = [
        label for tongue in content.languages.values() for label in tongue.labels.topics.values()
    ]

    assert [label for label in labels if len(label) > BUTTON_LABEL] == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [(2, "twilio/quick-reply"), (3, "twilio/quick-reply"), (7, "twilio/list-picker")],
)
async def test_choices_are_sent_as_buttons_or_a_list(
    at_twilio: Any, twilio: Twilio, number: int, kind: str
) -> None:
    await at_twilio["whatsapp"].send(call(PERSON, buttons=choices(number), open_list="Open"))
    shown = json.loads(twilio.messages[0]["shown"])[kind]
    items = shown.get("actions") or shown["items"]

    assert (shown["body"], [x["id"] for x in items]) == (
        "bonjou",
        [f"payload.{n}" for n in range(1, number + 1)],
    )


async def test_the_form_is_made_once_for_all(at_twilio: Any, twilio: Twilio) -> None:
    for _ in range(3):
        await at_twilio["whatsapp"].send(call(PERSON, buttons=choices(2)))

    assert (len(twilio.contents), len(twilio.messages)) == (1, 3)


async def test_buttons_that_twilio_does_not_take_become_numbered_lines(
    at_twilio: Any, twilio: Twilio
) -> None:
    twilio.no_content = True
    await at_twilio["whatsapp"].send(call(PERSON, buttons=choices(2), plain="1 one\n2 two"))

    assert [x["body"] for x in twilio.messages] == ["1 one\n2 two"]


async def test_who_has_blocked_us_gets_no_second_try(at_twilio: Any, twilio: Twilio) -> None:
    twilio.refuses[PERSON] = 21610
    with pytest.raises(Blocked):
        await at_twilio["whatsapp"].send(call(PERSON, buttons=choices(2)))

    assert len(twilio.calls) == 1


async def test_a_place_is_a_pin(at_twilio: Any, twilio: Twilio) -> None:
    place = Place(14.3, -87.2, "Hub | Choluteca")
    made = Call(1, PERSON, Message("location", place.label, place=place), 0.0)
    await at_twilio["whatsapp"].send(made)

    assert twilio.messages[0]["action"] == "geo:14.300000,-87.200000|Hub   Choluteca"


@pytest.mark.parametrize(("template", "sent"), [("", 0), ("HX1", 1)])
async def test_outside_the_window_people_are_asked_to_write_where_there_is_a_template(
    twilio: Twilio, tmp_path: Path, template: str, sent: int
) -> None:
    twilio.contents["HX1"] = {
        "sid": "HX1",
        "types": {"twilio/text": {"body": "Write to us", "actions": []}},
    }
    with serving(twilio.app()) as address:
        more = {"TWILIO_WHATSAPP_TEMPLATE": template, "TWILIO_API_URL": address}
        channel = registry.connected(make_settings(tmp_path, **TWILIO, **more))["whatsapp"]
        await channel.invite(PERSON)

    assert len(twilio.messages) == sent


def test_what_would_have_to_be_cut_is_numbered() -> None:
    long = Reply(paragraphs=(Paragraph("one"),), choices=choices(2, "x" * ROW_LABEL + "{}"))

    assert WhatsApp().render(long)[-1].buttons == ()
