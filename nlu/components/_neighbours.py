"""What the training messages closest in meaning say of a message.

The underscore: this is no component by itself.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_FILE = "neighbours.npz"

CLOSEST = 20  # messages that have a vote
STEEPNESS = 10.0  # how much more a closer message counts


class Neighbours:
    """The directions of the training messages from their middle, and the label of each."""

    def fit(self, meanings: Vectors, labels: list[str], order: list[str]) -> None:
        """Keeps the messages. Votes are given in the `order` of the labels."""
        place = {label: number for number, label in enumerate(order)}
        self._labels, self._number = np.array([place[label] for label in labels]), len(order)
        self._middle = meanings.mean(axis=0)
        self._directions = _direction(meanings - self._middle).astype(np.float16)
        self._wide = self._directions.astype(np.float32)

    def votes(self, meaning: Vectors) -> NDArray[np.float64]:
        """The share of each label among the closest messages, adding up to 1."""
        alike = self._wide @ _direction(meaning - self._middle)
        closest = np.argpartition(-alike, min(CLOSEST, len(alike) - 1))[:CLOSEST]
        weights = np.exp(STEEPNESS * (alike[closest] - 1.0))
        votes = np.bincount(self._labels[closest], weights=weights, minlength=self._number)
        return np.asarray(votes / votes.sum())

    def save(self, folder: Path) -> None:
        """Writes a file into the folder."""
        arrays = {"labels": self._labels, "middle": self._middle, "directions": self._directions}
        np.savez(folder / _FILE, number=self._number, **arrays)

    def load(self, folder: Path) -> None:
        """Reads what `save` wrote."""
        arrays = np.load(folder / _FILE)
        self._labels, self._middle = arrays["labels"], arrays["middle"]
        self._directions, self._number = arrays["directions"], int(arrays["number"])
        self._wide = self._directions.astype(np.float32)


def _direction(vectors: Vectors) -> Vectors:
    """The vectors with length 1."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
