"""The examination: no language falls more than a point behind what was recorded for it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import yaml

from bot import evaluate
from bot.knowledge import Knowledge
from bot.settings import ROOT

EXAMINATION = ROOT / "tests" / "understanding"
RECORDED: dict[str, dict[str, float]] = yaml.safe_load((EXAMINATION / "recorded.yml").read_text())
POINT = 0.01
FEWEST = 8  # messages of each topic and language


def cases(lang: str) -> list[evaluate.Case]:
    """The held-out messages of a language."""
    return evaluate.read(EXAMINATION / f"{lang}.jsonl")


def test_every_whole_language_is_examined(content: Knowledge) -> None:
    whole = [code for code, x in content.languages.items() if not x.settings.partial]

    assert sorted(RECORDED) == sorted(whole)


@pytest.mark.parametrize("lang", RECORDED)
def test_every_topic_is_examined(lang: str, content: Knowledge) -> None:
    counts = Counter(case.topic for case in cases(lang))

    assert [topic for topic in content.topics if counts[topic] < FEWEST] == []


@pytest.mark.parametrize("lang", RECORDED)
def test_every_case_is_of_its_language_and_of_topics_that_there_are(
    lang: str, content: Knowledge
) -> None:
    wrong = [x for x in cases(lang) if x.lang != lang or not x.topics <= set(content.topics)]

    assert wrong == []


@pytest.mark.model
@pytest.mark.parametrize("lang", RECORDED)
def test_no_language_falls_behind(lang: str, engine: Any) -> None:
    found = evaluate.shares(evaluate.run(engine, cases(lang)))
    reached = RECORDED[lang]

    assert found["right"] + found["offered"] >= reached["right_or_offered"] - POINT
    assert found["wrong"] <= reached["wrong"] + POINT
