"""A linear classifier of what messages mean, by least squares: quickly learnt, without chance.

The underscore: this is no component by itself.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
_FILE = "meaning.npz"


class LinearMeaning:
    """Gives the margin of each label for a vector; a label with few messages counts as much.

    `regular` is how much it keeps from learning single messages by heart.
    """

    def __init__(self, regular: float) -> None:
        self._regular = regular

    def fit(self, meanings: Vectors, labels: list[str], order: list[str], _seed: int = 0) -> None:
        """Learns. Margins are given in the `order` of the labels. It needs no seed."""
        own = np.array(labels)[:, np.newaxis] == np.array(order)
        counts = np.maximum(own.sum(axis=0), 1)
        importance = (own @ (len(labels) / len(order) / counts))[:, np.newaxis]
        # All sentences have much in common; without that, what differs counts.
        self._middle = meanings.mean(axis=0)
        rows = (meanings - self._middle).astype(np.float64)
        square = (rows * importance).T @ rows + self._regular * np.eye(rows.shape[1])
        wanted = own - 1 / len(order)
        weights = np.linalg.solve(square, (rows * importance).T @ wanted)
        self._weights = weights.astype(np.float32)

    def margins(self, meaning: Vectors) -> NDArray[np.float64]:
        """How far the vector lies on the side of each label."""
        return np.asarray((meaning - self._middle) @ self._weights, dtype=np.float64)

    def save(self, folder: Path) -> None:
        """Writes a file into the folder."""
        np.savez(folder / _FILE, middle=self._middle, weights=self._weights)

    def load(self, folder: Path) -> None:
        """Reads what `save` wrote."""
        arrays = np.load(folder / _FILE)
        self._middle, self._weights = arrays["middle"], arrays["weights"]
