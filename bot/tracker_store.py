"""Remembers of a conversation its slots and nothing else: small, of constant size, without texts.

Rasa's own stores keep every event and replay them all at each message; here the 1,000th message
costs what the 10th costs.
"""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

Slots = dict[str, Any]


class SlotTrackerStore(TrackerStore):
    """Slots by conversation, in memory.

    The worker puts them in before a message, takes them out after it, and commits them with the
    reply.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._slots: dict[str, Slots] = {}

    def put(self, conversation: str, slots: Slots) -> None:
        """What was remembered of the conversation."""
        self._slots[conversation] = slots

    def take(self, conversation: str) -> Slots:
        """What is to be remembered; it is no longer kept here."""
        return self._slots.pop(conversation, {})

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the slots that are set (Rasa calls this).

        Not Rasa's copy of what came with the first message: where a person is may be in it.
        """
        values = tracker.current_slot_values()
        values.pop(SESSION_START_METADATA_SLOT, None)
        kept = {name: value for name, value in values.items() if value is not None}
        self._slots[tracker.sender_id] = kept

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker that listens and has the slots (Rasa calls this)."""
        slots = self._slots.get(sender_id)
        if slots is None:
            return None
        known = {slot.name for slot in self.domain.slots}
        events = [SlotSet(name, value) for name, value in slots.items() if name in known]
        return DialogueStateTracker.from_events(
            sender_id, [*events, ActionExecuted(ACTION_LISTEN_NAME)], self.domain.slots
        )

    async def keys(self) -> list[str]:
        """The conversations in memory (Rasa calls this)."""
        return list(self._slots)
