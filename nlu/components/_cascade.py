"""A quick classifier of letters and words and, where that is in doubt, what the meaning says.

Letters and words are learnt from all messages, meanings from those whose meaning is known. The
margins of both add up. The meaning costs more than letters and words, so it is asked for only in
doubt. The underscore: this is no component by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components._layers import LayeredMeaning
from nlu.components._linear import Features, LinearText
from nlu.components._meaning import LinearMeaning
from nlu.components._trainable import LinearComponent
from nlu.components.encoder import MEANING, Vectors

Chances = NDArray[np.float64]


class Cascade:
    """Letters and words, and meanings.

    `sure` is the margin over the second label that needs no second look, `grave` a label that
    always needs one, `weight` how much meaning counts against letters and words. Meanings are
    learnt by a network with `hidden` places, or by least squares where it has none.
    """

    def __init__(self, features: Features, config: dict[str, Any]) -> None:
        self._quick = LinearText(features, config["sharpness"])
        hidden, regular = config["hidden"], config["regular"]
        self._meaning = LayeredMeaning(hidden, regular) if hidden else LinearMeaning(regular)
        self._sure, self._grave = config["sure"], config.get("grave")
        self._weight = config["weight"]

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the chances."""
        return self._quick.labels

    def fit(
        self,
        texts: list[str],
        labels: list[str],
        strictness: float,
        seed: int,
        meanings: Sequence[Vectors | None],
    ) -> None:
        """Learns. `meanings` are those of the texts, or None where it is not known."""
        self._quick.fit(texts, labels, strictness, seed)
        known = [place for place, meaning in enumerate(meanings) if meaning is not None]
        rows, theirs = np.array([meanings[x] for x in known]), [labels[x] for x in known]
        self._meaning.fit(rows, theirs, self.labels, seed)

    def chances(self, text: str, meaning: Callable[[], Vectors] | None) -> Chances:
        """The chance of each label; without a meaning, what the quick one says."""
        quick = self._quick.margins(text)
        if meaning is None or self._settled(self._quick.sharpened(quick)):
            return self._quick.sharpened(quick)
        return self._quick.sharpened(quick + self._weight * self._meaning.margins(meaning()))

    def _settled(self, chances: Chances) -> bool:
        """Whether letters and words are enough."""
        grave = self.labels[int(np.argmax(chances))] == self._grave
        return not grave and margin(chances) >= self._sure

    def save(self, folder: Path) -> None:
        """Writes all into the folder."""
        for part in (self._quick, self._meaning):
            part.save(folder)

    def load(self, folder: Path) -> None:
        """Reads what `save` wrote."""
        for part in (self._quick, self._meaning):
            part.load(folder)


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
            [example.get(MEANING) for example in examples],
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
