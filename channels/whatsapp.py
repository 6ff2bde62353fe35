"""WhatsApp: up to three reply buttons, or a list of up to ten rows.

Limits: https://www.twilio.com/docs/content/whatsapp-quick-reply and …/content/whatsapp-list-picker
"""

from __future__ import annotations

from channels.base import Channel


class WhatsApp(Channel):
    """What WhatsApp shows."""

    name = "whatsapp"
    longest = 1024  # letters of a message with buttons; without them 1,600
    most_buttons = 10
