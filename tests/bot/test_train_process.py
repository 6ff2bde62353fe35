"""The process that trains says what it does, and ends with a fault when there is no model."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.settings import ROOT
from bot.train_process import MEANINGS, STEPS, _Progress
from tests.programs import environment


@pytest.mark.parametrize(("component", "words"), STEPS.items())
def test_each_step_is_told_as_it_begins(
    capsys: pytest.CaptureFixture[str], component: str, words: str
) -> None:
    text = f"Starting to train component '{component}'."
    _Progress().emit(logging.makeLogRecord({"msg": text}))

    assert "".join(capsys.readouterr()).endswith(f" s  {words}\n")


def test_every_part_that_learns_is_told() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text())
    names = [part["name"].split(".")[-1] for part in (*config["pipeline"], *config["policies"])]
    silent = {"SentenceEncoder", "WordFinder", "Doubt"}  # these learn nothing

    assert [name for name in names if name not in silent] == list(STEPS)


def test_how_far_the_encoder_is_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    said = {"name": MEANINGS, "msg": "%d of %d", "args": (2560, 22000)}
    _Progress().emit(logging.makeLogRecord(said))

    told = "".join(capsys.readouterr())
    assert told.endswith(" s  learning what messages mean: 2560 of 22000\n")


def test_the_encoder_says_how_far_it_is_there() -> None:
    assert (ROOT / f"{MEANINGS.replace('.', '/')}.py").is_file()


def test_what_else_rasa_says_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    _Progress().emit(logging.makeLogRecord({"msg": "Finished training component 'RulePolicy'."}))

    assert "".join(capsys.readouterr()) == ""


def test_without_content_there_is_no_model(tmp_path: Path) -> None:
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "nlu").mkdir()
    env = environment(tmp_path, ALO_KNOWLEDGE=str(tmp_path))
    command = [sys.executable, "-m", "bot.train_process", str(tmp_path / "model.tar.gz")]
    ended = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True)

    assert (ended.returncode > 0, (tmp_path / "model.tar.gz").exists()) == (True, False)
