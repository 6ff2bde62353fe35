"""What becomes of rankings: the verdicts, the leads that cost least, and the shares.

A lead is how many times likelier than the second the likeliest topic must be to be answered, as in
nlu/components/doubt.py. It is chosen for each language on one half of the held-out messages and
applied to the other half, both ways round: no message has a say in the lead that it is judged by.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.examination import Ranking
from bot.evaluate import OUT_OF_SCOPE, VERDICTS, Case, Verdict, verdict
from bot.model import Reply

COSTS: dict[Verdict, int] = {"right": 0, "offered": 1, "missed": 2, "wrong": 5}
OFFERED = 3  # as many choices as `action_fallback` offers
ALONE = 1e9  # the lead of a topic beside which no other is named
NEVER = np.inf  # the lead of a pipeline that had better never answer


@dataclass(frozen=True)
class Judged:
    """A held-out message: the lead it came with, and its verdict if answered and if doubted."""

    case: Case
    lead: float
    answered: Verdict
    doubted: Verdict
    first: bool  # whether the likeliest topic is right

    def verdict(self, least: float) -> Verdict:
        """Its verdict where answers need a lead of at least `least`."""
        return self.answered if self.lead >= least else self.doubted


def judge(case: Case, ranking: Ranking) -> Judged:
    """Both verdicts that a message may come to."""
    best, second = ([chance for _, chance in ranking] + [0.0, 0.0])[:2]
    first = ranking[0][0] if ranking else OUT_OF_SCOPE
    return Judged(
        case,
        best / second if second else ALONE,
        verdict(case, _answer(first)),
        verdict(case, _doubt(ranking, first)),
        first in case.topics,
    )


def _answer(topic: str) -> Reply:
    if topic == OUT_OF_SCOPE:
        return Reply(outcome="fallback")
    return Reply(topic=topic, outcome="answered")


def _doubt(ranking: Ranking, first: str) -> Reply:
    """What `action_fallback` does: offers the likeliest topics, but not of the conversation."""
    likely = tuple(topic for topic, _ in ranking if not topic.startswith("meta."))[:OFFERED]
    if first == OUT_OF_SCOPE or not likely:
        return Reply(outcome="fallback")
    return Reply(outcome="clarified", options=likely)


def halves(judged: list[Judged]) -> tuple[list[Judged], list[Judged]]:
    """Every other message of each topic, so that both halves hold all topics."""
    ordered = sorted(judged, key=lambda x: (x.case.topic, x.case.text))
    return ordered[::2], ordered[1::2]


def best_lead(judged: list[Judged]) -> float:
    """The lead at which these messages cost least; of equal ones the strictest."""
    leads = _numbers([x.lead for x in judged])
    answered = _numbers([COSTS[x.answered] for x in judged])
    doubted = _numbers([COSTS[x.doubted] for x in judged])
    tried = [*np.unique(leads), NEVER]
    costs = [np.where(leads >= least, answered, doubted).sum() for least in tried]
    return float(tried[len(tried) - 1 - int(np.argmin(costs[::-1]))])


def _numbers(values: list[float]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def verdicts(judged: list[Judged]) -> list[Verdict]:
    """The verdicts of one language's messages, each by the lead of the other half."""
    one, other = halves(judged)
    by_other = [x.verdict(best_lead(other)) for x in one]
    return by_other + [x.verdict(best_lead(one)) for x in other]


@dataclass(frozen=True)
class Score:
    """Shares from 0 to 1, and the mean cost of a message."""

    first: float
    shares: dict[Verdict, float]

    @property
    def helped(self) -> float:
        """Right or offered."""
        return self.shares["right"] + self.shares["offered"]

    @property
    def cost(self) -> float:
        """The mean cost of a message."""
        return sum(COSTS[name] * share for name, share in self.shares.items())


def scores(judged: list[Judged]) -> dict[str, Score]:
    """The score of each language, and of `all`."""
    by_language: dict[str, list[Judged]] = {}
    for one in judged:
        by_language.setdefault(one.case.lang, []).append(one)
    settled = {lang: verdicts(part) for lang, part in by_language.items()}
    every = [found for part in settled.values() for found in part]
    parts = {lang: _score(part, settled[lang]) for lang, part in by_language.items()}
    return {"all": _score(judged, every), **parts}


def _score(judged: list[Judged], found: list[Verdict]) -> Score:
    counts = Counter(found)
    shares = {name: counts[name] / len(found) for name in VERDICTS}
    return Score(sum(x.first for x in judged) / len(judged), shares)
