"""Two classifiers: a quick one of letters and words, and one that also knows the meaning.

The thorough one adds to its own margins the votes of the training messages closest in meaning. The
meaning costs ten times as much, so it is asked for only where the quick one is in doubt. The
underscore: this is no component by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components._linear import Features, LinearText
from nlu.components._neighbours import Neighbours
from nlu.components._trainable import LinearComponent
from nlu.components.encoder import MEANING, Vectors

Chances = NDArray[np.float64]


class Cascade:
    """Both classifiers.

    `sure` is the margin over the second label that needs no second look, `weight` how much meaning
    counts against letters and words, `votes` how much the closest messages count.
    """

    def __init__(self, features: Features, config: dict[str, Any]) -> None:
        sharpness, weight = config["sharpness"], config["weight"]
        self._quick = LinearText(features, sharpness)
        self._thorough = LinearText(features, sharpness, meaning_weight=weight)
        self._neighbours = Neighbours()
        self._sure, self._votes = config["sure"], config["votes"]

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the chances."""
        return self._quick.labels

    def fit(
        self, texts: list[str], labels: list[str], strictness: float, seed: int, meanings: Vectors
    ) -> None:
        """Trains both."""
        self._quick.fit(texts, labels, strictness, seed)
        self._thorough.fit(texts, labels, strictness, seed, meanings)
        self._neighbours.fit(meanings, labels, self.labels)

    def chances(self, text: str, meaning: Callable[[], Vectors] | None) -> Chances:
        """The chance of each label; without a meaning, what the quick one says."""
        quick = self._quick.chances(text)
        if meaning is None or margin(quick) >= self._sure:
            return quick
        vector = meaning()
        margins = self._thorough.margins(text, vector)
        return self._thorough.sharpened(margins + self._votes * self._neighbours.votes(vector))

    def save(self, folder: Path) -> None:
        """Writes both into folders of their own."""
        for name, model in self._parts():
            (folder / name).mkdir(exist_ok=True)
            model.save(folder / name)
        self._neighbours.save(folder)

    def load(self, folder: Path) -> None:
        """Reads what `save` wrote."""
        for name, model in self._parts():
            model.load(folder / name)
        self._neighbours.load(folder)

    def _parts(self) -> tuple[tuple[str, LinearText], ...]:
        return ("quick", self._quick), ("thorough", self._thorough)


def margin(chances: Chances) -> float:
    """How far the likeliest label is before the second."""
    if len(chances) == 1:
        return 1.0
    second, first = np.partition(chances, -2)[-2:]
    return float(first - second)


class CascadeComponent(LinearComponent):
    """A component of Rasa that holds a Cascade instead of one LinearText."""

    def __init__(self, config: dict[str, Any], storage: Any, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        letters, words = tuple(config["letters"]), tuple(config["words"])
        features = Features(letters, words, config["seen_in"])
        self._cascade = Cascade(features, config)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns and keeps what was learnt (Rasa calls this)."""
        examples = [x for x in self.examples(training_data) if self.label(x)]
        self._cascade.fit(
            [self.prepared(example.get("text")) for example in examples],
            [self.label(example) for example in examples],
            self._config["C"],
            self._config["random_state"],
            np.array([example.get(MEANING) for example in examples]),
        )
        with self._storage.write_to(self._resource) as folder:
            self._cascade.save(folder)
        return self._resource

    def read(self, folder: Path) -> None:
        """Reads what training kept."""
        self._cascade.load(folder)

    def ranked(self, message: Message) -> list[tuple[str, float]]:
        """The labels and their chances for a message, likeliest first."""
        text = self.prepared(message.get("text") or "")
        return self.ranked_text(text, message.get(MEANING))

    def ranked_text(
        self, text: str, meaning: Callable[[], Vectors] | None
    ) -> list[tuple[str, float]]:
        """The same for a prepared text."""
        chances = self._cascade.chances(text, meaning)
        pairs = zip(self._cascade.labels, map(float, chances), strict=True)
        return sorted(pairs, key=lambda pair: -pair[1])
