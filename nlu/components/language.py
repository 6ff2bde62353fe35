"""Tells the language of a message from its letters, learnt from the training messages themselves.

Public language identifiers do not know short, unaccented, mixed Haitian Creole; our own training
messages are exactly that.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import skops.io as sio
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline

from bot.text import normalise

LANGUAGE = (
    "language"  # key on a message: before training its code, after processing name and confidence
)
_FILE = "language.skops"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(GraphComponent):
    """Sets `language: {name, confidence}` on every message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that `config.yml` may change."""
        return {"longest_ngram": 4, "C": 20.0, "random_state": 1}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: Pipeline | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageIdentifier:
        """An untrained identifier (Rasa calls this)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageIdentifier:
        """A trained identifier (Rasa calls this)."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            path = folder / _FILE
            component._model = sio.load(path, trusted=sio.get_untrusted_types(file=path))
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the messages that carry a language."""
        labelled = [m for m in training_data.intent_examples if m.get(LANGUAGE)]
        self._model = self._untrained()
        self._model.fit(
            [normalise(message.get("text")) for message in labelled],
            [message.get(LANGUAGE) for message in labelled],
        )
        with self._storage.write_to(self._resource) as folder:
            sio.dump(self._model, folder / _FILE)
        return self._resource

    def _untrained(self) -> Pipeline:
        letters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(1, self._config["longest_ngram"]),
            sublinear_tf=True,
            dtype=np.float32,
        )
        classifier = LogisticRegression(
            C=self._config["C"],
            class_weight="balanced",
            max_iter=300,
            random_state=self._config["random_state"],
        )
        return Pipeline([("letters", letters), ("classifier", classifier)])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training needs nothing from here."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the language of each message."""
        for message in messages:
            message.set(LANGUAGE, self._identify(message.get("text") or ""), add_to_output=True)
        return messages

    def _identify(self, text: str) -> dict[str, Any]:
        if self._model is None:
            return {"name": "", "confidence": 0.0}
        chances = self._model.predict_proba([normalise(text)])[0]
        best = int(np.argmax(chances))
        return {"name": str(self._model.classes_[best]), "confidence": float(chances[best])}
