"""`make evaluate`: the held-out messages asked of ours and of stock Rasa, in one run.

    python -m benchmarks.evaluation [--most 12] [--epochs 10] [--ours] [--record]

Stock Rasa is its default pipeline taken as it comes: it answers, or its own fallback speaks; it
offers no choices. On all messages it trains for hours, so it learns from `--most` a topic and
language. With `--ours` it is left out. The tables go into docs/understanding.md; with `--record`
the figures that CI holds us to go into tests/understanding/recorded.yml.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks import stock_rasa, tables
from benchmarks.examination import HELD_OUT, TRAINING, Lesson, cases, lessons
from bot import evaluate, logs, settings, training
from bot.engine import Engine
from bot.evaluate import OUT_OF_SCOPE, Case, Result
from bot.model import Reply

MOST = 12  # messages a topic and language that stock Rasa learns from
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


def timed(ask: Callable[[], list[Result]]) -> Run:
    """The results, and what they cost."""
    started = time.process_time()
    results = ask()
    return Run(results, (time.process_time() - started) * 1000 / len(results))


@dataclass(frozen=True)
class Run:
    """What came of asking one program, and processor milliseconds a message."""

    results: list[Result]
    milliseconds: float


def report(ours: Run, stock: Run | None, told: str) -> str:
    """The text for docs/understanding.md; `told` says what stock Rasa learnt from."""
    runs = {"ours": ours} | ({"Rasa": stock} if stock else {})
    results = {name: run.results for name, run in runs.items()}
    costs = (
        f"Processor milliseconds a message: ours {ours.milliseconds:.1f}, with the whole answer"
    )
    costs += f"; Rasa {stock.milliseconds:.1f}, understanding alone. {told}\n" if stock else ".\n"
    parts = [tables.of_results(results), costs, tables.of_groups(ours.results)]
    return "\n".join([*parts, tables.of_confusions(ours.results)])


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


def ask_stock(asked: list[Case], learnt: list[Lesson], epochs: int) -> Run:
    """Trains stock Rasa, unless that was done before, and asks it."""
    model = stock_rasa.trained(stock_rasa.default_pipeline(epochs), learnt)
    rasa = stock_rasa.Stock(model.path)
    return timed(lambda: of_stock(rasa, asked))


def main() -> None:
    """Runs both, prints and writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=stock_rasa.EPOCHS)
    parser.add_argument("--most", type=int, default=MOST, help="messages a topic and language")
    parser.add_argument("--ours", action="store_true", help="without stock Rasa")
    parser.add_argument("--record", action="store_true", help="also into recorded.yml")
    parser.add_argument("--training", type=Path, default=TRAINING, help="what stock Rasa learns")
    parser.add_argument("--held-out", type=Path, default=HELD_OUT)
    given = parser.parse_args()
    logs.configure("evaluate")
    asked = cases(given.held_out)
    engine = Engine(training.train(settings.load()))
    ours = timed(lambda: evaluate.run(engine, asked))
    if given.record:
        record(RECORDED, ours.results)
    learnt = [] if given.ours else lessons(given.training, given.most)
    stock = ask_stock(asked, learnt, given.epochs) if learnt else None
    told = f"It learnt from {len(learnt)} of the messages, in {given.epochs} epochs."
    text = report(ours, stock, told)
    print(text)
    tables.rewrite(tables.DOCS, "evaluation", text)


if __name__ == "__main__":
    main()
