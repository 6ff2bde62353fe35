"""The pipelines that are compared: each learns, and ranks what it has learnt."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import pipelines
from benchmarks.examination import Asked, Lesson
from bot.text import normalise

TEXTS = {
    "documents.passport": ("kijan pou m fè paspò", "cuanto cuesta el pasaporte"),
    "h2.what": ("ki sa viza H2 a ye", "qué es la visa H2"),
    "hubs.nearest": ("ki kote biwo a ye", "dónde está la oficina"),
}
TIMES = 12  # each text, so that there are neighbours enough
LESSONS = [
    Lesson(text, normalise(text), topic, lang)
    for topic, texts in TEXTS.items()
    for lang, text in zip(("ht", "es"), texts, strict=True)
    for _ in range(TIMES)
]
TOPICS = sorted(TEXTS)


def meaning(topic: str, noise: int = 0) -> np.ndarray:  # type: ignore[type-arg]
    """A vector of this topic, with a little of something else."""
    row = np.random.default_rng(noise).normal(scale=0.01, size=384)
    row[TOPICS.index(topic)] += 1
    return row.astype(np.float32)


def asked(lesson: Lesson) -> Asked:
    """A message that was learnt from."""
    return Asked(lesson.text, lesson.question, lesson.lang, lambda: meaning(lesson.topic))


@pytest.mark.parametrize("name", pipelines.PIPELINES)
def test_a_pipeline_ranks_what_it_has_learnt(name: str) -> None:
    pipeline = pipelines.PIPELINES[name]()
    rows = [meaning(lesson.topic, place) for place, lesson in enumerate(LESSONS)]
    pipeline.fit(LESSONS, np.array(rows))

    rankings = [pipeline.rank(asked(lesson)) for lesson in LESSONS[::TIMES]]

    assert [ranking[0][0] for ranking in rankings] == [x.topic for x in LESSONS[::TIMES]]
    assert all(sum(chance for _, chance in x) == pytest.approx(1) for x in rankings)


def test_a_model_for_each_language_learns_from_its_own_messages_alone() -> None:
    pipeline = pipelines.ForEachLanguage(pipelines.Letters)
    creole = [x for x in LESSONS if x.lang == "ht"]
    spanish = [Lesson(x.text, x.question, "h2.cost", "es") for x in creole]
    both = [*creole, *spanish, Lesson("costo", "costo", "h2.what", "es")]
    pipeline.fit(both, np.zeros((len(both), 384), np.float32))

    assert pipeline.rank(asked(creole[0]))[0][0] == creole[0].topic
    assert pipeline.rank(asked(spanish[0]))[0][0] == "h2.cost"


def test_the_settings_of_ours_are_those_of_the_configuration() -> None:
    assert pipelines.ours()["name"] == "nlu.components.topic.TopicClassifier"
