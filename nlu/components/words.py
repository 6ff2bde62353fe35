"""Adds to a message what the content has words for, and settles the intent where they decide.

A command ("MENU"), a number, a button's label, a follow-up ("and in Honduras?") and words of
danger in a short message need no statistics. Everything else is left to the classifier before it.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from bot import knowledge, settings
from bot.checks.messages import GROUP
from bot.words import COMMANDS, OTHER, SIMPLER, Found, Lexicon
from nlu.components._settle import settle

CHOICE = "choice"
FOLLOWUP = "followup"
FEW = 10  # words; in a longer message words of danger may only be mentioned


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class WordFinder(GraphComponent):
    """Adds entities and, for messages that are nothing else, the intent."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> WordFinder:
        """A finder over the present content (Rasa calls this)."""
        return cls(Lexicon.of(knowledge.load(settings.load().knowledge)))

    def process(self, messages: list[Message]) -> list[Message]:
        """Finds the words of each message; what Rasa parsed from `/intent` is left alone."""
        for message in messages:
            text = message.get("text") or ""
            if not text.startswith("/"):
                self._mark(message, self._lexicon.find(text))
        return messages

    def _mark(self, message: Message, found: Found) -> None:
        entities = [*message.get("entities", []), *_entities(found)]
        message.set("entities", entities, add_to_output=True)
        intent = _intent(found)
        if intent and not (found.danger and _mentioned(message)):
            settle(message, intent)


def _mentioned(message: Message) -> bool:
    """Whether words of danger stand in a longer message about something else.

    The numbers to call come first all the same: the entity is there.
    """
    asked = str((message.get("intent") or {}).get("name") or GROUP)
    return len((message.get("text") or "").split()) > FEW and not asked.startswith(GROUP)


def _entities(found: Found) -> list[dict[str, Any]]:
    """Entities in Rasa's form. Their positions say nothing: the words may lie anywhere."""
    values = [
        *(("country", code) for code in found.countries),
        *(("aspect", aspect) for aspect in found.aspects),
        ("danger", found.danger),
        ("payload", found.payload),
        ("named_language", found.language),
        ("number", found.number),
        *((kind.removesuffix("s"), thing) for kind, thing in (x.split(":") for x in found.things)),
        *((found.command, True) for _ in range(found.command in COMMANDS)),
    ]
    return [
        {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "WordFinder"}
        for name, value in values
        if value not in ("", None)
    ]


def _intent(found: Found) -> str:
    """The intent of a message that is nothing but what was found."""
    if found.danger:
        return found.danger
    if found.command == SIMPLER:
        return "meta.more"
    if found.number is not None or found.command == OTHER or found.payload.startswith("group:"):
        return CHOICE
    if found.payload:
        return found.payload
    if found.command not in ("", "yes", "no"):
        return found.command
    if found.language:
        return "meta.language"
    if (found.countries or found.aspects) and not found.rest:
        return FOLLOWUP
    return ""
