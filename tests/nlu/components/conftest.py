"""Components of Rasa that learnt from a few messages, and what they do to others.

What messages mean comes from the real encoder.
"""

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
from nlu.components.encoder import MEANING, Vectors, encoder, later
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
    monkeypatch.setenv("ALO_MODELS", str(tmp_path / "models"))
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
    said = {name: value for name, value in data.items() if value}
    return Message(data={**said, MEANING: meaning(text)})


def meaning(text: str) -> Vectors:
    """What a text means, as the encoder says it."""
    return encoder().vector(text)


def never() -> Vectors:
    """The meaning of a message that nobody may ask for."""
    raise AssertionError("the encoder was asked")


def data(examples: list[tuple[str, str, str]]) -> TrainingData:
    """Messages to learn from."""
    return TrainingData([example(*one) for one in examples])


def trained(
    kind: type[T], storage: LocalModelStorage, learnt: TrainingData | None = None, **config: Any
) -> T:
    """A component that has just learnt the examples, or others."""
    component = kind.create(configured(kind, config), storage, RESOURCE, RUN)
    component.train(learnt or data(EXAMPLES))
    return component


def loaded(kind: type[T], storage: LocalModelStorage, **config: Any) -> T:
    """A component that has learnt them in another process."""
    return kind.load(configured(kind, config), storage, RESOURCE, RUN)


def configured(kind: type[T], changes: dict[str, Any]) -> dict[str, Any]:
    """The settings of a component, with changes."""
    return {**kind.get_default_config(), **changes}


def processed(component: Any, text: str, **more: Any) -> Message:
    """A message that went through the component."""
    return component.process([Message(data={"text": text, **more})])[0]


def understood(component: Any, text: str, **more: Any) -> Message:
    """The same for a message whose meaning can be asked for."""
    return processed(component, text, **{MEANING: later(text), **more})
