"""Calls to Twilio end in a result or in one of our errors."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioException

from bot.errors import Retryable, Unsure
from channels._twilio_api import Api, _moved, _wait
from tests.running import free_port


async def test_a_call_gives_what_the_work_gives() -> None:
    assert await Api("AC1", "token").call(lambda client: client.account_sid) == "AC1"


async def test_a_provider_that_is_not_there_has_surely_taken_nothing() -> None:
    api = Api("AC1", "token", f"http://127.0.0.1:{free_port()}")
    with pytest.raises(Retryable) as raised:
        await api.call(lambda client: client.messages.create(to="+1", from_="+2", body="x"))

    assert type(raised.value) is Retryable


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (requests.ConnectTimeout(), Retryable),
        (requests.ReadTimeout(), Unsure),
        (requests.ConnectionError("reset by +50937001122"), Unsure),
        (TwilioException("no page for +50937001122"), Unsure),
        (ValueError("no JSON"), Unsure),
    ],
)
async def test_what_the_library_raises_says_nothing_of_a_person(
    raised: Exception, error: type[Exception]
) -> None:
    def fail(_client: Any) -> None:
        raise raised

    with pytest.raises(Retryable) as found:
        await Api("AC1", "token").call(fail)

    assert (type(found.value), "509" in str(found.value)) == (error, False)


@pytest.mark.parametrize(
    ("base", "address"),
    [
        ("", "https://api.twilio.com/2010-04-01/A.json?To=1"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1/2010-04-01/A.json?To=1"),
    ],
)
def test_a_stand_in_takes_the_place_of_all_hosts(base: str, address: str) -> None:
    assert _moved("https://api.twilio.com/2010-04-01/A.json?To=1", base) == address


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({}, 1.0), ({"Retry-After": "7"}, 7.0), ({"Retry-After": "soon"}, 1.0),
     ({"Retry-After": "99999"}, 300.0), (None, 1.0)],
)  # fmt: skip
def test_twilio_says_how_long_to_wait(headers: Any, seconds: float) -> None:
    assert _wait(headers) == seconds
