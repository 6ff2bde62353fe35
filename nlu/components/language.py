"""Tells the language of a message from its letters, learnt from the training messages themselves.

Public language identifiers do not know short, unaccented, mixed Haitian Creole; our own training
messages are exactly that.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from nlu.components._trainable import LinearComponent

LANGUAGE = "language"  # of a message: in training its code, afterwards name and confidence


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(LinearComponent):
    """Sets `language: {name, confidence}` on every message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that `config.yml` may change."""
        return {
            "letters": [1, 4],
            "words": [1, 2],
            "seen_in": 1,
            "C": 0.05,
            "sharpness": 6.0,
            "random_state": 1,
        }

    @staticmethod
    def label(message: Message) -> str:
        """The language of the folder that the message stands in."""
        return str(message.get(LANGUAGE) or "")

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the language of each message (Rasa calls this)."""
        for message in messages:
            name, confidence = self.ranked(message)[0]
            heard = {"name": name, "confidence": confidence}
            message.set(LANGUAGE, heard, add_to_output=True)
        return messages
