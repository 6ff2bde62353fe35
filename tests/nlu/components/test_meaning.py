"""What messages mean is learnt by least squares, and each label counts as much as another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nlu.components._meaning import LinearMeaning
from nlu.components.encoder import encoder
from tests.nlu.components.conftest import EXAMPLES, meaning

ORDER = ["documents.passport", "h2.cost", "hubs.nearest"]
TEXTS = [text for text, _, _ in EXAMPLES]
LABELS = [topic for _, topic, _ in EXAMPLES]
EXACT = 1e-6


def learnt(order: list[str] = ORDER, regular: float = 1.0) -> LinearMeaning:
    """It has learnt what the examples mean."""
    made = LinearMeaning(regular)
    made.fit(encoder().vectors(TEXTS), LABELS, order)
    return made


@pytest.mark.parametrize(
    ("text", "label"),
    [
        *zip(TEXTS, LABELS, strict=True),
        ("comment obtenir un passeport", "documents.passport"),
        ("quel est le prix du visa", "h2.cost"),
        ("où se trouve le centre", "hubs.nearest"),
    ],
)
def test_the_label_of_the_same_meaning_is_ahead(text: str, label: str) -> None:
    assert ORDER[int(np.argmax(learnt().margins(meaning(text))))] == label


def test_margins_come_in_the_order_asked_for() -> None:
    turned = learnt(ORDER[::-1]).margins(meaning(TEXTS[0]))

    assert turned[::-1] == pytest.approx(learnt().margins(meaning(TEXTS[0])), abs=EXACT)


def test_a_label_nobody_wrote_under_is_never_ahead() -> None:
    made = learnt([*ORDER, "z.other"])

    assert [text for text in TEXTS if np.argmax(made.margins(meaning(text))) == 3] == []


def test_a_label_with_few_messages_counts_as_much() -> None:
    rows = np.array([[1.0, 0.0]] * 9 + [[0.0, 1.0]], dtype=np.float32)
    made = LinearMeaning(1e-6)
    made.fit(rows, ["a"] * 9 + ["b"], ["a", "b"])
    leads = [float(np.ptp(made.margins(row))) for row in (rows[0], rows[-1])]

    assert leads[1] > leads[0]


def test_the_more_regular_the_less_it_dares() -> None:
    spread = [float(np.ptp(learnt(regular=x).margins(meaning(TEXTS[0])))) for x in (0.1, 10.0)]

    assert spread[0] > spread[1]


@pytest.mark.parametrize("text", [TEXTS[0], "", "護照"])
def test_saved_and_loaded_it_says_the_same(tmp_path: Path, text: str) -> None:
    made, again = learnt(), LinearMeaning(1.0)
    made.save(tmp_path)
    again.load(tmp_path)

    assert again.margins(meaning(text)).tolist() == made.margins(meaning(text)).tolist()
