"""The messages closest in meaning have a vote, the closer the more."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.components._neighbours import CLOSEST, Neighbours, Vectors
from tests.nlu.components.conftest import EXAMPLES, meaning

ORDER = ["documents.passport", "h2.cost", "hubs.nearest"]
TEXTS = [text for text, _, _ in EXAMPLES]
LABELS = [topic for _, topic, _ in EXAMPLES]
EXACT = 1e-6


def real() -> Neighbours:
    """They have what the examples mean."""
    made = Neighbours()
    made.fit(np.array([meaning(text) for text in TEXTS]), LABELS, ORDER)
    return made


def at(*degrees: float) -> Vectors:
    """Directions on a circle, 1 long."""
    turned = np.radians(degrees)
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


def circle(near: int, far: int) -> Neighbours:
    """So many messages of `a` near one direction and of `b` opposite, with the middle at 0."""
    made = Neighbours()
    nearby, opposite = at(*[1.0] * near), at(*[181.0] * far)
    balanced = np.concatenate([nearby * (far / near), opposite])
    made.fit(balanced, ["a"] * near + ["b"] * far, ["a", "b"])
    return made


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("comment obtenir un passeport", "documents.passport"),
        ("quel est le prix du visa", "h2.cost"),
        ("où se trouve le centre", "hubs.nearest"),
    ],
)
def test_a_message_in_a_language_never_seen_gets_the_votes_of_its_like(
    text: str, label: str
) -> None:
    assert ORDER[int(np.argmax(real().votes(meaning(text))))] == label


@pytest.mark.parametrize("text", [*TEXTS, "", "護照", "😀"])
def test_votes_are_shares(text: str) -> None:
    votes = real().votes(meaning(text))

    assert (votes.sum(), bool((votes >= 0).all())) == (pytest.approx(1.0), True)


def test_votes_come_in_the_order_of_the_labels() -> None:
    turned = Neighbours()
    turned.fit(np.array([meaning(text) for text in TEXTS]), LABELS, ORDER[::-1])
    said = meaning(TEXTS[0])

    assert turned.votes(said)[::-1] == pytest.approx(real().votes(said), abs=EXACT)


def test_only_the_closest_have_a_vote() -> None:
    votes = circle(near=CLOSEST, far=3 * CLOSEST).votes(at(0.0)[0])

    assert votes.tolist() == [1.0, 0.0]


def test_where_fewer_are_close_those_farther_away_vote_too() -> None:
    votes = circle(near=CLOSEST - 1, far=3 * CLOSEST).votes(at(0.0)[0])

    assert votes[0] > votes[1] > 0


def test_a_closer_message_counts_more() -> None:
    made = Neighbours()
    made.fit(at(0.0, 120.0, 240.0), ["a", "b", "c"], ["a", "b", "c"])
    near_b = made.votes(at(100.0)[0])

    assert np.argsort(-near_b).tolist() == [1, 0, 2]


def test_what_all_messages_have_in_common_does_not_count() -> None:
    rows, said = np.array([meaning(text) for text in TEXTS]), meaning("cuanto vale una visa")
    shift = np.full(384, 0.5, np.float32)
    moved = Neighbours()
    moved.fit(rows + shift, LABELS, ORDER)

    assert moved.votes(said + shift) == pytest.approx(real().votes(said), abs=1e-3)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_messages_are_enough(count: int) -> None:
    made = Neighbours()
    made.fit(at(*range(count)), ["a"] * count, ["a"])

    assert made.votes(at(0.0)[0]).tolist() == [pytest.approx(1.0)]


def test_saved_and_loaded_they_vote_the_same(tmp_path: Path) -> None:
    real().save(tmp_path)
    again = Neighbours()
    again.load(tmp_path)

    said = meaning("cuanto vale una visa")
    assert again.votes(said) == pytest.approx(real().votes(said), abs=EXACT)


def test_what_is_kept_runs_no_code_when_it_is_read(tmp_path: Path) -> None:
    real().save(tmp_path)
    arrays = np.load(tmp_path / "neighbours.npz", allow_pickle=False)

    assert {name: arrays[name].dtype.kind for name in arrays.files} == {
        "labels": "i",
        "middle": "f",
        "directions": "f",
        "number": "i",
    }
