"""The process that trains: `python -m bot.train_process FILE`. Shows each step as it begins."""

from __future__ import annotations

import io
import logging
import os
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

from bot import logs

STEPS = {
    "LanguageIdentifier": "learning the languages",
    "TopicClassifier": "learning the topics",
    "DangerFinder": "learning what danger is",
    "RulePolicy": "learning the rules",
}
BEHIND = 10  # as `nice` counts: the pages and the webhooks go first while it trains
MEANINGS = "nlu.components.encoder"  # the logger that says how far the encoder is


class _Progress(logging.Handler):
    """Turns Rasa's "Starting to train component …" into lines for people."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._start = time.monotonic()
        self._out = sys.stderr  # standard output may be somebody's JSON

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        for component, words in STEPS.items():
            if f"Starting to train component '{component}'" in text:
                self.say(words)
        if record.name == MEANINGS:
            self.say(f"learning what messages mean: {text}")

    def say(self, words: str) -> None:
        """One line with the time since the start."""
        self._out.write(f"  {time.monotonic() - self._start:5.1f} s  {words}\n")
        self._out.flush()


def main(target: Path) -> None:
    """Trains to the file. Raises what Rasa raises."""
    logs.configure("train")
    os.nice(BEHIND)
    progress = _Progress()
    progress.say("loading Rasa")
    import rasa.model_training

    hooks = logging.getLogger("rasa.engine.training.hooks")
    hooks.setLevel(logging.INFO)
    hooks.addHandler(progress)
    hooks.propagate = False
    meanings = logging.getLogger(MEANINGS)
    meanings.addHandler(progress)
    meanings.propagate = False
    progress.say("reading the content")
    with redirect_stdout(io.StringIO()):  # Rasa would name the unfinished file
        result = rasa.model_training.train(
            domain="domain.yml",
            config="config.yml",
            training_files=["nlu"],
            output=str(target.parent),
            fixed_model_name=target.name.removesuffix(".tar.gz"),
            force_training=True,
        )
    if not result.model:
        sys.exit(1)
    progress.say("done")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(130)
