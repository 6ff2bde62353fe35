"""What pipelines are measured by: what each costs and says, on the same messages.

What a pipeline said is kept in var/understanding/, so that only what has changed is run again.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import pipelines, stock_rasa
from benchmarks.examination import (
    KEPT,
    Asked,
    Lesson,
    Ranking,
    asked,
    cases,
    fingerprint,
    lessons,
    meanings,
)
from bot.evaluate import Case
from bot.settings import ROOT
from nlu.components.encoder import Encoder, Vectors

TIMED = 10  # every so manieth message is timed, with the encoder at work
SAMPLED = 40  # every so manieth training message is encoded anew, to know what encoding costs
SOURCES = ("config.yml", "nlu/components/*.py", "benchmarks/pipelines.py")

Rank = Callable[[Asked], Ranking]


@dataclass(frozen=True)
class Outcome:
    """What came of a pipeline: processor seconds, milliseconds of single messages, rankings."""

    seconds: float
    milliseconds: list[float]
    rankings: list[Ranking]

    @property
    def median(self) -> float:
        """Processor milliseconds of a message."""
        return statistics.median(self.milliseconds)

    @property
    def mean(self) -> float:
        """Processor milliseconds of a message, those that needed the encoder counted in."""
        return statistics.mean(self.milliseconds)


class Comparison:
    """The messages, their meanings, and the outcome of each pipeline on them."""

    def __init__(self, training: Path, held_out: Path, most: int = 0) -> None:
        """All learn from at most so many messages a topic and language; 0 is all."""
        self.learnt: list[Lesson] = lessons(training, most)
        self.cases: list[Case] = cases(held_out)

    @cached_property
    def _learnt_meanings(self) -> Vectors:
        return meanings([x.text for x in self.learnt], "learnt")

    @cached_property
    def _asked_meanings(self) -> Vectors:
        return meanings([x.text for x in self.cases], "asked")

    @cached_property
    def _encoding(self) -> float:
        """Processor seconds that encoding all training messages takes, from a sample."""
        sample = [x.text for x in self.learnt[::SAMPLED]]
        encoder = Encoder()
        encoder.vectors(sample[:1])  # reads the weights
        started = time.process_time()
        encoder.vectors(sample)
        return (time.process_time() - started) * len(self.learnt) / len(sample)

    def of_ours(self, name: str) -> Outcome:
        """A pipeline of `pipelines.PIPELINES`."""
        return self._kept((name, _sources()), lambda: self._run(pipelines.PIPELINES[name]()))

    def of_rasa(self, steps: stock_rasa.Pipeline) -> Outcome:
        """A pipeline of Rasa's own components."""
        return self._kept(tuple(steps), lambda: self._run_rasa(steps))

    def _kept(self, what: object, run: Callable[[], Outcome]) -> Outcome:
        """The outcome, run only if it is not kept from before."""
        path = KEPT / f"outcome-{fingerprint(self.learnt, self.cases, what)}.json"
        if not path.is_file():
            KEPT.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(asdict(run()), ensure_ascii=False), "utf-8")
        return Outcome(**json.loads(path.read_text("utf-8")))

    def _run(self, pipeline: pipelines.Pipeline) -> Outcome:
        rows = self._learnt_meanings
        started = time.process_time()
        pipeline.fit(self.learnt, rows)
        seconds = time.process_time() - started
        encoded, rankings = self._ask(pipeline.rank)
        extra = self._encoding if encoded else 0.0
        return Outcome(seconds + extra, self._time(pipeline.rank), rankings)

    def _run_rasa(self, steps: stock_rasa.Pipeline) -> Outcome:
        model = stock_rasa.trained(steps, self.learnt)
        stock = stock_rasa.Stock(model.path)

        def rank(message: Asked) -> Ranking:
            return stock.rank(message.text)

        _, rankings = self._ask(rank)
        return Outcome(model.seconds, self._time(rank), rankings)

    def _ask(self, rank: Rank) -> tuple[bool, list[Ranking]]:
        """Whether any meaning was asked for, and the ranking of every held-out message."""
        encoded: set[int] = set()

        def known(place: int) -> Callable[[], Vectors]:
            def meaning() -> Vectors:
                encoded.add(place)
                return self._asked_meanings[place]

            return meaning

        places = enumerate(self.cases)
        rankings = [rank(asked(case, known(place)))[:10] for place, case in places]
        return bool(encoded), rankings

    def _time(self, rank: Rank) -> list[float]:
        """Processor milliseconds of single messages, each encoded anew where it is encoded."""
        encoder = Encoder()
        encoder.vectors(["reads the weights"])
        return [_milliseconds(rank, case, encoder) for case in self.cases[::TIMED]]


def _milliseconds(rank: Rank, case: Case, encoder: Encoder) -> float:
    started = time.process_time()
    rank(asked(case, lambda: encoder.vectors([case.text])[0]))
    return (time.process_time() - started) * 1000


def _sources() -> str:
    paths = (path for pattern in SOURCES for path in sorted(ROOT.glob(pattern)))
    return "".join(path.read_text("utf-8") for path in paths)
