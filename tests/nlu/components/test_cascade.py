"""The meaning of a message is asked for only where letters and words leave a doubt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nlu.components._cascade import Cascade, margin
from nlu.components._layers import LayeredMeaning
from nlu.components._linear import Features
from nlu.components._meaning import LinearMeaning
from nlu.components.encoder import Vectors, encoder
from nlu.components.topic import TopicClassifier
from tests.nlu.components.conftest import EXAMPLES, meaning, never

TEXTS = [text for text, _, _ in EXAMPLES]
LABELS = [topic for _, topic, _ in EXAMPLES]
FEATURES = Features(letters=(2, 4), words=(1, 2))
KNOWN = "necesito un pasaporte"
STRANGE = "quel est le prix"  # no French was learnt
ALWAYS, IN_DOUBT, NO_DOUBT = 1.1, 0.3, 0.0  # how sure letters and words must be
HEAVY = 0.5  # from so few messages the network dares little


class Asked:
    """Gives the meaning of a text and counts how often it was asked for."""

    def __init__(self, text: str) -> None:
        self.text, self.times = text, 0

    def __call__(self) -> Vectors:
        self.times += 1
        return meaning(self.text)


def untrained(**config: Any) -> Cascade:
    """A cascade with the settings of the topics, or others."""
    return Cascade(FEATURES, {**TopicClassifier.get_default_config(), **config})


def learnt(**config: Any) -> Cascade:
    """A cascade that has learnt the examples."""
    made = untrained(**config)
    made.fit(TEXTS, LABELS, 0.5, 1, encoder().vectors(TEXTS))
    return made


def best(made: Cascade, text: str) -> str:
    """The likeliest label of a text whose meaning can be asked for."""
    return made.labels[int(np.argmax(made.chances(text, Asked(text))))]


def test_where_letters_and_words_are_sure_the_encoder_is_not_asked() -> None:
    made = learnt(sure=IN_DOUBT)
    assert margin(made.chances(KNOWN, None)) >= IN_DOUBT

    assert made.chances(KNOWN, never).tolist() == made.chances(KNOWN, None).tolist()


def test_where_they_are_not_it_is_asked_once() -> None:
    made, asked = learnt(sure=IN_DOUBT), Asked(STRANGE)
    assert margin(made.chances(STRANGE, None)) < IN_DOUBT
    made.chances(STRANGE, asked)

    assert asked.times == 1


def test_how_sure_they_must_be_is_a_setting() -> None:
    asked = Asked(KNOWN)
    learnt(sure=NO_DOUBT).chances(STRANGE, never)
    learnt(sure=ALWAYS).chances(KNOWN, asked)

    assert asked.times == 1


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("comment obtenir un passeport", "documents.passport"),
        (STRANGE, "h2.cost"),
        ("où se trouve le bureau", "hubs.nearest"),
    ],
)
def test_meaning_settles_what_letters_and_words_cannot(text: str, label: str) -> None:
    assert best(learnt(sure=ALWAYS, weight=HEAVY), text) == label


@pytest.mark.parametrize("hidden", [0, 64])
def test_meaning_counts_as_much_as_it_weighs(hidden: int) -> None:
    without, with_ = (
        learnt(sure=ALWAYS, weight=weight, sharpness=1.0, hidden=hidden).chances(
            STRANGE, Asked(STRANGE)
        )
        for weight in (0.0, 2.0)
    )
    raised = without * np.exp(2.0 * margins(hidden))

    assert with_ == pytest.approx(raised / raised.sum(), abs=1e-6)


def margins(hidden: int) -> Any:
    """What the meaning of the strange text says by itself: by a network, or by least squares."""
    regular = TopicClassifier.get_default_config()["regular"]
    made = LayeredMeaning(hidden, regular) if hidden else LinearMeaning(regular)
    made.fit(encoder().vectors(TEXTS), LABELS, learnt().labels, 1)
    return made.margins(meaning(STRANGE))


@pytest.mark.parametrize("text", [*TEXTS, STRANGE, "", "護照", "😀"])
@pytest.mark.parametrize("sure", [ALWAYS, NO_DOUBT])
def test_chances_add_up_to_one(text: str, sure: float) -> None:
    assert learnt(sure=sure).chances(text, Asked(text)).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("text", [KNOWN, STRANGE, ""])
def test_saved_and_loaded_it_gives_the_same_chances(tmp_path: Path, text: str) -> None:
    made, again = learnt(sure=ALWAYS), untrained(sure=ALWAYS)
    made.save(tmp_path)
    again.load(tmp_path)

    for asked in (None, Asked(text)):
        assert again.chances(text, asked) == pytest.approx(made.chances(text, asked), abs=1e-5)


def test_saved_and_loaded_it_has_the_same_labels(tmp_path: Path) -> None:
    learnt().save(tmp_path)
    again = untrained()
    again.load(tmp_path)

    assert again.labels == sorted(set(LABELS))


@pytest.mark.parametrize(
    ("chances", "expected"),
    [([0.5, 0.3, 0.2], 0.2), ([0.2, 0.3, 0.5], 0.2), ([0.5, 0.5], 0.0), ([1.0], 1.0)],
)
def test_the_margin_is_the_lead_over_the_second(chances: list[float], expected: float) -> None:
    assert margin(np.array(chances)) == pytest.approx(expected)
