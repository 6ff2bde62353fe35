"""Forms for buttons and lists: made once, filled for every message."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.model import Message
from channels import _twilio_forms as forms
from tests.channels.conftest import choices


def message(number: int, label: str = "choice {}") -> Message:
    """A message with so many choices."""
    return Message("text", "the text", buttons=choices(number, label), open_list="Open")


@pytest.mark.parametrize(
    ("number", "label", "form"),
    [
        (1, "choice {}", "quick-reply"),
        (3, "choice {}", "quick-reply"),
        (3, "x" * 19 + "{}", "quick-reply"),
        (3, "x" * 20 + "{}", "list-picker"),
        (4, "choice {}", "list-picker"),
        (10, "choice {}", "list-picker"),
    ],
)
def test_few_short_choices_are_buttons_and_others_a_list(
    number: int, label: str, form: str
) -> None:
    assert forms.form_of(message(number, label)) == (form, number)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 10])
def test_what_is_filled_in_fits_the_gaps(number: int) -> None:
    made = message(number)
    definition = forms.definition(forms.form_of(made))
    gaps = set(definition["variables"]) & {
        name for name in map(str, range(1, 99)) if f"{{{{{name}}}}}" in json.dumps(definition)
    }

    assert set(forms.values(made)) == gaps


def test_a_list_has_its_button() -> None:
    assert forms.values(message(4))["2"] == "Open"


class Client:
    """Holds the contents of an account."""

    def __init__(self, status: int = 201) -> None:
        self.status = status
        self.made: list[Any] = []
        self.content = self
        self.v1 = self
        self.contents = self

    def list(self) -> list[Any]:
        """What is there."""
        return [type("Content", (), {"friendly_name": "alo quick-reply 2 v1", "sid": "HX-old"})]

    def request(self, _method: str, _url: str, data: str, headers: dict[str, str]) -> Any:
        """Makes one."""
        self.made.append(json.loads(data))
        return type("Answer", (), {"status_code": self.status, "text": '{"sid": "HX-new"}'})


def test_a_form_that_is_there_is_used() -> None:
    client = Client()

    assert (forms.Forms().sid(client, ("quick-reply", 2)), client.made) == ("HX-old", [])


def test_a_form_that_is_not_there_is_made_once() -> None:
    client, made = Client(), forms.Forms()
    sids = [made.sid(client, ("list-picker", 4)) for _ in range(3)]

    assert (sids, len(client.made)) == (["HX-new"] * 3, 1)


def test_a_form_that_twilio_does_not_take_is_an_error() -> None:
    with pytest.raises(forms.Undeliverable):
        forms.Forms().sid(Client(400), ("list-picker", 4))
