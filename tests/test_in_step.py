"""What must be written in two places is the same in both, and the code keeps its own rules."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
import yaml
from dotenv import dotenv_values
from rasa_sdk import Action

import actions
from bot import settings
from bot.settings import ROOT
from tests.conftest import SECRET
from tests.test_layers import PROGRAM, files

LONGEST_FILE, LONGEST_FUNCTION = 300, 50
LONGEST_TEST_FILE = 450  # tables may be long
OTHERS = ("TWILIO_", "TELEGRAM_", "CHATWOOT_")
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
TESTED = [
    *(f"bot/{folder}*.py" for folder in ("", "campaigns/", "counts/", "desk/", "staff/")),
    "channels/*.py",
    "actions/*.py",
    "nlu/components/*.py",
]


def action_names() -> list[str]:
    """The names of all action classes."""
    for module in pkgutil.iter_modules(actions.__path__, "actions."):
        importlib.import_module(module.name)
    ours = [x for x in Action.__subclasses__() if x.__module__.startswith("actions.")]
    return sorted(action().name() for action in ours)


def settings_read() -> set[str]:
    """The names of the settings that the program reads."""
    tree = ast.parse((ROOT / "bot" / "settings.py").read_text())
    texts = {x.value for x in ast.walk(tree) if isinstance(x, ast.Constant)}
    return {x for x in texts if isinstance(x, str) and re.fullmatch(r"ALO_[A-Z_]+", x)}


def settings_explained() -> set[str]:
    """The names of the settings in the example."""
    return set(dotenv_values(ROOT / ".env.example"))


def definitions(path: str) -> Iterator[ast.AST]:
    """The functions and classes of a file, also those within others."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    yield from (x for x in ast.walk(tree) if isinstance(x, (*FUNCTION, ast.ClassDef)))


def public(path: str) -> Iterator[ast.AST]:
    """The public functions and classes of a file, and the public methods of those classes."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    found = [x for x in tree.body if isinstance(x, (*FUNCTION, ast.ClassDef))]
    for outer in (x for x in found if not x.name.startswith("_")):
        yield outer
        inner = outer.body if isinstance(outer, ast.ClassDef) else []
        yield from (x for x in inner if isinstance(x, FUNCTION) and not x.name.startswith("_"))


def test_every_action_is_in_the_domain_and_the_other_way_round() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())

    assert action_names() == sorted(domain["actions"])


@pytest.mark.parametrize("pattern", TESTED)
def test_every_file_has_its_test(pattern: str) -> None:
    paths = [path.relative_to(ROOT) for path in ROOT.glob(pattern) if path.stem != "__init__"]
    tests = {
        path: ROOT / "tests" / path.parent / f"test_{path.stem.lstrip('_')}.py" for path in paths
    }

    assert [str(path) for path, test in tests.items() if not test.is_file()] == []


@pytest.mark.parametrize(
    "folder",
    sorted({str(x.parent.relative_to(ROOT)) for x in (ROOT / "tests").rglob("test_*.py")}),
)
def test_every_folder_of_tests_is_a_package(folder: str) -> None:
    assert (ROOT / folder / "__init__.py").is_file()


def test_every_setting_is_explained() -> None:
    assert sorted(settings_read() - settings_explained()) == []


def test_every_setting_that_is_explained_is_read() -> None:
    ours = {name for name in settings_explained() if not name.startswith(OTHERS)}

    assert sorted(ours - settings_read()) == []


def test_every_explained_setting_stands_below_its_explanation() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    blocks = "\n".join(lines).split("\n\n")

    assert [block for block in blocks if not block.startswith("#")] == []


def test_the_example_as_it_stands_gives_the_defaults() -> None:
    example = {k: v or "" for k, v in dotenv_values(ROOT / ".env.example").items()}
    as_copied = settings.load({**example, "ALO_SECRET_KEY": SECRET})
    defaults = settings.load({"ALO_SECRET_KEY": SECRET})

    assert _plain(as_copied) == _plain(defaults)


def _plain(loaded: settings.Settings) -> dict[str, object]:
    return {k: v for k, v in vars(loaded).items() if k not in {"secret_key", "channel"}}


@pytest.mark.parametrize("path", files(*PROGRAM, "tests"))
def test_no_file_is_too_long(path: str) -> None:
    longest = LONGEST_TEST_FILE if path.startswith("tests/") else LONGEST_FILE

    assert len((ROOT / path).read_text("utf-8").splitlines()) <= longest


def test_no_function_is_too_long() -> None:
    found = [
        f"{path}:{x.lineno} {x.name}"
        for path in files(*PROGRAM, "tests")
        for x in definitions(path)
        if isinstance(x, FUNCTION) and x.end_lineno - x.lineno >= LONGEST_FUNCTION
    ]

    assert found == []


def test_everything_public_says_what_it_is() -> None:
    bare = [
        f"{path}:{x.lineno} {x.name}"
        for path in files(*PROGRAM)
        for x in public(path)
        if not ast.get_docstring(x)
    ]

    assert bare == []


def test_every_module_says_what_it_is() -> None:
    texts = {path: (ROOT / path).read_text("utf-8") for path in files(*PROGRAM)}
    bare = [
        path for path, text in texts.items() if text and not ast.get_docstring(ast.parse(text))
    ]

    assert bare == []
