"""Changes are tried on a copy: the content itself stays as it is."""

from __future__ import annotations

from pathlib import Path

from bot.sheets import changes
from tests.bot.sheets.conftest import TODAY


def test_only_the_errors_that_the_change_brings_are_new(folder: Path) -> None:
    broken = folder / "hubs.yml"
    broken.write_text(broken.read_text("utf-8").replace("country: BZ", "country: XX", 1), "utf-8")

    found = changes.new_faults(folder, TODAY, lambda copy: (copy / "aspects.yml").unlink())

    assert [fault.path for fault in found] == ["knowledge/aspects.yml"]


def test_the_content_itself_stays(folder: Path) -> None:
    changes.new_faults(folder, TODAY, lambda copy: (copy / "aspects.yml").unlink())

    assert (folder / "aspects.yml").exists()
