"""Buttons and lists at Twilio: forms with gaps, made once for each number of choices.

So nothing that is said to a person becomes a template, and an account holds a dozen of them:
https://www.twilio.com/docs/content/using-variables-with-content-api
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.errors import Undeliverable
from bot.model import Message

if TYPE_CHECKING:
    from twilio.rest import Client

BUTTONS, BUTTON_LABEL = 3, 20
ROWS, ROW_LABEL = 10, 24
OPEN_LABEL = 20
CONTENT = "https://content.twilio.com/v1/Content"
NAME = "alo {form} {number} v1"
DEFAULT_OPEN = "..."

Form = tuple[str, int]


def form_of(message: Message) -> Form:
    """Which form shows the choices of a message: `quick-reply` or `list-picker`, and how many."""
    few = len(message.buttons) <= BUTTONS
    short = all(len(choice.label) <= BUTTON_LABEL for choice in message.buttons)
    return ("quick-reply" if few and short else "list-picker", len(message.buttons))


def values(message: Message) -> dict[str, str]:
    """What goes into the gaps of its form."""
    head = [message.text]
    if form_of(message)[0] == "list-picker":
        head.append((message.open_list or DEFAULT_OPEN)[:OPEN_LABEL])
    pairs = [part for choice in message.buttons for part in (choice.label, choice.payload)]
    return {str(number): value for number, value in enumerate([*head, *pairs], 1)}


def definition(form: Form) -> dict[str, Any]:
    """The form as Twilio's Content API takes it."""
    name, number = form
    gap = _gaps()
    body: dict[str, Any] = {"body": next(gap)}
    if name == "quick-reply":
        body["actions"] = [{"title": next(gap), "id": next(gap)} for _ in range(number)]
    else:
        body["button"] = next(gap)
        body["items"] = [{"item": next(gap), "id": next(gap)} for _ in range(number)]
    return {
        "friendly_name": NAME.format(form=name, number=number),
        "language": "en",  # of the form itself, which has no words; Twilio wants one
        "variables": {str(n): "-" for n in range(1, 3 + 2 * number)},
        "types": {f"twilio/{name}": body},
    }


def _gaps() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{{{{{number}}}}}"


class Forms:
    """The forms of an account: those that are there are used, others are made."""

    def __init__(self) -> None:
        self._sids: dict[str, str] = {}
        self._lock = threading.Lock()

    def sid(self, client: Client, form: Form) -> str:
        """Twilio's id of the form. Raises what the client raises, and Undeliverable."""
        name = NAME.format(form=form[0], number=form[1])
        with self._lock:  # else several threads would make the same form
            if not self._sids:
                self._sids = {x.friendly_name: x.sid for x in client.content.v1.contents.list()}
            if name not in self._sids:
                self._sids[name] = _make(client, form)
            return self._sids[name]


def _make(client: Client, form: Form) -> str:
    """Makes it: this version of the client can read forms, but not write them."""
    headers = {"Content-Type": "application/json"}
    data: Any = json.dumps(definition(form))
    response = client.request("POST", CONTENT, data=data, headers=headers)
    if response.status_code >= 400:
        raise Undeliverable(f"twilio content http {response.status_code}")
    return str(json.loads(response.text)["sid"])
