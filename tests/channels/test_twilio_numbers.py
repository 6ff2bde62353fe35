"""What is said of our number at Twilio, and what is set there. With Twilio's own client."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.wire import Finding
from channels import _twilio_numbers as numbers

NUMBER, SERVICE = "+15005550006", "MG" + "0" * 32
HOOK = "https://alo.example.org/hooks/sms"


def there(**values: Any) -> Any:
    """A number as Twilio has it."""
    return SimpleNamespace(**{"sms_url": HOOK, "sms_method": "POST", "voice_url": HOOK, **values})


def said(found: list[Finding]) -> list[bool]:
    """What is right."""
    return [finding.good for finding in found]


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ({}, [True, True]),
        ({"sms_url": HOOK + numbers.AGAIN}, [True, True]),
        ({"sms_url": "https://elsewhere.example.org"}, [False, True]),
        ({"sms_method": "GET"}, [False, True]),
        ({"sms_url": None}, [False, True]),
        ({"voice_url": ""}, [True, True]),
    ],
)
def test_a_number_must_send_its_messages_here(values: dict[str, Any], right: list[bool]) -> None:
    assert said(numbers.findings(NUMBER, there(**values), HOOK)) == right


@pytest.mark.parametrize(
    ("voice", "words"),
    [
        (HOOK, "who calls the number is told to write"),
        ("", "who calls the number is told nothing"),
        (numbers.DEMO + "welcome", "who calls the number is told nothing"),
        ("https://pbx.example.org", "calls of the number go where you have set it at Twilio"),
    ],
)
def test_what_callers_hear_is_said(voice: str, words: str) -> None:
    assert numbers.findings(NUMBER, there(voice_url=voice), HOOK)[1].what == words


@pytest.mark.parametrize(
    ("at_numbers", "right"), [(False, [True]), (True, [False])], ids=["here", "at the numbers"]
)
def test_a_service_must_send_its_messages_here(at_numbers: bool, right: list[bool]) -> None:
    service = SimpleNamespace(
        inbound_request_url=HOOK,
        inbound_method="POST",
        use_inbound_webhook_on_number=at_numbers,
    )

    assert said(numbers.findings(SERVICE, service, HOOK)) == right


@pytest.mark.parametrize(("ours", "right"), [(NUMBER, False), ("40404", True), ("ALO", False)])
def test_what_twilio_does_not_know_is_explained(ours: str, right: bool) -> None:
    found = numbers.findings(ours, None, HOOK)

    assert said(found) == [right]
    assert found[0].todo
