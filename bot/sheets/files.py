"""Writes content files back, keeping their comments, order and form where nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

ONE_LINE = 90  # letters; longer texts are folded


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 4096  # lines are broken where their writer broke them
    yaml.preserve_quotes = True
    return yaml


def read(path: Path) -> Any:
    """The content of a file with all that is needed to write it again; {} for a new file."""
    return _yaml().load(path.read_text("utf-8")) if path.exists() else {}


def write(path: Path, data: Any) -> None:
    """Writes a file that `read` gave."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        _yaml().dump(data, file)


def scalar(text: str) -> str:
    """A text in the form in which these files write it: lists line by line, prose folded."""
    shown: str = text
    if "\n" in text:
        shown = LiteralScalarString(text)
    elif len(text) > ONE_LINE:
        shown = FoldedScalarString(text)
    return shown
