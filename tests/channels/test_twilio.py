"""What WhatsApp and SMS share: signatures, envelopes, and the search for what broke off."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import registry
from bot.errors import Blocked, Retryable, Undeliverable, Unsure, WindowClosed
from bot.model import Message
from bot.wire import Call, Receipt
from channels._twilio import region
from tests.channels.conftest import PERSON, PHONE, call
from tests.channels.harness import RIGS, TWILIO
from tests.conftest import make_settings
from tests.standins import twilio as standin
from tests.standins.server import BUSY, ERROR, LOST, UNANSWERED
from tests.standins.twilio import Twilio

FIELDS = standin.message(1, PHONE, Body="bonjou")


def verified(folder: Path, url: str, token: str, **environment: str) -> bool:
    """Whether a request that was signed for an address is accepted."""
    channel = registry.connected(make_settings(folder, **{**TWILIO, **environment}))["sms"]
    knock = RIGS["sms"].knock(FIELDS)
    headers = {k.lower(): v for k, v in standin.signed(url, FIELDS, token).items()}
    accepted: bool = channel.verify(replace(knock, headers=headers))
    return accepted


@pytest.mark.parametrize(
    ("public", "signed", "accepted"),
    [
        ("https://a.org", "https://a.org/hooks/sms", True),
        ("https://a.org", "https://a.org:443/hooks/sms", True),
        ("https://a.org/alo/", "https://a.org/alo/hooks/sms", True),
        ("https://a.org:8443", "https://a.org:8443/hooks/sms", True),
        ("https://a.org", "http://a.org/hooks/sms", False),
        ("https://a.org", "https://b.org/hooks/sms", False),
        ("https://a.org", "https://a.org/hooks/whatsapp", False),
        ("https://a.org", "https://a.org/hooks/sms?x=1", False),
    ],
)
def test_the_signature_is_of_the_public_address(
    tmp_path: Path, public: str, signed: str, accepted: bool
) -> None:
    assert verified(tmp_path, signed, standin.TOKEN, ALO_PUBLIC_URL=public) is accepted


@pytest.mark.parametrize(
    ("token", "accepted"), [(standin.TOKEN, True), ("the next one", True), ("none", False)]
)
def test_two_tokens_are_accepted_while_one_is_rotated(
    tmp_path: Path, token: str, accepted: bool
) -> None:
    url = f"{TWILIO['ALO_PUBLIC_URL']}/hooks/sms"
    found = verified(tmp_path, url, token, TWILIO_AUTH_TOKEN_SECONDARY="the next one")

    assert found is accepted


@pytest.mark.parametrize("signature", ["", "é", "x" * 10_000, "\udcff"])
def test_a_strange_signature_is_a_wrong_one(tmp_path: Path, signature: str) -> None:
    channel = RIGS["sms"].channel(make_settings(tmp_path, **TWILIO))
    knock = replace(RIGS["sms"].knock(FIELDS), headers={"x-twilio-signature": signature})

    assert channel.verify(knock) is False


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("+50937001122", "HT"), ("+50370001122", "SV"), ("+13055550123", "US"),
        ("US.1349120865530274", "US"), ("72345", ""), ("", ""), ("+999", ""), ("Alo", ""),
    ],
)  # fmt: skip
def test_the_country_is_that_of_the_number_or_the_user_id(address: str, country: str) -> None:
    assert region(address) == country


async def test_a_message_is_sent_with_the_way_back_for_its_receipts(
    at_twilio: Any, twilio: Twilio
) -> None:
    sid = await at_twilio["sms"].send(call(PHONE))

    assert (sid, twilio.calls) == (
        twilio.messages[0]["sid"],
        [
            {
                "To": PHONE,
                "From": "+15005550006",
                "Body": "bonjou",
                "StatusCallback": f"{TWILIO['ALO_PUBLIC_URL']}/hooks/status/twilio?call=7",
            }
        ],
    )


async def test_a_messaging_service_may_be_the_sender(twilio: Twilio, tmp_path: Path) -> None:
    from tests.standins.server import serving

    with serving(twilio.app()) as address:
        more = {"TWILIO_SMS_FROM": "MG" + "0" * 32, "TWILIO_API_URL": address}
        config = make_settings(tmp_path, **{**TWILIO, **more})
        await registry.connected(config)["sms"].send(call(PHONE))

    assert (twilio.calls[0].get("From"), twilio.calls[0]["MessagingServiceSid"]) == (
        None,
        more["TWILIO_SMS_FROM"],
    )


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (21610, Blocked), (63016, WindowClosed), (21611, Retryable), (63018, Retryable),
        (21211, Undeliverable), (21614, Undeliverable), (63003, Undeliverable),
    ],
)  # fmt: skip
async def test_each_refusal_has_its_class(
    at_twilio: Any, twilio: Twilio, code: int, error: type[Exception]
) -> None:
    twilio.refuses[PHONE] = code
    with pytest.raises(error) as raised:
        await at_twilio["sms"].send(call(PHONE))

    assert (type(raised.value), PHONE in str(raised.value)) == (error, False)


@pytest.mark.parametrize(
    ("fault", "error"),
    [(BUSY, Retryable), (ERROR, Unsure), (LOST, Unsure), (UNANSWERED, Unsure)],
)
async def test_each_fault_of_the_network_has_its_class(
    at_twilio: Any, twilio: Twilio, fault: str, error: type[Exception]
) -> None:
    twilio.faults.share, twilio.faults.kinds = 1.0, (fault,)
    with pytest.raises(Retryable) as raised:
        await at_twilio["sms"].send(call(PHONE))

    assert type(raised.value) is error


@pytest.mark.parametrize(("fault", "taken"), [(UNANSWERED, True), (LOST, False), (ERROR, False)])
async def test_what_broke_off_is_looked_for(
    at_twilio: Any, twilio: Twilio, fault: str, taken: bool
) -> None:
    sms, began = at_twilio["sms"], time.time()
    before = await sms.send(call(PHONE))
    twilio.faults.share, twilio.faults.kinds = 1.0, (fault,)
    broken = Call(8, PHONE, Message("text", "bonjou"), began, frozenset({before}))
    with pytest.raises(Unsure):
        await sms.send(broken)
    found = await sms.taken(broken)

    assert found == (twilio.messages[1]["sid"] if taken else None)


async def test_a_message_of_another_day_is_not_the_one_that_broke_off(
    at_twilio: Any, twilio: Twilio
) -> None:
    await at_twilio["sms"].send(call(PHONE))
    tomorrow = time.time() + 24 * 3600

    assert await at_twilio["sms"].taken(Call(8, PHONE, Message("text", "x"), tomorrow)) is None


@pytest.mark.parametrize(
    ("path", "fields", "receipt"),
    [
        ("?call=12", {"MessageStatus": "read"}, Receipt("SM" + "1" * 32, "read", "", 12)),
        ("", {"SmsStatus": "sent"}, Receipt("SM" + "1" * 32, "sent")),
        ("?call=x", {"MessageStatus": "undelivered", "ErrorCode": "63016"},
         Receipt("SM" + "1" * 32, "failed", "63016")),
    ],
)  # fmt: skip
def test_a_report_is_a_receipt(
    tmp_path: Path, path: str, fields: dict[str, str], receipt: Receipt
) -> None:
    channel = RIGS["sms"].channel(make_settings(tmp_path, **TWILIO))
    body = {"MessageSid": "SM" + "1" * 32, **fields}
    knock = RIGS["sms"].knock(body, f"/hooks/status/twilio{path}")

    assert channel.parse_status(knock).receipts == (receipt,)


async def test_the_doctor_sees_an_account_that_works(at_twilio: Any) -> None:
    assert [x.good for x in await at_twilio["whatsapp"].check()] == [True, True]


async def test_the_doctor_sees_credentials_that_do_not(at_twilio: Any) -> None:
    sms = at_twilio["sms"]
    sms.api._token = "another"
    with pytest.raises(Retryable, match="credentials refused"):
        await sms.check()


async def test_a_person_of_whatsapp_is_written_to_from_the_number_of_whatsapp(
    at_twilio: Any, twilio: Twilio
) -> None:
    await at_twilio["whatsapp"].send(call(PERSON))

    assert (twilio.calls[0]["From"], twilio.calls[0]["To"]) == ("whatsapp:+15005550006", PERSON)
