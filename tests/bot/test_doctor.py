"""The doctor says what is there, what is missing, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import doctor
from bot.edge import application
from bot.store import Store
from bot.wire import Finding
from tests.channels.harness import TELEGRAM, TWILIO
from tests.conftest import make_settings
from tests.standins.server import serving
from tests.standins.telegram import Telegram
from tests.standins.twilio import DEMO, SERVICE, Twilio


def said(folder: Path, *, fix: bool = False, **environment: str) -> dict[str, bool]:
    """Each finding and whether it is good."""
    return {x.what: x.good for x in doctor.run(make_settings(folder, **environment), fix=fix)}


def test_a_machine_without_settings_is_in_order(tmp_path: Path) -> None:
    found = said(tmp_path)

    assert (all(found.values()), [x for x in found if x.endswith(": off")]) == (
        True,
        ["sms: off", "telegram: off", "whatsapp: off", "chatwoot: off"],
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
    ("sender", "what"),
    [
        ("+15005550999", "sms: the number is not in this Twilio account"),
        ("15005550006x", "sms: the sender is no number to which people can write"),
        ("Alo", "sms: the sender is no number to which people can write"),
        (SERVICE, "sms: the webhook for SMS points elsewhere"),
    ],
)
def test_a_sender_of_sms_that_cannot_work_is_a_fault(
    tmp_path: Path, sender: str, what: str
) -> None:
    with serving(Twilio().app()) as address:
        found = said(tmp_path, **{**TWILIO, "TWILIO_SMS_FROM": sender, "TWILIO_API_URL": address})

    assert [x for x, good in found.items() if not good] == [what]


def test_the_webhook_of_a_messaging_service_can_be_mended(tmp_path: Path) -> None:
    provider = Twilio()
    with serving(provider.app()) as address:
        more = {"TWILIO_SMS_FROM": SERVICE, "TWILIO_API_URL": address}
        found = said(tmp_path, fix=True, **{**TWILIO, **more})

    assert (all(found.values()), provider.service["use_inbound_webhook_on_number"]) == (
        True,
        False,
    )


def test_a_provider_that_cannot_be_reached_is_not_a_matter_of_credentials(tmp_path: Path) -> None:
    nowhere = {"TWILIO_API_URL": "http://127.0.0.1:1"}
    todo = {x.todo for x in doctor.run(make_settings(tmp_path, **TWILIO, **nowhere)) if not x.good}

    assert todo == {"check that this machine is on the internet, and try again in some minutes"}


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


@pytest.mark.parametrize(
    ("environment", "what", "good"),
    [
        pytest.param({}, "telegram: messages are fetched", True, id="no address"),
        pytest.param(
            {"ALO_PUBLIC_URL": "https://alo.example.org"},
            "telegram: messages are fetched", True, id="no secret",
        ),
        pytest.param(
            {**TELEGRAM, "TELEGRAM_SECRET_TOKEN": "with spaces in it, and long"},
            "telegram: Telegram takes no such secret", False, id="a secret that is none",
        ),
    ],
)  # fmt: skip
def test_it_says_how_telegrams_messages_come(
    tmp_path: Path, environment: dict[str, str], what: str, good: bool
) -> None:
    token = {"TELEGRAM_BOT_TOKEN": TELEGRAM["TELEGRAM_BOT_TOKEN"]}
    with serving(Telegram().app()) as address:
        found = said(tmp_path, **{**token, **environment, "TELEGRAM_API_URL": address})

    assert found[what] is good


def test_without_a_public_address_nothing_is_called(tmp_path: Path) -> None:
    assert doctor.reached(make_settings(tmp_path)) == []


def test_a_public_address_that_leads_here_is_in_order(tmp_path: Path) -> None:
    config = make_settings(tmp_path)
    store = Store(config)
    with serving(application(config, store)) as address:
        found = doctor.reached(make_settings(tmp_path, ALO_PUBLIC_URL=address))
    store.close()

    assert [x.good for x in found] == [True]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "https://alo:x"])
def test_a_public_address_where_nobody_answers_is_a_fault(tmp_path: Path, address: str) -> None:
    found = doctor.reached(make_settings(tmp_path, ALO_PUBLIC_URL=address))

    assert [x.good for x in found] == [False]


def test_a_public_address_of_another_program_is_a_fault(tmp_path: Path) -> None:
    with serving(Telegram().app()) as address:
        found = doctor.reached(make_settings(tmp_path, ALO_PUBLIC_URL=address))

    assert [x.good for x in found] == [False]


def test_a_finding_says_what_to_do_below_it() -> None:
    found = [Finding(True, "a", ""), Finding(False, "b", "do c")]

    assert list(doctor.lines(found)) == ["ok   a", "TODO b", "     -> do c"]
