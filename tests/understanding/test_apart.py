"""The examination and the training messages are apart: none gives the other away."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks import messages
from bot.checks.messages import Example
from bot.settings import ROOT
from tests.understanding.near import HeldOut, held_out, near, near_in_folders

EXAMINATION, TRAINING = ROOT / "tests" / "understanding", ROOT / "nlu"
FOLDERS = [EXAMINATION, *(EXAMINATION / name for name in ("first", "danger", "blind"))]


def found(asked: str, taught: str) -> bool:
    """Whether a training message counts as near to a held-out one."""
    example = Example("nlu/es/h2.yml", "es", "h2.cost", taught)
    return bool(list(near([HeldOut(asked, "es")], [example])))


@pytest.mark.parametrize(
    ("asked", "taught"),
    [
        ("perdí mi cédula", "Perdi mi cedula!!"),
        ("acte de naissance", "acte de naissance"),
        ("Eso no fue lo que pregunté", "eso no es lo que pregunte"),
        ("what can you help me with?", "what can you help with"),
    ],
)
def test_the_same_and_nearly_the_same_is_found(asked: str, taught: str) -> None:
    assert found(asked, taught)


@pytest.mark.parametrize(
    ("asked", "taught"),
    [
        ("pasaporte", "pasaporte"),  # everybody writes that
        ("visa h2", "visa h2"),
        ("visa h2 costo", "visa h2 costos"),  # short, and not the same
        ("👍", "🙏"),
        ("cuanto cuesta el pasaporte en honduras", "cuanto cuesta la visa h2 en guatemala"),
    ],
)
def test_what_anybody_may_write_is_not_found(asked: str, taught: str) -> None:
    assert not found(asked, taught)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda x: x.name)
def test_every_examined_language_is_compared_with_messages_of_its_own(folder: Path) -> None:
    asked = {x.lang for x in held_out(folder)}
    taught = {x.language for x in messages.read(TRAINING)}

    assert asked
    assert asked <= taught


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda x: x.name)
def test_no_training_message_is_near_to_one_of_the_examination(folder: Path) -> None:
    told = [str(x) for x in near_in_folders(folder, TRAINING)]

    assert told == [], "delete these lines from the training messages"
