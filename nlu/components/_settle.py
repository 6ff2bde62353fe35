"""Settles the intent of a message, beyond what statistics say of it.

The underscore: this is no component by itself.
"""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message

_OTHERS_KEEP = 0.01  # of their confidence, so that a settled intent is never called ambiguous


def settle(message: Message, intent: str) -> None:
    """The intent is certain; the others keep their order."""
    settled = {"name": intent, "confidence": 1.0}
    others = [
        {**other, "confidence": other["confidence"] * _OTHERS_KEEP}
        for other in message.get("intent_ranking", [])
        if other["name"] != intent
    ]
    message.set("intent", settled, add_to_output=True)
    message.set("intent_ranking", [settled, *others], add_to_output=True)
