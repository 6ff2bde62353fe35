"""The `alo` command as people type it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.settings import ROOT
from tests.programs import alo
from tests.running import free_port

COMMANDS = [
    "ask",
    "chat",
    "check",
    "content",
    "evaluate",
    "entry",
    "explain",
    "run",
    "train",
    "user",
]
KEYS = ["confidence", "country", "language", "messages", "options", "outcome", "sources", "topic"]
CLOSED = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture(scope="module")
def asked(model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `alo ask --json` prints of an SMS in Creole."""
    words = ["--channel", "sms", "--region", "HT", "--json", "Ki jan pou m fè paspò an Ayiti?"]
    ended = alo(tmp_path_factory.mktemp("ask"), "ask", *words)
    assert ended.returncode == 0, ended.stderr
    printed: dict[str, Any] = json.loads(ended.stdout)
    return printed


@pytest.mark.model
def test_ask_prints_one_object_with_all_that_was_promised(asked: dict[str, Any]) -> None:
    assert sorted(asked) == KEYS


@pytest.mark.model
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("topic", "documents.passport"),
        ("language", "ht"),
        ("country", "HT"),
        ("outcome", "answered"),
    ],
)
def test_ask_prints_what_was_understood(asked: dict[str, Any], key: str, value: str) -> None:
    assert asked[key] == value


@pytest.mark.model
def test_ask_prints_what_an_sms_costs(asked: dict[str, Any]) -> None:
    assert sorted(asked["messages"][0]) == ["encoding", "segments", "text", "type"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param(
            "bonjou, kijan pou m fe paspo an ayiti",
            ["language   ht", "documents.passport", "country: HT", "answered: documents.passport"],
            id="a question",
        ),
        pytest.param("menu", ["answered: meta.menu", "certain"], id="a command"),
    ],
)
def test_explain_shows_what_was_understood_and_why(
    tmp_path: Path, asked: str, shown: list[str]
) -> None:
    ended = alo(tmp_path, "explain", asked)

    assert (ended.returncode, [x for x in shown if x not in ended.stdout]) == (0, [])


def test_check_finds_nothing_in_the_content(tmp_path: Path) -> None:
    ended = alo(tmp_path, "check")
    errors = [line for line in ended.stdout.splitlines() if line.startswith("error")]

    assert (ended.returncode, errors) == (0, [])


def test_check_names_the_file_of_a_fault(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    (tmp_path / "knowledge" / "languages" / "ht" / "phrases.yml").unlink()
    ended = alo(tmp_path, "check", ALO_KNOWLEDGE=str(tmp_path / "knowledge"))
    first = ended.stdout.splitlines()[0]

    assert (ended.returncode, "ht/phrases.yml: is missing" in ended.stdout, first[:6]) == (
        1,
        True,
        "error:",
    )


@pytest.mark.parametrize("words", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_everywhere(tmp_path: Path, words: list[str]) -> None:
    ended = alo(tmp_path, *words)

    assert (ended.returncode, "Usage: alo" in ended.stdout) == (0, True)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_names_every_command(tmp_path: Path, name: str) -> None:
    assert f" {name} " in alo(tmp_path, "--help").stdout


@pytest.mark.parametrize(
    ("words", "setting", "named"),
    [
        (["run"], {"ALO_PORT": "many"}, "ALO_PORT"),
        (["run"], {"ALO_PORT": "70000"}, "ALO_PORT"),
        (["run"], {"ALO_SECRET_KEY": "short"}, "ALO_SECRET_KEY"),
        (["run"], {"ALO_DATABASE_URL": "nonsense"}, "ALO_DATABASE_URL"),
        (["run"], {"ALO_DATABASE_URL": CLOSED}, "ALO_DATABASE_URL"),
        (["run"], {"ALO_DATABASE_URL": "oracle://here/db"}, "ALO_DATABASE_URL"),
        (["run"], {"ALO_VAR": "/dev/null/var"}, "ALO_VAR"),
        (["run"], {"ALO_HOST": "no.such.host.invalid"}, "ALO_HOST"),
        (["check"], {"ALO_WORKERS": "0"}, "ALO_WORKERS"),
        (["train"], {"ALO_KEEP_HOURS": "-1"}, "ALO_KEEP_HOURS"),
        (["ask", "--lang", "xx", "hello"], {}, "--lang xx"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(
    tmp_path: Path, words: list[str], setting: dict[str, str], named: str
) -> None:
    ended = alo(tmp_path, *words, **{"ALO_PORT": str(free_port()), **setting})
    lines = ended.stderr.splitlines()

    assert (ended.returncode, len(lines), named in ended.stderr) == (1, 1, True)


def test_content_that_cannot_be_read_is_named_with_every_fault(tmp_path: Path) -> None:
    ended = alo(tmp_path, "run", ALO_KNOWLEDGE=str(tmp_path))

    assert (ended.returncode, "topics.yml: is missing" in ended.stderr) == (1, True)


@pytest.mark.parametrize("words", [["no-such-command"], ["ask"], ["ask", "--channel", "fax", "x"]])
def test_a_command_that_is_wrong_fails(tmp_path: Path, words: list[str]) -> None:
    ended = alo(tmp_path, *words)

    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
