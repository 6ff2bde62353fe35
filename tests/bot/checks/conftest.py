"""A copy of the real content with few of its answers: as good to break, and quicker to check."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot import checks
from bot.settings import ROOT
from tests.bot.conftest import TODAY, Copy

KEPT = {"documents/passport", "documents/minor", "protection/emergency", "hubs/nearest"}


@pytest.fixture(scope="session")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The content with few answers, and what is found in it; not to be changed."""
    root = tmp_path_factory.mktemp("fewer")
    for name in ("knowledge", "nlu"):
        shutil.copytree(ROOT / name, root / name)
    for path in root.glob("knowledge/**/answers/*/*.yml"):
        if f"{path.parent.name}/{path.stem}" not in KEPT:
            path.unlink()
    return Copy(root, frozenset(checks.run(root / "knowledge", root / "nlu", TODAY)))


@pytest.fixture
def copied(tmp_path: Path, fewer: Copy) -> Copy:
    """A copy that a test may break."""
    for name in ("knowledge", "nlu"):
        shutil.copytree(fewer.root / name, tmp_path / name)
    return Copy(tmp_path, fewer.known)
