"""Rasa as it comes: its own pipelines, trained and asked through Rasa itself.

    python -m benchmarks.stock_rasa [--epochs 100]

trains Rasa's default pipeline on the project's messages, unless that was done before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasa
import rasa.model_training
import yaml
from rasa.core.agent import Agent
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME as FALLBACK
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLWriter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from benchmarks.examination import KEPT, TRAINING, Lesson, Ranking, fingerprint, lessons

DEFAULT = Path(rasa.__file__).parent / "engine/recipes/config_files/default_config.yml"
EPOCHS = 10  # Rasa's own 100 take many hours on our messages
LETTERS = {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
REGRESSION = (
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer", **LETTERS},
    {"name": "LogisticRegressionClassifier"},
)

Pipeline = Iterable[dict[str, Any]]


@dataclass(frozen=True)
class Trained:
    """A model's file, and the processor seconds, of all threads, that it took."""

    path: Path
    seconds: float


def default_pipeline(epochs: int = EPOCHS) -> list[dict[str, Any]]:
    """What `rasa init` and `rasa train` use where nothing is configured."""
    steps: list[dict[str, Any]] = yaml.safe_load(DEFAULT.read_text("utf-8"))["pipeline"]
    return [{**step, "epochs": epochs} if "epochs" in step else step for step in steps]


def trained(pipeline: Pipeline, learnt: list[Lesson], folder: Path = KEPT) -> Trained:
    """The model of a pipeline on these messages; trained if there is none yet."""
    steps = list(pipeline)
    path = folder / f"rasa-{fingerprint(learnt, steps)}.tar.gz"
    noted = path.with_suffix(".json")
    if not noted.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        noted.write_text(json.dumps({"seconds": _train(steps, learnt, path), "steps": steps}))
    return Trained(path, json.loads(noted.read_text())["seconds"])


def _train(steps: list[dict[str, Any]], learnt: list[Lesson], target: Path) -> float:
    started = time.process_time()
    with tempfile.TemporaryDirectory() as name:
        config, messages = Path(name) / "config.yml", Path(name) / "nlu.yml"
        head = {"recipe": "default.v1", "assistant_id": "stock", "language": "en"}
        config.write_text(yaml.safe_dump({**head, "pipeline": steps}), "utf-8")
        RasaYAMLWriter().dump(messages, _as_training_data(learnt))
        rasa.model_training.train_nlu(str(config), str(messages), str(target.parent), target.name)
    return time.process_time() - started


def _as_training_data(learnt: list[Lesson]) -> TrainingData:
    return TrainingData([Message.build(text=x.text, intent=x.topic) for x in learnt])


class Stock:
    """A trained model of Rasa's."""

    def __init__(self, model: Path) -> None:
        self._agent = Agent.load(str(model))

    def intent(self, text: str) -> str:
        """The topic that Rasa would answer; nothing where its own fallback speaks."""
        name = str(self._parse(text)["intent"]["name"] or FALLBACK)
        return "" if name == FALLBACK else name

    def rank(self, text: str) -> Ranking:
        """The topics and their chances, likeliest first; Rasa names no more than ten."""
        ranking = self._parse(text)["intent_ranking"]
        pairs = [(x["name"], float(x["confidence"])) for x in ranking]
        return [pair for pair in pairs if pair[0] != FALLBACK]

    def _parse(self, text: str) -> dict[str, Any]:
        """What Rasa understands of a text; a slash before it would be a command."""
        parsed: dict[str, Any] = asyncio.run(self._agent.parse_message(text.lstrip("/ ")))
        return parsed


def main() -> None:
    """Trains the default pipeline."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--training", type=Path, default=TRAINING)
    given = parser.parse_args()
    model = trained(default_pipeline(given.epochs), lessons(given.training))
    print(f"{model.path.name}: {given.epochs} epochs, {model.seconds:.0f} processor seconds")


if __name__ == "__main__":
    main()
