"""What a component of Rasa that holds one LinearText needs: create, load, train, keep.

The underscore: this is no component by itself.
"""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.text import normalise
from nlu.components._linear import Features, LinearText

T = TypeVar("T", bound="LinearComponent")


class LinearComponent(GraphComponent):
    """Learns `label(message)` from the normalised texts of the training messages."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        letters, words = tuple(config["letters"]), tuple(config["words"])
        features = Features(letters, words, config["seen_in"])
        self._model = LinearText(features, config["sharpness"])

    @staticmethod
    @abstractmethod
    def label(message: Message) -> str:
        """What is to be learnt of a message; nothing for one that teaches nothing."""

    def prepared(self, text: str) -> str:
        """The text as it is learnt and looked at."""
        return normalise(text)

    @classmethod
    def create(
        cls: type[T],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> T:
        """An untrained component (Rasa calls this)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: type[T],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> T:
        """A trained component (Rasa calls this)."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.read(folder)
        return component

    def read(self, folder: Path) -> None:
        """Reads what training kept."""
        self._model.load(folder)

    def examples(self, training_data: TrainingData) -> list[Message]:
        """The training messages that this component learns from."""
        return list(training_data.intent_examples)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns and keeps what was learnt (Rasa calls this)."""
        examples = self.examples(training_data)
        pairs = [(self.prepared(example.get("text")), self.label(example)) for example in examples]
        texts, labels = zip(*(pair for pair in pairs if pair[1]), strict=True)
        self._model.fit(list(texts), list(labels), self._config["C"], self._config["random_state"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Other components learn nothing from this one (Rasa calls this)."""
        return training_data

    def ranked(self, message: Message) -> list[tuple[str, float]]:
        """The labels and their chances for a message, likeliest first."""
        chances = self._model.chances(self.prepared(message.get("text") or ""))
        pairs = zip(self._model.labels, map(float, chances), strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])
