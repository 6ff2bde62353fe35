"""Channels that speak with stand-ins on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import registry
from bot.model import Choice, Message
from bot.wire import Call
from tests.channels.harness import TELEGRAM, TWILIO
from tests.conftest import make_settings
from tests.standins.server import serving
from tests.standins.telegram import Telegram
from tests.standins.twilio import Twilio

PHONE = "+50937001122"
PERSON = f"whatsapp:{PHONE}"
CHAT = "77190042"


@pytest.fixture
def twilio() -> Twilio:
    """A Twilio that takes everything."""
    return Twilio()


@pytest.fixture
def telegram() -> Telegram:
    """A Telegram that takes everything."""
    return Telegram()


@pytest.fixture
def at_twilio(twilio: Twilio, tmp_path: Path) -> Iterator[Any]:
    """The channels that go through that Twilio."""
    with serving(twilio.app()) as address:
        config = make_settings(tmp_path, **TWILIO, TWILIO_API_URL=address)
        yield registry.connected(config)


@pytest.fixture
def at_telegram(telegram: Telegram, tmp_path: Path) -> Iterator[Any]:
    """The channel that goes to that Telegram."""
    with serving(telegram.app()) as address:
        config = make_settings(tmp_path, **TELEGRAM, TELEGRAM_API_URL=address)
        yield registry.connected(config)["telegram"]


def call(address: str, text: str = "bonjou", *, number: int = 7, **more: Any) -> Call:
    """A call with one message."""
    return Call(number, address, Message("text", text, **more), 0.0)


def choices(number: int, label: str = "choice {}") -> tuple[Choice, ...]:
    """So many choices."""
    return tuple(Choice(label.format(n), f"payload.{n}") for n in range(1, number + 1))
