"""Components of Rasa that learnt from a few messages, and what they do to others."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.settings import ROOT
from nlu.components._trainable import LinearComponent
from tests.conftest import SECRET

T = TypeVar("T", bound=LinearComponent)
RUN = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("a test")
EXAMPLES = [
    ("kijan pou m fe paspo", "documents.passport", "ht"),
    ("mwen bezwen yon paspo", "documents.passport", "ht"),
    ("como saco el pasaporte", "documents.passport", "es"),
    ("necesito un pasaporte", "documents.passport", "es"),
    ("how do i get a passport", "documents.passport", "en"),
    ("konbyen viza a koute", "h2.cost", "ht"),
    ("cuanto cuesta la visa", "h2.cost", "es"),
    ("how much is the visa", "h2.cost", "en"),
    ("ki kote sant lan ye", "hubs.nearest", "ht"),
    ("donde queda el centro", "hubs.nearest", "es"),
    ("where is the centre", "hubs.nearest", "en"),
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Components read their settings from the environment."""
    monkeypatch.setenv("ALO_SECRET_KEY", SECRET)
    monkeypatch.setenv("ALO_VAR", str(tmp_path))
    monkeypatch.setenv("ALO_KNOWLEDGE", str(ROOT / "knowledge"))


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    """Where Rasa keeps what its components learnt."""
    folder = tmp_path / "storage"
    folder.mkdir()
    return LocalModelStorage(folder)


def example(text: str, topic: str = "", language: str = "") -> Message:
    """A message to learn from."""
    data = {"text": text, "intent": topic, "language": language}
    return Message(data={name: value for name, value in data.items() if value})


def data(examples: list[tuple[str, str, str]]) -> TrainingData:
    """Messages to learn from."""
    return TrainingData([example(*one) for one in examples])


def trained(kind: type[T], storage: LocalModelStorage, **config: Any) -> T:
    """A component that has just learnt the examples."""
    settings = {**kind.get_default_config(), **config}
    component = kind.create(settings, storage, RESOURCE, RUN)
    component.train(data(EXAMPLES))
    return component


def loaded(kind: type[T], storage: LocalModelStorage, **config: Any) -> T:
    """A component that has learnt them in another process."""
    settings = {**kind.get_default_config(), **config}
    return kind.load(settings, storage, RESOURCE, RUN)


def processed(component: Any, text: str, **more: Any) -> Message:
    """A message that went through the component."""
    return component.process([Message(data={"text": text, **more})])[0]
