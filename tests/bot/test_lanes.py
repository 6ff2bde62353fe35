"""A lane keeps to the provider's pace and to each person's, and takes no more than it can send."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest

from bot.errors import Retryable
from bot.lanes import AT_ONCE, Lane
from bot.settings import Settings
from bot.store import Store
from bot.tables import outbox as table
from tests import samples
from tests.conftest import make_settings
from tests.providers import Provider


@pytest.fixture
def store(config: Settings) -> Iterator[Store]:
    """A store on SQLite."""
    made = Store(config)
    made.upgrade()
    yield made
    made.close()


class Slow(Provider):
    """A provider with rates; its calls last."""

    per_person = 1.0

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds
        self.at: list[float] = []

    async def send(self, call: object) -> str:
        """Remembers when."""
        self.at.append(time.monotonic())
        await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        return "id"


def waiting(store: Store, number: int, *, people: int = 100) -> None:
    """So many replies wait."""
    for one in range(number):
        samples.answer(store, f"m{one}", f"+5093700{one % people:04d}")


def lane(store: Store, channel: Provider, config: Settings, **rates: str) -> Lane:
    """A lane with these rates."""
    environment = {f"ALO_RATE_{name.upper()}": rate for name, rate in rates.items()}
    made = make_settings(config.var, **environment)
    return Lane(store, channel, made, "a sender")


async def run(made: Lane, seconds: float) -> None:
    """Works for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not (made.has_room() and made.start()):
            await asyncio.sleep(0.005)
        await asyncio.sleep(0)
    await made.end(2)


async def test_the_provider_gets_no_more_than_its_rate(store: Store, config: Settings) -> None:
    waiting(store, 20)
    channel = Slow()
    channel.per_second = 20.0
    await run(lane(store, channel, config), 0.5)
    gaps = [b - a for a, b in zip(channel.at, channel.at[1:], strict=False)]

    assert 5 <= len(channel.at) <= 12
    assert min(gaps) > 0.03


async def test_a_person_gets_no_more_than_one_in_a_while(store: Store, config: Settings) -> None:
    waiting(store, 3, people=1)
    channel = Slow()
    await run(lane(store, channel, config, person="4"), 1.0)
    gaps = [b - a for a, b in zip(channel.at, channel.at[1:], strict=False)]

    assert (len(gaps), min(gaps) > 0.2) == (2, True)


async def test_no_more_calls_are_in_the_air_than_a_lane_holds(
    store: Store, config: Settings
) -> None:
    waiting(store, AT_ONCE + 5)
    channel = Slow(5.0)
    made = lane(store, channel, config)
    while made.has_room() and made.start():
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)

    assert (len(channel.at), made.has_room()) == (AT_ONCE, False)
    for task in made._tasks:
        task.cancel()


async def test_when_the_provider_wants_silence_nothing_more_is_sent(
    store: Store, config: Settings
) -> None:
    waiting(store, 10)
    channel = Slow()
    channel.error = Retryable("busy", after=60, everybody=True)
    await run(lane(store, channel, config), 0.3)

    assert (len(channel.at) < 10, "sent" in samples.column(store, table.c.state)) == (True, False)


async def test_what_is_in_hand_has_the_name_of_its_sender(store: Store, config: Settings) -> None:
    waiting(store, 1)
    lane(store, Slow(), config).start()

    assert samples.column(store, table.c.lease_owner) == ["a sender"]


def test_an_empty_outbox_gives_nothing_to_do(store: Store, config: Settings) -> None:
    assert lane(store, Slow(), config).start() is False
