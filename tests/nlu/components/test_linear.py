"""A small classifier of texts: its chances, and that they survive being kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.settings import ROOT
from nlu.components._linear import Features, LinearText
from nlu.components.encoder import encoder
from tests.nlu.components.conftest import EXAMPLES, meaning

FEATURES = Features(letters=(2, 4), words=(1, 2))
TEXTS = [text for text, _, _ in EXAMPLES]
LABELS = [topic for _, topic, _ in EXAMPLES]
STRANGE = ["", " ", "護照", "zzz qqq", "😀", "paspo " * 500]
EXACT = 1e-6  # it is kept in single precision


def learnt(sharpness: float = 4.0, features: Features = FEATURES, seed: int = 1) -> LinearText:
    """A classifier that has learnt the examples."""
    model = LinearText(features, sharpness)
    model.fit(TEXTS, LABELS, 0.5, seed)
    return model


def best(model: LinearText, text: str) -> str:
    """The likeliest label."""
    return model.labels[int(np.argmax(model.chances(text)))]


def kept(model: LinearText, folder: Path) -> LinearText:
    """The same after it was written and read."""
    model.save(folder)
    again = LinearText(FEATURES, 4.0)
    again.load(folder)
    return again


def with_meaning(weight: float = 2.5) -> LinearText:
    """The same, and what they mean counts as well."""
    model = LinearText(FEATURES, 4.0, meaning_weight=weight)
    model.fit(TEXTS, LABELS, 0.5, 1, encoder().vectors(TEXTS))
    return model


@pytest.mark.parametrize(("text", "label"), list(zip(TEXTS, LABELS, strict=True)))
def test_what_was_learnt_is_known(text: str, label: str) -> None:
    assert best(learnt(), text) == label


@pytest.mark.parametrize("text", [*TEXTS[:5], *STRANGE, "paspo paspò PASPO visa visa"])
def test_the_pieces_of_one_text_are_those_of_the_vectorizer(text: str) -> None:
    model = learnt()
    for vectorizer, pieces in zip(model._vectorizers, model._pieces, strict=True):
        row = vectorizer.transform([text]).toarray()[0]
        places, values = pieces.of(text)
        found = np.zeros_like(row)
        found[places] = values

        assert found == pytest.approx(row, abs=EXACT)


def test_a_text_that_is_alike_gets_the_same_label() -> None:
    assert best(learnt(), "pasaportes necesito") == "documents.passport"


@pytest.mark.parametrize("text", [*TEXTS, *STRANGE])
def test_chances_add_up_to_one(text: str) -> None:
    assert learnt().chances(text).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("text", STRANGE)
def test_an_unknown_text_gets_a_chance_for_each_label(text: str) -> None:
    chances = learnt().chances(text)

    assert (chances.shape, bool((chances > 0).all())) == ((len(set(LABELS)),), True)


def test_an_unknown_text_is_less_certain_than_a_known_one() -> None:
    model = learnt()

    assert model.chances("zzz qqq").max() < model.chances(TEXTS[0]).max()


def test_without_any_known_piece_the_label_with_the_most_examples_is_likeliest() -> None:
    model = learnt()
    passport, *others = model.chances("").tolist()

    assert (model.labels[0], passport > max(others)) == ("documents.passport", True)


def test_sharper_is_more_certain_of_the_same() -> None:
    blunt, sharp = learnt(sharpness=1.0), learnt(sharpness=8.0)

    assert best(blunt, TEXTS[0]) == best(sharp, TEXTS[0])
    assert blunt.chances(TEXTS[0]).max() < sharp.chances(TEXTS[0]).max()


def test_chances_are_those_of_softmax_however_sharp() -> None:
    soft, sharp = learnt(sharpness=1.0).chances(TEXTS[0]), learnt(sharpness=3.0).chances(TEXTS[0])

    assert sharp == pytest.approx(soft**3 / (soft**3).sum())


@pytest.mark.parametrize("text", [*TEXTS, *STRANGE])
def test_saved_and_loaded_it_gives_the_same_chances(tmp_path: Path, text: str) -> None:
    model = learnt()

    assert kept(model, tmp_path).chances(text) == pytest.approx(model.chances(text), abs=EXACT)


def test_saved_and_loaded_it_has_the_same_labels(tmp_path: Path) -> None:
    assert kept(learnt(), tmp_path).labels == sorted(set(LABELS))


def test_loaded_and_saved_again_it_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    again = kept(kept(learnt(), tmp_path), tmp_path / "again")

    assert again.chances(TEXTS[0]) == pytest.approx(learnt().chances(TEXTS[0]), abs=EXACT)


def test_what_is_kept_runs_no_code_when_it_is_read(tmp_path: Path) -> None:
    learnt().save(tmp_path)
    arrays = np.load(tmp_path / "linear.npz", allow_pickle=False)

    assert {name: arrays[name].dtype.kind for name in arrays.files} == {
        "weights": "f",
        "offset": "f",
        "middle": "f",
        "idf0": "f",
        "idf1": "f",
    }


def test_the_same_seed_makes_the_same_model_in_another_process() -> None:
    program = (
        "from tests.nlu.components.test_linear import TEXTS, learnt;"
        "print(learnt().chances(TEXTS[0]).tolist())"
    )
    command = [sys.executable, "-W", "ignore", "-c", program]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == str(learnt().chances(TEXTS[0]).tolist())


def test_a_piece_that_is_too_rare_does_not_count() -> None:
    often = learnt(features=Features(letters=(50, 50), words=(1, 1), seen_in=2))

    assert often.chances("queda").tolist() == often.chances("").tolist()


def test_a_word_of_one_letter_is_a_word() -> None:
    _, words = FEATURES.vectorizers()

    assert sorted(words.fit(["m ale"]).vocabulary_) == ["ale", "m", "m ale"]


@pytest.mark.parametrize(("text", "label"), [("paspo a", "paspo"), ("la visa", "visa")])
def test_two_labels_are_enough(text: str, label: str) -> None:
    model = LinearText(FEATURES, 4.0)
    model.fit(["paspo", "yon paspo", "visa", "una visa"], ["paspo"] * 2 + ["visa"] * 2, 0.5, 1)

    chances = model.chances(text)
    assert (best(model, text), chances.sum()) == (label, pytest.approx(1.0))


def test_meaning_counts_beside_letters_and_words() -> None:
    model, unknown = with_meaning(), "quel est le prix"

    with_, without = model.chances(unknown, meaning(unknown)), model.chances(unknown)
    cost = model.labels.index("h2.cost")
    assert with_[cost] > without[cost]


def test_meaning_that_weighs_nothing_changes_nothing() -> None:
    model = with_meaning(weight=0.0)

    assert model.chances("visa", meaning("visa")) == pytest.approx(learnt().chances("visa"))


def test_saved_and_loaded_meaning_counts_the_same(tmp_path: Path) -> None:
    model, again = with_meaning(), LinearText(FEATURES, 4.0, meaning_weight=2.5)
    model.save(tmp_path)
    again.load(tmp_path)

    said = meaning("la visa")
    assert again.chances("visa", said) == pytest.approx(model.chances("visa", said), abs=1e-5)
