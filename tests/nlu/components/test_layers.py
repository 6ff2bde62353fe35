"""A small network learns from meanings what messages are about, and is never too sure."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from nlu.components._layers import LEAST, LayeredMeaning
from nlu.components.encoder import encoder
from tests.nlu.components.conftest import EXAMPLES, meaning

ORDER = ["documents.passport", "h2.cost", "hubs.nearest"]
TEXTS = [text for text, _, _ in EXAMPLES]
LABELS = [topic for _, topic, _ in EXAMPLES]


def learnt(
    order: list[str] = ORDER, labels: list[str] = LABELS, regular: float = 1.0
) -> LayeredMeaning:
    """It has learnt what the examples mean."""
    made = LayeredMeaning(64, regular)
    made.fit(encoder().vectors(TEXTS), labels, order, 1)
    return made


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *zip(TEXTS, LABELS, strict=True),
        ("comment obtenir un passeport", "documents.passport"),
        ("quel est le prix du visa", "h2.cost"),
        ("où se trouve le bureau", "hubs.nearest"),
    ],
)
def test_the_label_of_the_same_meaning_is_ahead(text: str, label: str) -> None:
    assert ORDER[int(np.argmax(learnt().margins(meaning(text))))] == label


def test_what_it_learns_needs_more_than_one_plane() -> None:
    corners = np.array([[0, 0], [1, 1], [0, 1], [1, 0]] * 50, np.float32)
    made = LayeredMeaning(64, 1e-3)
    made.fit(corners, ["same", "same", "other", "other"] * 50, ["other", "same"], 1)

    found = [int(np.argmax(made.margins(corner))) for corner in corners[:4]]
    assert found == [1, 1, 0, 0]


def test_what_it_gives_are_logarithms_of_chances() -> None:
    chances = np.exp(learnt(regular=30.0).margins(meaning("护照")))

    assert chances.sum() == pytest.approx(1.0, abs=1e-3)


def test_of_two_labels_too() -> None:
    two = ["h2.cost" if label == "h2.cost" else "other" for label in LABELS]
    made = learnt(["h2.cost", "other"], two)

    said = made.margins(meaning("cuanto cuesta la visa"))
    assert (said[0] > said[1], np.exp(said).sum()) == (True, pytest.approx(1.0, abs=1e-3))


def test_chances_come_in_the_order_asked_for() -> None:
    turned = learnt(ORDER[::-1]).margins(meaning(TEXTS[0]))

    assert turned[::-1].tolist() == learnt().margins(meaning(TEXTS[0])).tolist()


def test_a_label_nobody_wrote_under_is_the_least_likely() -> None:
    said = learnt([*ORDER, "z.other"]).margins(meaning(TEXTS[0]))

    assert said[3] == LEAST == said.min()


def test_however_sure_it_is_it_makes_nothing_impossible() -> None:
    said = [learnt(regular=1e-6).margins(100 * meaning(text)) for text in TEXTS]

    assert np.min(said) == LEAST


def test_the_more_regular_the_less_it_dares() -> None:
    spread = [float(np.ptp(learnt(regular=x).margins(meaning(TEXTS[0])))) for x in (0.1, 30.0)]

    assert spread[0] > spread[1]


def test_learning_again_gives_the_same() -> None:
    said = meaning("护照")

    assert learnt().margins(said).tolist() == learnt().margins(said).tolist()


def test_learning_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        learnt()


@pytest.mark.parametrize("text", [TEXTS[0], "", "护照"])
def test_saved_and_loaded_it_says_the_same(tmp_path: Path, text: str) -> None:
    made, again = learnt(), LayeredMeaning(64, 1.0)
    made.save(tmp_path)
    again.load(tmp_path)

    assert again.margins(meaning(text)).tolist() == made.margins(meaning(text)).tolist()


def test_what_is_kept_runs_no_code_when_it_is_read(tmp_path: Path) -> None:
    learnt().save(tmp_path)
    arrays = np.load(tmp_path / "layers.npz", allow_pickle=False)

    assert {arrays[name].dtype.kind for name in arrays.files} == {"f", "i"}
