"""Calls a message not understood where its topic is hardly likelier than the next.

Rasa's own FallbackClassifier knows one threshold on the difference of two chances. How many times
likelier the first is says more, and how much is enough depends on the language.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.training_data.message import Message

from nlu.components.language import LANGUAGE

OTHERS = "others"  # the lead of a language that has none of its own


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Doubt(GraphComponent):
    """Sets the intent of what is not clear to `nlu_fallback`; the ranking stays."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that `config.yml` may change.

        `leads` is how many times likelier than the second the first topic must be, for each
        language. `polite` is enough for the topics of `never_offered`: nobody is asked "you mean
        hello?".
        """
        return {"leads": {OTHERS: 3.0}, "polite": 1.0, "never_offered": []}

    def __init__(self, config: dict[str, Any]) -> None:
        self._leads: dict[str, float] = config["leads"]
        self._polite: float = config["polite"]
        self._never_offered = set(config["never_offered"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Doubt:
        """The component (Rasa calls this)."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Doubts each message that gives reason to (Rasa calls this)."""
        for message in messages:
            if self._unclear(message):
                doubt = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}
                message.set("intent", doubt, add_to_output=True)
        return messages

    def _unclear(self, message: Message) -> bool:
        ranking = message.get("intent_ranking") or []
        if not ranking:
            return False
        first, second = ([x["confidence"] for x in ranking] + [0.0])[:2]
        language = (message.get(LANGUAGE) or {}).get("name", OTHERS)
        least = self._leads.get(language, self._leads[OTHERS])
        if ranking[0]["name"] in self._never_offered:
            least = min(least, self._polite)
        return bool(first < least * second)
