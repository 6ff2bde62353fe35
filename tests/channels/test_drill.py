"""A small drill: everything fails, the sender is killed, and each reply arrives once, in order.

The large one is `python -m benchmarks.channels_drill`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.channels_drill import drill
from benchmarks.drill_plan import Plan

PLAN = Plan(people=6, turns=2, rate=15.0, kill_sender=10.0, canned=1, seed=3)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of it."""
    return drill(PLAN, Path(), tmp_path_factory.mktemp("drill"))


def test_each_person_gets_each_reply_once_and_in_order(result: dict[str, Any]) -> None:
    assert (result["people with something else"], result["strangers"]) == ({}, 0)


def test_every_message_is_answered(result: dict[str, Any]) -> None:
    assert (result["messages in"], result["replies"]) == (36, {"sent": 36})


def test_the_providers_failed(result: dict[str, Any]) -> None:
    """Otherwise all this would show nothing."""
    assert sum(result["faults of providers"].values()) > 0


def test_receipts_are_kept(result: dict[str, Any]) -> None:
    assert result["receipts"].get("delivered", 0) > 0
