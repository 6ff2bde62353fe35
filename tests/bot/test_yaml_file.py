"""A content file in its shape, or one line for each fault in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot import schema, yaml_file

SHAPE = dict[str, list[str]]


def read(folder: Path, written: str | bytes | None, shape: Any = SHAPE) -> tuple[Any, list[str]]:
    """What is read of a file that holds this, and its faults."""
    path, faults = folder / "words.yml", []
    if written is not None:
        path.write_bytes(written if isinstance(written, bytes) else written.encode())
    return yaml_file.read(path, "es/words.yml", shape, faults), faults


def test_a_file_comes_in_its_shape(tmp_path: Path) -> None:
    assert read(tmp_path, "yes: [si, claro]") == ({"yes": ["si", "claro"]}, [])


@pytest.mark.parametrize("value", ["no", "2026-11", "0800", "1.0", "null", "~", "1:30"])
def test_every_value_is_the_text_that_was_written(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, f"yes: [{value}]") == ({"yes": [value]}, [])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param(None, "is missing; create it", id="missing"),
        pytest.param("año".encode("latin-1"), "is not UTF-8 text", id="not UTF-8"),
        pytest.param("yes: [si", "line 2: .*; is a quote or an indent missing", id="not YAML"),
        pytest.param("a: [x]\na: [y]", "line 1: `a` stands here twice; keep one", id="twice"),
        pytest.param("yes: {a: b}", "yes: .*list", id="another shape"),
        pytest.param("si", "dict", id="another shape at all"),
    ],
)
def test_a_fault_is_one_line_that_names_the_file(
    tmp_path: Path, written: str | bytes | None, said: str
) -> None:
    content, faults = read(tmp_path, written)

    assert (content, len(faults)) == (None, 1)
    assert re.fullmatch(rf"es/words\.yml: .*{said}.*", faults[0])


def test_every_fault_of_shape_is_named(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "order: [1]\nfallback: {}", schema.LanguageSettings)

    assert len(faults) > 2


def test_faults_are_added_to_those_before(tmp_path: Path) -> None:
    faults = ["one"]
    yaml_file.read(tmp_path / "none.yml", "none.yml", SHAPE, faults)

    assert [fault.split(":")[0] for fault in faults] == ["one", "none.yml"]
