"""The doctor says what is there, what is missing, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import doctor
from bot.wire import Finding
from tests.channels.harness import TELEGRAM, TWILIO
from tests.conftest import make_settings
from tests.standins.server import serving
from tests.standins.telegram import Telegram
from tests.standins.twilio import DEMO, Twilio


def said(folder: Path, *, fix: bool = False, **environment: str) -> dict[str, bool]:
    """Each finding and whether it is good."""
    return {x.what: x.good for x in doctor.run(make_settings(folder, **environment), fix=fix)}


def test_a_machine_without_settings_is_in_order(tmp_path: Path) -> None:
    found = said(tmp_path)

    assert (all(found.values()), [x for x in found if x.endswith(": off")]) == (
        True,
        ["sms: off", "telegram: off", "whatsapp: off"],
    )


def test_what_is_off_says_what_to_set(tmp_path: Path) -> None:
    found = {x.what: x.todo for x in doctor.run(make_settings(tmp_path))}

    assert found["telegram: off"] == "to switch it on set TELEGRAM_BOT_TOKEN"


def test_a_channel_that_is_half_set_up_is_a_fault(tmp_path: Path) -> None:
    found = said(tmp_path, TWILIO_SMS_FROM="+15005550006")

    assert (found["sms: off"], found["whatsapp: off"]) == (False, True)


def test_a_database_that_does_not_answer_is_a_fault(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/none"

    assert (
        said(tmp_path, ALO_DATABASE_URL=url)["the database of ALO_DATABASE_URL does not answer"]
        is False
    )


@pytest.mark.parametrize(("fix", "good"), [(False, False), (True, True)])
def test_webhooks_that_point_elsewhere_can_be_mended(
    tmp_path: Path, fix: bool, good: bool
) -> None:
    with serving(Twilio().app()) as one, serving(Telegram().app()) as two:
        apis = {"TWILIO_API_URL": one, "TELEGRAM_API_URL": two}
        found = said(tmp_path, fix=fix, **(TWILIO | TELEGRAM | apis))

    assert [x for x, right in found.items() if not right] == (
        []
        if good
        else [
            "sms: the webhook for SMS points elsewhere",
            "telegram: the webhook points elsewhere",
        ]
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "https://alo.example.org/hooks/sms#rc=5&rp=all", id="nothing"),
        pytest.param(DEMO, "https://alo.example.org/hooks/sms#rc=5&rp=all", id="Twilio's own"),
        pytest.param("https://hotline.test/", "https://hotline.test/", id="a hotline"),
    ],
)
def test_calls_of_the_number_are_only_taken_where_nobody_else_has_them(
    tmp_path: Path, before: str, after: str
) -> None:
    provider = Twilio()
    provider.numbers[0]["voice_url"] = before
    with serving(provider.app()) as address:
        said(tmp_path, fix=True, **TWILIO, TWILIO_API_URL=address)

    assert provider.numbers[0]["voice_url"] == after


def test_credentials_that_do_not_work_are_a_fault(tmp_path: Path) -> None:
    with serving(Telegram().app()) as address:
        more = {"TELEGRAM_BOT_TOKEN": "1:wrong", "TELEGRAM_API_URL": address}
        found = said(tmp_path, **more)

    assert [x for x in found if "does not accept us" in x and "1:wrong" not in x]


def test_a_finding_says_what_to_do_below_it() -> None:
    found = [Finding(True, "a", ""), Finding(False, "b", "do c")]

    assert list(doctor.lines(found)) == ["ok   a", "TODO b", "     -> do c"]
