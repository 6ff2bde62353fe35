"""The SMS number, or the messaging service, at Twilio: where its messages and calls go.

https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and
https://www.twilio.com/docs/messaging/api/service-resource
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.wire import Finding

if TYPE_CHECKING:
    from twilio.rest import Client

NUMBER, SERVICE = re.compile(r"\+\d{7,15}"), re.compile(r"MG[0-9a-f]{32}")
SHORT = re.compile(r"\d{3,8}")
DEMO = "https://demo.twilio.com/"  # what a new number says to callers
AGAIN = "#rc=5&rp=all"  # Twilio: try again when we do not answer (webhooks-connection-overrides)
FIX = "run: alo doctor --fix"


def find(client: Client, ours: str) -> Any:
    """What Twilio knows of our number or service; None where it may not be asked, or has none."""
    if NUMBER.fullmatch(ours):
        found = client.incoming_phone_numbers.list(phone_number=ours, limit=1)
        return found[0] if found else None
    return client.messaging.v1.services(ours).fetch() if SERVICE.fullmatch(ours) else None


def point(client: Client, ours: str, hook: str) -> None:
    """Has messages come here, and calls, where nobody has set up anything for them."""
    there = find(client, ours)
    if there is None:
        return
    if SERVICE.fullmatch(ours):
        client.messaging.v1.services(ours).update(
            inbound_request_url=hook + AGAIN,
            inbound_method="POST",
            use_inbound_webhook_on_number=False,
        )
        return
    calls = {"voice_url": hook + AGAIN, "voice_method": "POST"} if _free(there) else {}
    client.incoming_phone_numbers(there.sid).update(
        sms_url=hook + AGAIN, sms_method="POST", **calls
    )


def findings(ours: str, there: Any, hook: str) -> list[Finding]:
    """What is right and what is not, of what Twilio knows."""
    if there is None:
        return [_unknown(ours, hook)]
    if SERVICE.fullmatch(ours):
        url, method = there.inbound_request_url, there.inbound_method
        at_numbers = bool(there.use_inbound_webhook_on_number)
        return [_webhook("" if at_numbers else url, method, hook)]
    return [_webhook(there.sms_url, there.sms_method, hook), _calls(there, hook)]


def _unknown(ours: str, hook: str) -> Finding:
    """Why nothing is known of our sender, and what to do."""
    if NUMBER.fullmatch(ours):
        todo = "set TWILIO_SMS_FROM to one of Phone Numbers > Manage > Active numbers at Twilio"
        return Finding(False, "the number is not in this Twilio account", todo)
    if SHORT.fullmatch(ours):
        todo = f"check in Twilio's console that its messages go to {hook} (POST)"
        return Finding(True, "the sender is a short number", todo)
    todo = "set TWILIO_SMS_FROM to a number as +15005550006, or to a messaging service as MG…"
    return Finding(False, "the sender is no number to which people can write", todo)


def _webhook(url: Any, method: Any, hook: str) -> Finding:
    there = str(url or "").split("#")[0]  # behind it stand Twilio's own options
    if there == hook and str(method or "POST").upper() == "POST":
        return Finding(True, "the webhook for SMS points here")
    return Finding(False, "the webhook for SMS points elsewhere", FIX)


def _calls(number: Any, hook: str) -> Finding:
    if str(number.voice_url or "").split("#")[0] == hook:
        return Finding(True, "who calls the number is told to write")
    if _free(number):
        return Finding(True, "who calls the number is told nothing", FIX)
    return Finding(True, "calls of the number go where you have set it at Twilio")


def _free(number: Any) -> bool:
    """Whether nothing has been set up for calls of this number: what somebody chose stays."""
    there = str(number.voice_url or "")
    return not there or there.startswith(DEMO)
