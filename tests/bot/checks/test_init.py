"""`alo check` as a whole: everything at once, errors first."""

from __future__ import annotations

from pathlib import Path

from bot import checks
from bot.checks.fault import Fault
from tests.bot.conftest import PASSPORT, TODAY, Copy, error, words_of


def test_the_real_content_has_no_error(known_faults: frozenset[Fault]) -> None:
    assert [str(fault) for fault in known_faults if fault.level == "error"] == []


def test_every_fault_is_found_at_once(copied: Copy) -> None:
    copied.put(PASSPORT, ("next",), ["documents.invented"])
    copied.put(words_of(PASSPORT), ("HT", "full", "cost"), "{nothing}")
    (copied.knowledge / "aspects.yml").write_text("h2: [\n")

    assert copied.found() == [
        error(PASSPORT, "next: `documents.invented` is no topic"),
        error("aspects.yml", "line 2: "),
        error(words_of(PASSPORT), "uses {nothing}"),
    ]


def test_errors_come_before_warnings(copied: Copy) -> None:
    copied.put(PASSPORT, ("variants", "HT", "review_by"), "2020-01")
    copied.put(PASSPORT, ("next",), ["documents.invented"])

    assert [fault.level for fault in copied.found()] == ["error", "warning"]


def test_a_folder_without_content_is_all_faults_and_no_accident(tmp_path: Path) -> None:
    found = checks.run(tmp_path / "knowledge", tmp_path / "nlu", TODAY)

    tables = ("contacts", "countries", "desk", "glossary", "hubs", "not_places", "places")
    names = sorted(("aspects", "topics", *tables))
    assert found == [error(f"{name}.yml", "is missing; create it") for name in names]
