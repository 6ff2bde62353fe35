"""Compares pipelines: each learns from the training messages and is asked the held-out ones.

    python -m benchmarks.understanding [--most 12] [--only WORDS] [--ours] [--write]

All learn from the same `--most` messages a topic and language (0: from all of them), for Rasa's
own pipelines take hours on all. `--write` puts the tables into docs/understanding.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import pipelines, stock_rasa, tables
from benchmarks.comparison import Comparison, Outcome
from benchmarks.examination import HELD_OUT, TRAINING
from bot import logs

MOST = 12  # as in benchmarks/evaluation.py, so that stock Rasa is trained once for both


RASA: dict[str, stock_rasa.Pipeline] = {
    f"Rasa's default pipeline (DIET, {stock_rasa.EPOCHS} epochs)": stock_rasa.default_pipeline(),
    "Rasa's logistic regression on letters": stock_rasa.REGRESSION,
}


def outcomes(compared: Comparison, only: str, ours: bool) -> Iterator[tuple[str, Outcome]]:
    """The name and outcome of each pipeline whose name holds the words."""
    for name in (name for name in RASA if only in name and not ours):
        yield name, compared.of_rasa(RASA[name])
    for name in (name for name in pipelines.PIPELINES if only in name):
        yield name, compared.of_ours(name)


def main() -> None:
    """Prints the tables, and writes them where that is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=MOST, help="messages a topic and language")
    parser.add_argument("--only", default="", help="pipelines with these words in their names")
    parser.add_argument("--ours", action="store_true", help="without Rasa's own pipelines")
    parser.add_argument("--write", action="store_true", help="into docs/understanding.md")
    parser.add_argument("--training", type=Path, default=TRAINING)
    parser.add_argument("--held-out", type=Path, default=HELD_OUT)
    given = parser.parse_args()
    logs.configure("compare")
    compared = Comparison(given.training, given.held_out, given.most)
    found = {}
    for name, outcome in outcomes(compared, given.only, given.ours):
        sys.stderr.write(f"{name}\n")
        found[name] = outcome
    part = f"Learnt from {len(compared.learnt)} messages"
    part += f", at most {given.most} a topic and language.\n\n" if given.most else ".\n\n"
    text = part + tables.of_pipelines(compared.cases, found)
    print(text)
    if given.write:
        tables.rewrite(tables.DOCS, "pipelines", text)


if __name__ == "__main__":
    main()
