"""Turns the content into what Rasa trains on: intents, and for each its rule "asked → answer".

`config.yml` names it. A new topic therefore needs no edit of the domain or of a rule.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import knowledge, settings
from bot.checks import messages

ANSWER = "action_answer"
EXAMPLES = settings.ROOT / "nlu"
LANGUAGE = "language"
WRITTEN = ("text", "intent", LANGUAGE, messages.DANGER)  # of a training message


class TrainingMessage(Message):
    """A training message that is quick to hash and to copy, for it is nothing but text.

    Rasa's own goes through its values one by one, and Rasa asks for that six times in a training:
    50 seconds of it with 55,000 messages. Its meaning does not count, for it comes from the text.
    """

    _cached_fingerprint: str | None

    def fingerprint(self) -> str:
        """A hash of what was written in the file."""
        if self._cached_fingerprint is None:
            written = repr([self.get(name) for name in WRITTEN])
            self._cached_fingerprint = hashlib.sha256(written.encode()).hexdigest()
        return self._cached_fingerprint

    def __deepcopy__(self, memo: dict[int, Any]) -> TrainingMessage:
        return TrainingMessage(self.data)


class KnowledgeImporter(TrainingDataImporter):
    """Reads `domain.yml`, `config.yml`, the training messages and the catalogue."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **_: Any,
    ) -> None:
        paths = _paths(training_data_paths)
        ours = not paths or any(Path(path).resolve() == EXAMPLES for path in paths)
        self._own_examples = ours
        rules = [str(EXAMPLES / "rules.yml")] if ours else paths
        self._files = RasaFileImporter(config_file, domain_path, rules)
        self._topics = list(knowledge.load(settings.load().knowledge).topics)

    def get_domain(self) -> Domain:
        """`domain.yml` with an intent for each topic."""
        domain = self._files.get_domain()
        return domain.merge(Domain.from_dict({"intents": self._topics}))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The rules of the files, and one for each topic."""
        actions = set(self._files.get_domain().user_actions)
        rules = [_rule(topic, _action(topic, actions)) for topic in self._topics]
        reader = YAMLStoryReader()
        derived = StoryGraph(reader.read_from_parsed_yaml({"version": "3.1", "rules": rules}))
        return self._files.get_stories(exclusion_percentage).merge(derived)

    def get_conversation_tests(self) -> StoryGraph:
        """Test stories are files."""
        return self._files.get_conversation_tests()

    def get_config(self) -> dict[str, Any]:
        """`config.yml`."""
        return dict(self._files.get_config())

    def get_config_file_for_auto_config(self) -> str | None:
        """`config.yml`."""
        found: str | None = self._files.get_config_file_for_auto_config()
        return found

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The training messages, each with the language of its folder.

        Where a developer names other files, those, as Rasa reads them.
        """
        if not self._own_examples:
            return self._files.get_nlu_data(language)
        return TrainingData([_message(example) for example in messages.read(EXAMPLES)])


def _paths(given: list[str] | str | None) -> list[str]:
    """Rasa's commands may give one path, several, None, or [None]."""
    if isinstance(given, str):
        return [given]
    return [path for path in given or [] if path]


def _message(example: messages.Example) -> TrainingMessage:
    message = TrainingMessage({"text": example.text, LANGUAGE: example.language})
    if example.topic:
        message.set("intent", example.topic)
    if example.danger is not None:
        message.set(messages.DANGER, example.danger)
    return message


def _action(topic: str, actions: set[str]) -> str:
    """The action of a topic: its own, else that of its group, else the one that answers."""
    own = f"action_{topic.replace('.', '_')}"
    group = f"action_{topic.split('.')[0]}"
    return next((name for name in (own, group) if name in actions), ANSWER)


def _rule(topic: str, action: str) -> dict[str, Any]:
    return {"rule": f"{topic} asked", "steps": [{"intent": topic}, {"action": action}]}
