"""`make evaluate`: the held-out messages asked of ours and of stock Rasa, in one run.

    python -m benchmarks.evaluation [--epochs 100] [--record]

Stock Rasa is its default pipeline, trained on the same messages (the first time this takes most of
an hour) and taken as it comes: it answers, or its own fallback speaks; it offers no choices.
The tables go into docs/understanding.md; with `--record` the figures that CI holds us to go into
tests/understanding/recorded.yml.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from benchmarks import stock_rasa, tables
from benchmarks.examination import HELD_OUT, TRAINING, cases, lessons
from bot import evaluate, logs, settings, training
from bot.engine import Engine
from bot.evaluate import OUT_OF_SCOPE, Case, Result
from bot.model import Reply

RECORDED = HELD_OUT / "recorded.yml"
HEAD = (
    "# What each language reached when this was last recorded (make evaluate RECORD=yes). Tests\n"
    "# fail where one falls more than a point behind; shares from 0 to 1.\n"
)


def of_stock(stock: stock_rasa.Stock, asked: list[Case]) -> list[Result]:
    """What stock Rasa makes of the messages."""
    return [_stock_result(case, stock.intent(case.text)) for case in asked]


def _stock_result(case: Case, topic: str) -> Result:
    understood = topic not in ("", OUT_OF_SCOPE)
    reply = Reply(topic=topic, outcome="answered" if understood else "fallback")
    return Result(case, reply, evaluate.verdict(case, reply))


def timed(ask: Callable[[], list[Result]]) -> tuple[list[Result], float]:
    """The results, and processor milliseconds a message."""
    started = time.process_time()
    results = ask()
    return results, (time.process_time() - started) * 1000 / len(results)


def report(ours: list[Result], stock: list[Result], ours_ms: float, stock_ms: float) -> str:
    """The text for docs/understanding.md."""
    costs = (
        f"Processor milliseconds a message: ours {ours_ms:.1f}, with the whole answer; "
        f"Rasa {stock_ms:.1f}, understanding alone.\n"
    )
    parts = [tables.of_results({"ours": ours, "Rasa": stock}), costs, tables.of_groups(ours)]
    return "\n".join([*parts, tables.of_confusions(ours)])


def record(path: Path, results: list[Result]) -> None:
    """Writes the figures that tests hold us to."""
    figures = {
        lang: {
            "right_or_offered": round(shares["right"] + shares["offered"], 4),
            "wrong": shares["wrong"],
        }
        for lang, shares in evaluate.summary(results)["by_language"].items()
    }
    path.write_text(HEAD + yaml.safe_dump(figures, sort_keys=False), "utf-8")


def main() -> None:
    """Runs both, prints and writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=stock_rasa.EPOCHS)
    parser.add_argument("--record", action="store_true", help="also into recorded.yml")
    parser.add_argument("--training", type=Path, default=TRAINING, help="what stock Rasa learns")
    parser.add_argument("--held-out", type=Path, default=HELD_OUT)
    given = parser.parse_args()
    logs.configure("evaluate")
    asked = cases(given.held_out)
    engine = Engine(training.train(settings.load()))
    ours, ours_ms = timed(lambda: evaluate.run(engine, asked))
    model = stock_rasa.trained(stock_rasa.default_pipeline(given.epochs), lessons(given.training))
    rasa = stock_rasa.Stock(model.path)
    stock, stock_ms = timed(lambda: of_stock(rasa, asked))
    text = report(ours, stock, ours_ms, stock_ms)
    print(text)
    tables.rewrite(tables.DOCS, "evaluation", text)
    if given.record:
        record(RECORDED, ours)


if __name__ == "__main__":
    main()
