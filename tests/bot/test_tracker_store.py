"""Of a conversation the slots are remembered, no text, and no more after many messages."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.settings import ROOT
from bot.tracker_store import SlotTrackerStore

SAID = "Zulmarina nan Petyonvil"
KNOWN = {"language": "ht", "country": "HT", "choices": ["hubs.nearest"]}


@pytest.fixture
def memory() -> SlotTrackerStore:
    """An empty store with the slots of the real domain."""
    return SlotTrackerStore(Domain.load(str(ROOT / "domain.yml")))


async def talk(memory: SlotTrackerStore, *, messages: int = 1, **slots: Any) -> None:
    """So many messages, after each of which Rasa stores the tracker."""
    for number in range(messages):
        tracker = await memory.get_or_create_tracker("one")
        tracker.update(UserUttered(f"{SAID} {number}"))
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        tracker.update(ActionExecuted("action_answer"))
        await memory.save(tracker)


def stored(memory: SlotTrackerStore) -> bytes:
    """All that the store holds."""
    return pickle.dumps({k: v for k, v in vars(memory).items() if k != "domain"})


async def slots(memory: SlotTrackerStore) -> dict[str, Any]:
    """The slots of the tracker that Rasa gets, as far as they are set."""
    tracker: DialogueStateTracker = await memory.retrieve("one")
    return {k: v for k, v in tracker.current_slot_values().items() if v is not None}


async def test_of_an_unknown_conversation_there_is_no_tracker(memory: SlotTrackerStore) -> None:
    assert await memory.retrieve("one") is None


async def test_what_was_put_in_is_in_the_tracker(memory: SlotTrackerStore) -> None:
    memory.put("one", KNOWN)
    given = await slots(memory)

    assert {name: given.get(name) for name in KNOWN} == KNOWN


async def test_slots_survive_from_message_to_message(memory: SlotTrackerStore) -> None:
    await talk(memory, language="ht")
    await talk(memory, country="HT")
    given = await slots(memory)

    assert (given["language"], given["country"]) == ("ht", "HT")


async def test_a_slot_that_was_emptied_is_forgotten(memory: SlotTrackerStore) -> None:
    memory.put("one", {"asked": "documents.passport"})
    await talk(memory, asked=None)

    assert "asked" not in memory.take("one")


async def test_a_slot_that_the_domain_no_longer_has_does_no_harm(
    memory: SlotTrackerStore, caplog: pytest.LogCaptureFixture
) -> None:
    memory.put("one", {"language": "ht", "of an older version": 1})

    assert (await slots(memory), caplog.records) == ({"language": "ht"}, [])


async def test_what_is_taken_out_can_be_stored_as_json(memory: SlotTrackerStore) -> None:
    await talk(memory, **KNOWN)
    taken = memory.take("one")

    assert json.loads(json.dumps(taken)) == taken


async def test_what_is_taken_out_is_no_longer_here(memory: SlotTrackerStore) -> None:
    await talk(memory, **KNOWN)
    memory.take("one")

    assert await memory.keys() == []


async def test_conversations_do_not_know_of_each_other(memory: SlotTrackerStore) -> None:
    memory.put("one", {"language": "ht"})
    memory.put("another", {"language": "es"})

    assert await slots(memory) == {"language": "ht"}


async def test_no_text_is_kept(memory: SlotTrackerStore) -> None:
    await talk(memory, **KNOWN)

    assert SAID.encode() not in stored(memory)


async def test_a_long_conversation_is_kept_in_no_more_than_a_short_one(
    memory: SlotTrackerStore,
) -> None:
    await talk(memory, **KNOWN)
    after_one = len(stored(memory))
    await talk(memory, messages=99, **KNOWN)

    assert len(stored(memory)) == after_one


async def test_the_hundredth_message_replays_no_more_than_the_second(
    memory: SlotTrackerStore,
) -> None:
    await talk(memory, **KNOWN)
    second = len((await memory.retrieve("one")).events)
    await talk(memory, messages=98, **KNOWN)

    assert len((await memory.retrieve("one")).events) == second
