"""The pipelines of ours that were compared: letters and words, the encoder, and both.

Each learns from messages and their meanings (one row of 384 numbers a message), and ranks the
topics of a message; it asks for the meaning of that only if it needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from benchmarks.examination import Asked, Lesson, Ranking
from bot.settings import ROOT
from nlu.components._cascade import Cascade
from nlu.components._linear import Features, LinearText
from nlu.components.encoder import Vectors
from nlu.components.topic import TopicClassifier

SEED = 1
REGULAR = 30.0  # C of the regression on meanings; chosen by cross-validation
NEIGHBOURS = 10  # the same
TOGETHER = 2.5  # how much the meaning counts beside letters and words in one machine; the same


class Pipeline(Protocol):
    """What is compared."""

    def fit(self, learnt: list[Lesson], meanings: Vectors) -> None:
        """Learns."""

    def rank(self, asked: Asked) -> Ranking:
        """All topics and their chances, likeliest first."""


def ours() -> dict[str, Any]:
    """The settings of our classifier in `config.yml`."""
    steps = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"]
    step = next(x for x in steps if x["name"].endswith(TopicClassifier.__name__))
    return {**TopicClassifier.get_default_config(), **step}


def _features(config: dict[str, Any]) -> Features:
    return Features(tuple(config["letters"]), tuple(config["words"]), config["seen_in"])


def _ranking(topics: list[str], chances: NDArray[np.float64]) -> Ranking:
    pairs = zip(topics, map(float, chances), strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


class Letters:
    """A linear support vector machine on letters and words; with `weight`, on meanings too."""

    def __init__(self, weight: float = 0.0) -> None:
        self._weight = weight
        self._config = ours()
        features, sharpness = _features(self._config), self._config["sharpness"]
        self._model = LinearText(features, sharpness, meaning_weight=weight)

    def fit(self, learnt: list[Lesson], meanings: Vectors) -> None:
        """Learns."""
        texts, topics = [x.question for x in learnt], [x.topic for x in learnt]
        given = meanings if self._weight else None
        self._model.fit(texts, topics, self._config["C"], self._config["random_state"], given)

    def rank(self, asked: Asked) -> Ranking:
        """All topics and their chances, likeliest first."""
        chances = self._model.chances(asked.question, asked.meaning() if self._weight else None)
        return _ranking(self._model.labels, chances)


class Ours:
    """What `config.yml` names: letters and words, and in doubt the meaning too."""

    def __init__(self) -> None:
        config = self._config = ours()
        features = _features(config)
        self._model = Cascade(features, config)

    def fit(self, learnt: list[Lesson], meanings: Vectors) -> None:
        """Learns."""
        texts, topics = [x.question for x in learnt], [x.topic for x in learnt]
        seed = self._config["random_state"]
        self._model.fit(texts, topics, self._config["C"], seed, meanings)

    def rank(self, asked: Asked) -> Ranking:
        """All topics and their chances, likeliest first."""
        return _ranking(self._model.labels, self._model.chances(asked.question, asked.meaning))


class OfMeanings:
    """Any classifier of scikit-learn on the meanings alone."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._model = make()

    def fit(self, learnt: list[Lesson], meanings: Vectors) -> None:
        """Learns. What all sentences have in common is taken off first."""
        self._middle = meanings.mean(axis=0)
        self._model.fit(meanings - self._middle, [x.topic for x in learnt])
        self._topics = [str(topic) for topic in self._model.classes_]

    def rank(self, asked: Asked) -> Ranking:
        """All topics and their chances, likeliest first."""
        row = (asked.meaning() - self._middle)[np.newaxis]
        return _ranking(self._topics, self._model.predict_proba(row)[0])


def regression() -> OfMeanings:
    """Logistic regression on meanings."""
    return OfMeanings(lambda: LogisticRegression(C=REGULAR, max_iter=300, random_state=SEED))


def neighbours() -> OfMeanings:
    """The training messages nearest in meaning, the nearer the more they count."""
    nearest = {"n_neighbors": NEIGHBOURS, "metric": "cosine", "weights": "distance"}
    return OfMeanings(lambda: KNeighborsClassifier(**nearest))


class Together:
    """Several pipelines; the mean of their chances counts."""

    def __init__(self, *makers: Callable[[], Pipeline]) -> None:
        self._parts = [make() for make in makers]

    def fit(self, learnt: list[Lesson], meanings: Vectors) -> None:
        """Each learns by itself."""
        for part in self._parts:
            part.fit(learnt, meanings)

    def rank(self, asked: Asked) -> Ranking:
        """All topics and their chances, likeliest first."""
        meaning = asked.meaning()
        known = replace(asked, meaning=lambda: meaning)
        rankings = [dict(part.rank(known)) for part in self._parts]
        topics = list(rankings[0])
        return _ranking(topics, np.mean([[x[t] for t in topics] for x in rankings], axis=0))


class ForEachLanguage:
    """One model for each language, each learning from the messages of its language alone.

    It is told the language of a text, which flatters it: in use that would be a guess.
    """

    def __init__(self, make: Callable[[], Pipeline]) -> None:
        self._make = make
        self._parts: dict[str, Pipeline] = {}

    def fit(self, learnt: list[Lesson], meanings: Vectors) -> None:
        """Each learns from its own."""
        for lang in sorted({x.lang for x in learnt}):
            places = [place for place, x in enumerate(learnt) if x.lang == lang]
            self._parts[lang] = self._make()
            self._parts[lang].fit([learnt[place] for place in places], meanings[places])

    def rank(self, asked: Asked) -> Ranking:
        """All topics and their chances, likeliest first."""
        return self._parts[asked.lang].rank(asked)


def _both() -> Letters:
    return Letters(weight=TOGETHER)


PIPELINES: dict[str, Callable[[], Pipeline]] = {
    "letters and words, linear SVM": Letters,
    "the same, one model for each language": lambda: ForEachLanguage(Letters),
    "encoder, logistic regression": regression,
    "encoder, logistic regression, one for each language": lambda: ForEachLanguage(regression),
    "encoder, nearest neighbours": neighbours,
    "encoder, regression and neighbours together": lambda: Together(regression, neighbours),
    "letters, words and encoder, linear SVM": _both,
    "letters, words and encoder, one for each language": lambda: ForEachLanguage(_both),
    "letters, words and encoder, and neighbours": lambda: Together(_both, neighbours),
    "the cascade of config.yml": Ours,
}
