"""A small network that tells many labels from what messages mean, with one layer between.

It learns what least squares cannot (see `_meaning.py`), but needs more messages. The underscore:
this is no component by itself.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

Vectors = NDArray[np.float32]
_FILE = "layers.npz"
AT_ONCE = 256  # messages in a step
ROUNDS, STEPS = 15, 800  # it sees every message so often, and takes so many steps, at least
_KEPT = ("first", "before", "second", "after", "places", "number")
LEAST = -8.0  # meaning alone makes no label less likely than that (a logarithm)


class LayeredMeaning:
    """Gives for a vector the logarithm of each label's chance, but never less than LEAST.

    `hidden` is the width of the layer, `regular` how much it keeps from learning single messages
    by heart.
    """

    def __init__(self, hidden: int, regular: float) -> None:
        self._hidden, self._regular = hidden, regular

    def fit(self, meanings: Vectors, labels: list[str], order: list[str], seed: int) -> None:
        """Learns. Chances are given in the `order` of the labels."""
        middle, size = meanings.mean(axis=0), meanings.std(axis=0) + 1e-6
        learner = self._learner(len(labels), seed)
        with warnings.catch_warnings():  # that it could go on learning is known
            warnings.simplefilter("ignore", ConvergenceWarning)
            learner.fit((meanings - middle) / size, labels)
        first, second = learner.coefs_
        before, after = learner.intercepts_
        if len(learner.classes_) == 2:  # what speaks for the second speaks against the first
            second, after = np.hstack([0 * second, second]), np.append(0.0, after)
        single = np.float32
        self._first = (first / size[:, np.newaxis]).astype(single)
        self._before = (before - middle / size @ first).astype(single)
        self._second, self._after = second.astype(single), after.astype(single)
        self._places = np.array([order.index(label) for label in learner.classes_])
        self._number = len(order)

    def _learner(self, messages: int, seed: int) -> MLPClassifier:
        steps = -(-messages // AT_ONCE)  # in a round
        return MLPClassifier(
            (self._hidden,),
            alpha=self._regular,
            batch_size=min(AT_ONCE, messages),
            max_iter=max(ROUNDS, STEPS // steps),
            random_state=seed,
        )

    def margins(self, meaning: Vectors) -> NDArray[np.float64]:
        """How likely the vector makes each label; one that nobody wrote under, least of all."""
        hidden = np.maximum(meaning @ self._first + self._before, 0)
        likely = np.full(self._number, LEAST)
        likely[self._places] = np.maximum(log_softmax(hidden @ self._second + self._after), LEAST)
        return likely

    def save(self, folder: Path) -> None:
        """Writes a file into the folder."""
        arrays = {name: getattr(self, f"_{name}") for name in _KEPT}
        np.savez(folder / _FILE, **arrays)

    def load(self, folder: Path) -> None:
        """Reads what `save` wrote."""
        arrays = np.load(folder / _FILE)
        for name in _KEPT:
            setattr(self, f"_{name}", arrays[name])
