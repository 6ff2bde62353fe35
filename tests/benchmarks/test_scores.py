"""Scores of pipelines: what a ranking comes to, and the leads that cost least."""

from __future__ import annotations

import pytest

from benchmarks import scores
from benchmarks.examination import Ranking
from benchmarks.scores import ALONE, NEVER, Judged
from bot.evaluate import OUT_OF_SCOPE, Case, Verdict

TOPIC, OTHER, THIRD, FOURTH = "h2.cost", "h2.what", "h2.apply", "h2.family"
CASE = Case("cuanto cuesta", TOPIC, "es")
NOTHING = Case("who won the match", OUT_OF_SCOPE, "en")


def ranked(*topics: str) -> Ranking:
    """A ranking of these topics, the first three times likelier than the second."""
    return list(zip(topics, (0.6, 0.2, 0.1, 0.05, 0.05), strict=False))


def one(lead: float, answered: Verdict, doubted: Verdict, text: str = "") -> Judged:
    """A message with this lead and these verdicts."""
    return Judged(Case(text, TOPIC, "es"), lead, answered, doubted, answered == "right")


@pytest.mark.parametrize(
    ("case", "topics", "answered", "doubted"),
    [
        (CASE, (TOPIC, OTHER), "right", "offered"),
        (CASE, (OTHER, TOPIC), "wrong", "offered"),
        (CASE, (OTHER, THIRD, TOPIC), "wrong", "offered"),
        (CASE, (OTHER, THIRD, FOURTH, TOPIC), "wrong", "missed"),
        (CASE, (OTHER, "meta.menu", THIRD, TOPIC), "wrong", "offered"),
        (CASE, (OUT_OF_SCOPE, TOPIC), "missed", "missed"),
        (CASE, ("meta.menu", "meta.greet"), "wrong", "missed"),
        (NOTHING, (OUT_OF_SCOPE, TOPIC), "right", "right"),
        (NOTHING, (TOPIC, OUT_OF_SCOPE), "wrong", "missed"),
        (CASE, (), "missed", "missed"),
    ],
)
def test_what_a_ranking_comes_to(
    case: Case, topics: tuple[str, ...], answered: Verdict, doubted: Verdict
) -> None:
    judged = scores.judge(case, ranked(*topics))

    assert (judged.answered, judged.doubted) == (answered, doubted)


def test_the_lead_is_how_many_times_likelier_than_the_second_the_first_is() -> None:
    assert scores.judge(CASE, ranked(TOPIC, OTHER)).lead == pytest.approx(3)


@pytest.mark.parametrize("ranking", [[(TOPIC, 0.7)], [(TOPIC, 1.0), (OTHER, 0.0)]])
def test_a_topic_beside_which_no_other_is_named_leads_by_more_than_any(ranking: Ranking) -> None:
    assert scores.judge(CASE, ranking).lead == ALONE


def test_the_lead_that_costs_least_is_found() -> None:
    judged = [
        one(0.1, "wrong", "offered"),
        one(0.3, "right", "offered"),
        one(0.6, "right", "missed"),
    ]

    assert scores.best_lead(judged) == 0.3


def test_a_pipeline_that_is_always_wrong_had_better_never_answer() -> None:
    assert scores.best_lead([one(0.9, "wrong", "missed")]) == NEVER


def test_between_leads_that_cost_the_same_the_strictest_is_taken() -> None:
    judged = [one(0.2, "right", "right"), one(0.5, "right", "missed")]

    assert scores.best_lead(judged) == 0.5


def test_no_message_has_a_say_in_its_own_lead() -> None:
    judged = [one(0.5, "wrong", "offered", "a"), one(0.5, "right", "offered", "b")]

    # Judged by its own lead the first would be offered and the second right.
    assert scores.verdicts(judged) == ["wrong", "offered"]


def test_the_halves_share_nothing_and_miss_nothing() -> None:
    judged = [one(0.5, "right", "offered", str(number)) for number in range(5)]
    first, second = scores.halves(judged)

    assert {x.case.text for x in first} | {x.case.text for x in second} == set("01234")
    assert (len(first), len(second)) == (3, 2)


def test_each_language_is_scored_by_itself_and_all_together() -> None:
    cases = [Case(str(number), TOPIC, lang) for number in range(4) for lang in ("es", "ht")]
    rankings = [ranked(TOPIC if case.lang == "es" else OTHER, THIRD) for case in cases]

    found = scores.scores(list(map(scores.judge, cases, rankings)))

    assert {name: score.first for name, score in found.items()} == {"all": 0.5, "es": 1, "ht": 0}


def test_what_a_message_costs() -> None:
    shares: dict[Verdict, float] = {"right": 0.5, "offered": 0.2, "wrong": 0.1, "missed": 0.2}

    assert scores.Score(0.5, shares).cost == pytest.approx(1.1)
