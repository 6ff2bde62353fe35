"""`make evaluate`: how stock Rasa counts, the report, and the figures that are recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from benchmarks import evaluation
from bot.evaluate import OUT_OF_SCOPE, Case, Result
from bot.model import Reply

TOPIC, OTHER = "h2.cost", "h2.what"


class Says:
    """Stock Rasa that always understands the same."""

    def __init__(self, topic: str) -> None:
        self.topic = topic

    def intent(self, text: str) -> str:
        """The topic."""
        return self.topic


def result(lang: str, verdict: Any) -> Result:
    """A case of a language that came out like this."""
    return Result(Case("a text", TOPIC, lang), Reply(topic=OTHER, language=lang), verdict)


@pytest.mark.parametrize(
    ("right", "understood", "verdict"),
    [
        (TOPIC, TOPIC, "right"),
        (TOPIC, OTHER, "wrong"),
        (TOPIC, "", "missed"),
        (TOPIC, OUT_OF_SCOPE, "missed"),
        (OUT_OF_SCOPE, OUT_OF_SCOPE, "right"),
        (OUT_OF_SCOPE, "", "right"),
        (OUT_OF_SCOPE, TOPIC, "wrong"),
    ],
)
def test_how_stock_rasa_counts(right: str, understood: str, verdict: str) -> None:
    stock = cast(Any, Says(understood))
    results = evaluation.of_stock(stock, [Case("a text", right, "es")])

    assert [x.verdict for x in results] == [verdict]


def test_what_is_recorded_is_right_or_offered_and_wrong_of_each_language(tmp_path: Path) -> None:
    spanish = [result("es", x) for x in ("right", "offered", "wrong", "missed")]
    path = tmp_path / "recorded.yml"
    evaluation.record(path, [*spanish, result("ht", "right")])

    assert yaml.safe_load(path.read_text("utf-8")) == {
        "es": {"right_or_offered": 0.5, "wrong": 0.25},
        "ht": {"right_or_offered": 1.0, "wrong": 0.0},
    }


def test_the_report_has_both_beside_each_other_in_every_language() -> None:
    ours = [result("es", "right"), result("ht", "wrong")]
    stock = [result("es", "wrong"), result("ht", "missed")]
    runs = evaluation.Run(ours, 8.0), evaluation.Run(stock, 40.0)
    lines = evaluation.report(*runs, "It learnt.").splitlines()

    assert "| es | ours | 100.0 | 0.0 | 0.0 | 0.0 | 1 |" in lines
    assert "| es | Rasa | 0.0 | 0.0 | 100.0 | 0.0 | 1 |" in lines
    assert "| h2.cost | h2.what | 1 |" in lines


def test_ours_alone_is_reported_without_stock_rasa() -> None:
    text = evaluation.report(evaluation.Run([result("es", "right")], 8.0), None, "It learnt.")

    assert "| es | ours | 100.0 | 0.0 | 0.0 | 0.0 | 1 |" in text.splitlines()
    assert "Rasa" not in text
