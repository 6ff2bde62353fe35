"""A linear classifier of short texts by their words and letters, kept as plain arrays.

The underscore: this is no component of Rasa.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

Vectors = NDArray[np.float32]
_ARRAYS, _NAMES = "linear.npz", "linear.json"
CLOSE = 0.1  # how exactly the machine is solved: closer takes longer and ranks alike


@dataclass(frozen=True)
class Features:
    """Which pieces of a text count: `letters` and `words` are the shortest and longest n-grams.

    A piece must occur in `seen_in` training texts.
    """

    letters: tuple[int, int]
    words: tuple[int, int]
    seen_in: int = 1

    def vectorizers(self) -> list[TfidfVectorizer]:
        """One for letters and one for words."""
        shared = {"sublinear_tf": True, "min_df": self.seen_in, "dtype": np.float32}
        one_letter_too = r"(?u)\b\w+\b"  # "m", "w", "q" are words here
        return [
            TfidfVectorizer(analyzer="char_wb", ngram_range=self.letters, **shared),
            TfidfVectorizer(ngram_range=self.words, token_pattern=one_letter_too, **shared),
        ]


class LinearText:
    """Trained on texts with labels; gives the chance of each label for a text.

    Chances are the softmax of the margins times `sharpness`.
    """

    def __init__(self, features: Features, sharpness: float, meaning_weight: float = 0.0) -> None:
        """`meaning_weight` is how much a vector of meaning counts against letters and words."""
        self._vectorizers = features.vectorizers()
        self._sharpness = sharpness
        self._meaning_weight = meaning_weight
        self.labels: list[str] = []

    def fit(
        self,
        texts: list[str],
        labels: list[str],
        strictness: float,
        seed: int,
        meanings: Vectors | None = None,
    ) -> None:
        """Learns. `strictness` is the C of the support vector machine."""
        parts = [vectorizer.fit_transform(texts) for vectorizer in self._vectorizers]
        # All sentences have much in common; without that, what differs counts.
        self._middle = np.zeros(0, np.float32) if meanings is None else meanings.mean(axis=0)
        if meanings is not None:
            parts.append(csr_matrix((meanings - self._middle) * self._meaning_weight))
        self.labels = sorted(set(labels))
        machine = LinearSVC(C=strictness, tol=CLOSE, random_state=seed)
        wanted = self.labels[1:] if len(self.labels) == 2 else self.labels
        rows, offset = _one_against_rest(machine, hstack(parts, format="csr"), labels, wanted)
        if len(self.labels) == 2:  # what speaks for one speaks against the other
            rows, offset = np.vstack([-rows, rows]), np.concatenate([-offset, offset])
        # One column a label, rows side by side in memory: a short text touches few rows.
        # In half precision: a model is packed and unpacked in half the time.
        self._weights = np.ascontiguousarray(rows.T, dtype=np.float16)
        self._offset = offset.astype(np.float32)
        self._pieces = list(map(_Pieces, self._vectorizers))

    def chances(self, text: str, meaning: Vectors | None = None) -> NDArray[np.float64]:
        """The chance of each of `labels`, adding up to 1."""
        return self.sharpened(self.margins(text, meaning))

    def sharpened(self, margins: NDArray[np.float64]) -> NDArray[np.float64]:
        """Chances from margins."""
        raised = np.exp(self._sharpness * (margins - margins.max()).astype(np.float64))
        return np.asarray(raised / raised.sum())

    def margins(self, text: str, meaning: Vectors | None = None) -> NDArray[np.float64]:
        """How far the text lies on the side of each label."""
        margins, first = self._offset, 0
        for pieces in self._pieces:
            places, values = pieces.of(text)
            margins = margins + values @ self._weights[places + first].astype(np.float32)
            first += len(pieces)
        if meaning is not None:
            last = self._weights[-len(self._middle) :].astype(np.float32)
            margins = margins + (meaning - self._middle) * self._meaning_weight @ last
        return np.asarray(margins)

    def save(self, folder: Path) -> None:
        """Writes two files into the folder."""
        rarities = {f"idf{n}": v.idf_ for n, v in enumerate(self._vectorizers)}
        arrays = {"weights": self._weights, "offset": self._offset, "middle": self._middle}
        np.savez_compressed(folder / _ARRAYS, **arrays, **rarities)
        pieces = [sorted(v.vocabulary_, key=v.vocabulary_.get) for v in self._vectorizers]
        names = {"labels": self.labels, "pieces": pieces}
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), "utf-8")

    def load(self, folder: Path) -> None:
        """Reads what `save` wrote, for the same features."""
        names = json.loads((folder / _NAMES).read_text("utf-8"))
        arrays = np.load(folder / _ARRAYS)
        self.labels = names["labels"]
        self._weights, self._offset = arrays["weights"], arrays["offset"]
        self._middle = arrays["middle"]
        for number, (vectorizer, pieces) in enumerate(
            zip(self._vectorizers, names["pieces"], strict=True)
        ):
            vectorizer.vocabulary_ = {piece: place for place, piece in enumerate(pieces)}
            vectorizer.fixed_vocabulary_ = True
            vectorizer.idf_ = arrays[f"idf{number}"]
        self._pieces = list(map(_Pieces, self._vectorizers))


def _one_against_rest(
    machine: LinearSVC, pieces: csr_matrix, labels: list[str], wanted: list[str]
) -> tuple[Vectors, Vectors]:
    """A row of weights and an offset for each wanted label.

    The machine would do the same one after another; it lets go of Python's lock, so threads help.
    """
    given = np.array(labels)
    pieces.sum_duplicates()
    shared = pieces.astype(np.float64)  # here, for each thread would do both, to the same arrays

    def learn(label: str) -> tuple[Vectors, float]:
        learnt = clone(machine).fit(shared, given == label)
        return learnt.coef_[0].astype(np.float32), float(learnt.intercept_[0])

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        rows, offsets = zip(*pool.map(learn, wanted), strict=True)
    return np.array(rows), np.array(offsets)


class _Pieces:
    """Finds the pieces of one text as `transform` of a fitted vectorizer does.

    That builds five sparse matrices for a single text, and takes four times as long.
    """

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._cut = vectorizer.build_analyzer()
        self._known: dict[str, int] = vectorizer.vocabulary_
        self._rarities: Vectors = vectorizer.idf_

    def __len__(self) -> int:
        return len(self._known)

    def of(self, text: str) -> tuple[NDArray[np.int64], Vectors]:
        """Their places, and their values with length 1."""
        known = self._known
        counts = Counter(known[piece] for piece in self._cut(text) if piece in known)
        places = np.fromiter(counts.keys(), np.int64, len(counts))
        often = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1.0 + np.log(often)) * self._rarities[places]
        return places, np.asarray(values / max(np.linalg.norm(values), 1e-9), dtype=np.float32)
