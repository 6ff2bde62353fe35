"""`make demo-channels`: the program against stand-ins, and a conversation on each channel."""

from __future__ import annotations

import html
import json
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx

from benchmarks.channels_drill import Drill
from benchmarks.drill_plan import CHANNELS, Plan
from bot import settings, training
from tests.conftest import SECRET
from tests.standins import telegram, twilio

ANSWER_SECONDS = 90.0
PHONE, CHAT = "+50937001122", 77190042
PIN = {"latitude": 13.3, "longitude": -87.19}  # Choluteca
TALKS: dict[str, list[dict[str, Any]]] = {
    "whatsapp": [
        {"Body": "bonjou, m bezwen fe paspo"},
        {"NumMedia": "1", "MediaContentType0": "audio/ogg", "Body": ""},
        {"Body": "menu"},
    ],
    "sms": [
        {"Body": "cuanto cuesta la visa h2"},
        {"Body": "MAS"},
        {"Body": "ALTO"},
        {"Body": "gracias"},
    ],
    "telegram": [
        {"text": "/start radio_1"},
        {"text": "where is the nearest hub"},
        {"location": PIN},
    ],
}


def requests(channel: str) -> Iterator[Any]:
    """The bodies of a conversation."""
    for number, fields in enumerate(TALKS[channel], 1):
        if channel == "telegram":
            yield telegram.update(number, CHAT, **fields)
        else:
            prefix = "whatsapp:" if channel == "whatsapp" else ""
            yield twilio.message(number + len(channel), prefix + PHONE, **fields)


def talk(made: Drill, channel: str) -> None:
    """A conversation, as the person sees it."""
    print(f"\n===== {channel} =====")
    for fields, body in zip(TALKS[channel], requests(channel), strict=True):
        print(f"\n> {fields.get('Body') or fields.get('text') or json.dumps(fields)}")
        seen = len(_got(made, channel))
        _post(made, channel, body)
        for text in _answers(made, channel, seen) or ["(nothing)"]:
            print("\n" + "\n".join(f"    {line}" for line in text.splitlines()))


def _post(made: Drill, channel: str, body: Any) -> None:
    url = f"{made.public}/hooks/{channel}"
    if channel == "telegram":
        headers = {"X-Telegram-Bot-Api-Secret-Token": telegram.SECRET}
        answer = httpx.post(url, json=body, headers=headers, trust_env=False)
    else:
        answer = httpx.post(url, data=body, headers=twilio.signed(url, body), trust_env=False)
    answer.raise_for_status()


def _got(made: Drill, channel: str) -> list[str]:
    """What the person has read so far, with the buttons below it."""
    if channel == "telegram":
        return [_telegram(message) for message in made.telegram.messages]
    prefix = "whatsapp:" if channel == "whatsapp" else "+"
    return [_twilio(x) for x in made.twilio.messages if x["to"].startswith(prefix)]


def _telegram(message: dict[str, Any]) -> str:
    markup = json.loads(message.get("reply_markup", '{"inline_keyboard": []}'))
    labels = [f"[{x['text']}]" for row in markup["inline_keyboard"] for x in row]
    return "\n".join([html.unescape(re.sub(r"</?b>", "", message.get("text", ""))), *labels])


def _twilio(message: dict[str, Any]) -> str:
    shown = json.loads(message["shown"] or "{}")
    kind = next(iter(shown.values()), {})
    items = kind.get("actions") or kind.get("items") or []
    opened = [f"({kind['button']})"] if "button" in kind else []
    return "\n".join(
        [message["body"], *opened, *(f"[{x.get('title') or x['item']}]" for x in items)]
    )


def _answers(made: Drill, channel: str, seen: int) -> list[str]:
    """What came new, once nothing waits any more."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while made.waiting() and time.monotonic() < deadline:
        time.sleep(0.1)
    return _got(made, channel)[seen:]


def main() -> None:
    """Starts everything, talks, and stops."""
    model = training.train(settings.load({"ALO_SECRET_KEY": SECRET}))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        made = Drill(Plan(people=0, fail=0.0), Path(folder), model)
        print("Starting the program and stand-ins for Twilio and Telegram ...")
        made.start(stack)
        for channel in CHANNELS:
            talk(made, channel)


if __name__ == "__main__":
    main()
