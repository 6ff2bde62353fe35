"""Tells a person in danger from everybody else, by what is said and not by single words.

Learnt from `nlu/<language>/danger/`, from the messages of protection.emergency and, as
what is no danger, from all messages of other topics but those on protection, which may be either.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.checks.messages import DANGER, GROUP
from nlu.components._cascade import CascadeComponent

EMERGENCY = "protection.emergency"
YES, NO = "danger", "none"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class DangerFinder(CascadeComponent):
    """Adds the entity `danger`, whose value is the topic that helps.

    What was asked stays, or stays in doubt; the numbers to call come before it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that `config.yml` may change.

        `least` is the chance from which the numbers to call come first. Letters and words alone
        may rule danger out, never find it.
        """
        return {
            "letters": [2, 4],
            "words": [1, 2],
            "seen_in": 2,
            "C": 0.5,
            "sharpness": 2.0,
            "random_state": 1,
            "hidden": 0,
            "regular": 10.0,
            "weight": 2.5,
            "sure": 0.95,
            "grave": YES,
            "least": 0.7,
        }

    def examples(self, training_data: TrainingData) -> list[Message]:
        """Also the messages that have no topic; Rasa mixes its own, without words, among them."""
        return [example for example in training_data.training_examples if example.get("text")]

    @staticmethod
    def label(message: Message) -> str:
        """Danger, none, or nothing for a message that may be either."""
        topic = str(message.get("intent") or "")
        if message.get(DANGER) is not None:
            return YES if message.get(DANGER) else NO
        if topic == EMERGENCY:
            return YES
        return "" if topic.startswith(GROUP) else NO

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks the messages of people in danger (Rasa calls this)."""
        for message in messages:
            chance = dict(self.ranked(message))[YES]
            if chance >= self._config["least"]:
                self._mark(message)
        return messages

    def _mark(self, message: Message) -> None:
        ranking = message.get("intent_ranking") or []
        likely = (x["name"] for x in ranking if x["name"].startswith(GROUP))
        topic = next(likely, EMERGENCY)
        entity = {"entity": DANGER, "value": topic, "start": 0, "end": 0}
        entities = [*message.get("entities", []), {**entity, "extractor": "DangerFinder"}]
        message.set("entities", entities, add_to_output=True)
