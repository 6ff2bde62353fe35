"""Telegram: an inline keyboard under the message.

Limits: https://core.telegram.org/bots/api#sendmessage
"""

from __future__ import annotations

from channels.base import Channel


class Telegram(Channel):
    """What Telegram shows."""

    name = "telegram"
    longest = 4096
    most_buttons = 100
