"""Rasa's Agent in this process: a message and what is remembered go in, a Reply comes out.

Custom actions run here through the SDK's executor, not over HTTP. Rasa checks the result of each
action against a JSON schema that it compiles anew every time (30 ms); our own actions need no such
check, so our processor leaves it out.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from threadpoolctl import threadpool_limits

from bot import hubs
from bot.errors import EngineFailed, ModelMissing
from bot.model import Kind, Place, Reply
from bot.text import MAX_INCOMING, clean, has_words, without_commands
from bot.tracker_store import SlotTrackerStore

# Why a message without words cannot be read; the words of each stand in phrases.yml.
REASONS = {
    "voice": "voice",
    "call": "call",
    "picture": "picture",
    "document": "document",
    "contact": "shared_contact",
    "sticker": "only_words",
    "unknown": "unknown_kind",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heard:
    """What a person did: wrote a text, tapped a choice, or sent a place or something else.

    `region` is the country of the number; `language` is set where the answer must be in it.
    `desk` is `open` or `closed` where people can take over, and nothing where nobody can.
    """

    text: str = ""
    choice: str = ""
    region: str = ""
    channel: str = "web"
    language: str = ""
    place: Place | None = None
    kind: Kind = "text"
    desk: str = ""


class Engine:
    """A loaded model. One message at a time; conversations do not know of each other."""

    def __init__(self, model: Path) -> None:
        if not model.is_file():
            raise ModelMissing("there is no trained model; run: alo train")
        threadpool_limits(limits=1)  # on so few numbers, threads only wait for each other
        self._memory = SlotTrackerStore()
        self._agent = _OurAgent(
            tracker_store=self._memory, action_endpoint=_InProcess(_executor())
        )
        self._agent.load_model(str(model))

    async def respond(
        self, conversation: str, heard: Heard, remembered: Mapping[str, Any] | None
    ) -> tuple[Reply, dict[str, Any]]:
        """The reply, and what to remember of the conversation from now on.

        Raises EngineFailed if Rasa or an action failed.
        """
        if remembered is not None:
            self._memory.put(conversation, dict(remembered))
        collected = _Collector()
        message = UserMessage(
            _as_rasa(heard),
            output_channel=collected,
            sender_id=conversation,
            input_channel=heard.channel,
            metadata=_metadata(heard),
        )
        try:
            await self._agent.handle_message(message)
        except Exception as error:  # noqa: BLE001 - whatever Rasa raises may hold the text
            raise EngineFailed(f"the dialogue engine failed: {type(error).__name__}") from None
        finally:
            slots = self._memory.take(conversation)
        if not collected.replies:
            raise EngineFailed("the dialogue engine gave no reply")
        return collected.replies[-1], slots

    async def parse(self, text: str) -> dict[str, Any]:
        """What Rasa understands of a text: intent, ranking, entities, language.

        Raises EngineFailed.
        """
        try:
            parsed: dict[str, Any] = await self._agent.parse_message(without_commands(clean(text)))
        except Exception as error:  # noqa: BLE001 - whatever Rasa raises may hold the text
            raise EngineFailed(f"the dialogue engine failed: {type(error).__name__}") from None
        return parsed


def _metadata(heard: Heard) -> dict[str, Any]:
    """What the actions must know besides the text."""
    place = heard.place
    point = [place.latitude, place.longitude] if place else None
    known = {"region": heard.region, "language": heard.language, "desk": heard.desk}
    return {**known, "point": point}


def _as_rasa(heard: Heard) -> str:
    """The message as Rasa takes it. Only we can write commands; a text that is one is a text."""
    if heard.choice:
        return "/choice" + json.dumps({"payload": heard.choice})
    if heard.place and not has_words(heard.text):
        return "/" + hubs.NEAREST
    text = without_commands(clean(heard.text))
    reason = _unreadable(heard.text, text, heard.kind)
    return "/unreadable" + json.dumps({"reason": reason}) if reason else text


def _unreadable(raw: str, text: str, kind: Kind) -> str:
    """Why a message cannot be read, or nothing."""
    if len(raw) > MAX_INCOMING:
        return "too_long"
    if kind in REASONS and not has_words(text):
        return REASONS[kind]
    if not text:
        return "empty"
    return "" if has_words(text) else "only_words"


def _executor() -> ActionExecutor:
    executor = ActionExecutor()
    executor.register_package("actions")
    return executor


class _InProcess(EndpointConfig):
    """An action endpoint that is a function call."""

    def __init__(self, executor: ActionExecutor) -> None:
        # With a "selective" domain Rasa does not send the whole domain with every call.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor

    async def request(self, *_: Any, **call: Any) -> Any:
        """Runs the action that Rasa would have asked a server for."""
        return await self._executor.run(call["json"])


class _OurAction(RemoteAction):
    """A custom action of ours, whose result needs no schema check."""

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        return True


class _OurProcessor(MessageProcessor):
    """Rasa's processor with our form of custom actions."""

    def predict_next_with_tracker_if_should(
        self, tracker: DialogueStateTracker
    ) -> tuple[Action, PolicyPrediction]:
        """The next action (see the parent class)."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if isinstance(action, RemoteAction):
            action = _OurAction(action.name(), self.action_endpoint)
        return action, prediction


class _OurAgent(Agent):
    """Rasa's agent with our processor."""

    def load_model(self, model_path: str, fingerprint: str | None = None) -> None:
        """Loads a model (see the parent class)."""
        self.processor = _OurProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            action_endpoint=self.action_endpoint,
            generator=self.nlg,
        )
        self.domain = self.processor.domain
        self.tracker_store.domain = self.domain
        self._set_fingerprint(fingerprint)


class _Collector(OutputChannel):
    """Takes the replies of the actions."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """The name Rasa asks for."""
        return "alo"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keeps the Reply that an action put beside its plain text."""
        if "reply" in message:
            self.replies.append(Reply.from_json(message["reply"]))
