"""WhatsApp's limits: https://www.twilio.com/docs/content/whatsapp-list-picker."""

from __future__ import annotations

import pytest

from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph, Reply
from channels.whatsapp import WhatsApp

BUTTONS, ROWS = 3, 10
BUTTON_LABEL, ROW_LABEL = 20, 24


def reply(number: int, text: str = "one") -> Reply:
    """A reply with so many choices."""
    choices = tuple(Choice(f"choice {n}", f"payload.{n}") for n in range(number))
    return Reply(paragraphs=(Paragraph(text, "short"),), choices=choices)


def test_the_long_form_is_shown() -> None:
    assert [message.text for message in WhatsApp().render(reply(0))] == ["one"]


@pytest.mark.parametrize(("choices", "tappable"), [(1, 1), (3, 3), (10, 10), (11, 0)])
def test_up_to_ten_choices_can_be_tapped(choices: int, tappable: int) -> None:
    assert len(WhatsApp().render(reply(choices))[-1].buttons) == tappable


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
