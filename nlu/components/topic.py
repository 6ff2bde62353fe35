"""Tells the topic of a message from its words and letters and, in doubt, from its meaning.

Rasa's own logistic regression takes twenty times as long to train on our messages and copies its
weights at every prediction.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot import knowledge, settings
from bot.checks.messages import GROUP
from bot.words import Lexicon
from nlu.components._cascade import CascadeComponent
from nlu.components._settle import settle
from nlu.components.encoder import later

SECOND = "second"  # the entity with the topic of a second question
ASKED_AT_ONCE = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(CascadeComponent):
    """Sets `intent` and `intent_ranking`."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that `config.yml` may change.

        One of two questions must be `clear` by itself (its lead), and have a `share` of the
        chances for the whole message; the topics of protection, which would come first, more.
        """
        return {
            "letters": [2, 4],
            "words": [1, 2],
            "seen_in": 2,
            "C": 0.5,
            "sharpness": 4.0,
            "hidden": 512,
            "regular": 1.0,
            "weight": 0.08,
            "sure": 0.5,
            "clear": 0.5,
            "share": 0.02,
            "share_of_protection": 0.1,
            "random_state": 1,
            "ranking_length": 10,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._lexicon = Lexicon.of(knowledge.load(settings.load().knowledge))

    def prepared(self, text: str) -> str:
        """What is asked: "hello" before a question is not the question."""
        return self._lexicon.question(text)

    @staticmethod
    def label(message: Message) -> str:
        """The topic that the message stands under."""
        return str(message.get("intent") or "")

    def process(self, messages: list[Message]) -> list[Message]:
        """Ranks the topics of each message, and finds a second question (Rasa calls this)."""
        for message in messages:
            ranked = self.ranked(message)[: self._config["ranking_length"]]
            ranking = [{"name": name, "confidence": chance} for name, chance in ranked]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            self._mark_second(message, dict(ranked))
        return messages

    def _mark_second(self, message: Message, likely: dict[str, float]) -> None:
        """Settles the first of two questions, and adds the topic of the second as an entity."""
        asked = self._asked(message.get("text") or "", likely)
        if len(asked) == ASKED_AT_ONCE:
            second = {"entity": SECOND, "value": asked[1], "start": 0, "end": 0}
            message.set("entities", [*message.get("entities", []), second], add_to_output=True)
            settle(message, asked[0])

    def _asked(self, text: str, likely: dict[str, float]) -> list[str]:
        """The topics of the questions in a message, the urgent one first.

        Only those that are clear by themselves and likely for the whole message.
        """
        found: dict[str, None] = {}
        for part in self._lexicon.questions(text):
            ranked = self.ranked_text(part, later(part))
            topic, sure = ranked[0][0], ranked[0][1] - ranked[1][1]
            share = "share_of_protection" if topic.startswith(GROUP) else "share"
            asked = likely.get(topic, 0.0) >= self._config[share]
            if asked and sure >= self._config["clear"] and not topic.startswith("meta."):
                found.setdefault(topic)
        return sorted(found, key=lambda topic: not topic.startswith(GROUP))
