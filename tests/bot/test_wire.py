"""What passes between the program and a channel cannot be changed on its way."""

from __future__ import annotations

import dataclasses

import pytest

from bot import wire
from bot.model import Message
from bot.wire import Call, Delivery


@pytest.mark.parametrize(
    "kind", [wire.Knock, wire.Receipt, wire.Delivery, wire.Call, wire.Finding]
)
def test_it_is_frozen(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_a_delivery_may_hold_nothing_at_all() -> None:
    assert not any(
        getattr(Delivery(), field.name)
        for field in dataclasses.fields(Delivery)
        if field.name != "answer"
    )


def test_a_first_call_knows_of_no_other() -> None:
    call = Call(1, "an address", Message("text", "x"), 0.0)

    assert (call.known, call.others) == (frozenset(), ())
