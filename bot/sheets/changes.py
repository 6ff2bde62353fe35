"""Tries changes on a copy of the content and takes them over only if they bring no new fault."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import checks
from bot.checks.fault import Fault
from bot.settings import ROOT


@dataclass(frozen=True)
class Change:
    """One text that differs: what it is called, where it stands in the sheet, before and after."""

    name: str
    address: str
    before: str
    after: str


def new_faults(folder: Path, today: date, apply: Callable[[Path], None]) -> list[Fault]:
    """The errors that the changes would bring. `apply` changes the files of the folder given."""
    known = set(_errors(folder, today))
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / folder.name
        shutil.copytree(folder, copy)
        apply(copy)
        return [fault for fault in _errors(copy, today) if fault not in known]


def _errors(folder: Path, today: date) -> list[Fault]:
    found = checks.run(folder, ROOT / "nlu", today)
    return [fault for fault in found if fault.level == "error"]
