"""What both learning components share: what they learn from, and that it is kept."""

from __future__ import annotations

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.components._trainable import LinearComponent
from nlu.components.language import LanguageIdentifier
from nlu.components.topic import TopicClassifier
from tests.nlu.components.conftest import EXAMPLES, RESOURCE, RUN, data, loaded, trained

BOTH = [LanguageIdentifier, TopicClassifier]
SAID = Message(data={"text": "Necesito un PASAPORTE, por favor"})


@pytest.mark.parametrize("kind", BOTH)
def test_loaded_it_ranks_as_it_did_when_trained(
    kind: type[LinearComponent], storage: LocalModelStorage
) -> None:
    fresh = trained(kind, storage)

    expected = pytest.approx(dict(fresh.ranked(SAID)), abs=1e-6)
    assert dict(loaded(kind, storage).ranked(SAID)) == expected


@pytest.mark.parametrize("kind", BOTH)
def test_trained_again_it_ranks_the_same(
    kind: type[LinearComponent], storage: LocalModelStorage
) -> None:
    first = trained(kind, storage).ranked(SAID)

    assert trained(kind, storage).ranked(SAID) == first


@pytest.mark.parametrize("kind", BOTH)
def test_the_likeliest_is_the_first(
    kind: type[LinearComponent], storage: LocalModelStorage
) -> None:
    chances = [chance for _, chance in trained(kind, storage).ranked(SAID)]

    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("other", ["necesito un pasaporte", "¡Necesito un pasaporté!"])
def test_capitals_accents_and_signs_make_no_difference(
    kind: type[LinearComponent], storage: LocalModelStorage, other: str
) -> None:
    component = trained(kind, storage)

    plain = component.ranked(Message(data={"text": "necesito un pasaporte"}))
    assert component.ranked(Message(data={"text": other})) == plain


@pytest.mark.parametrize("kind", BOTH)
def test_a_message_without_text_is_ranked(
    kind: type[LinearComponent], storage: LocalModelStorage
) -> None:
    component = trained(kind, storage)

    assert len(component.ranked(Message(data={}))) == 3


@pytest.mark.parametrize("kind", BOTH)
def test_the_settings_of_the_pipeline_count(
    kind: type[LinearComponent], storage: LocalModelStorage
) -> None:
    usual = trained(kind, storage).ranked(SAID)

    assert loaded(kind, storage, sharpness=20.0).ranked(SAID)[0][1] > usual[0][1]


def test_a_message_without_a_language_teaches_none(storage: LocalModelStorage) -> None:
    component = LanguageIdentifier.create(
        LanguageIdentifier.get_default_config(), storage, RESOURCE, RUN
    )
    component.train(data([*EXAMPLES, ("a text in no folder", "h2.cost", "")]))

    assert sorted(name for name, _ in component.ranked(SAID)) == ["en", "es", "ht"]


@pytest.mark.parametrize("kind", BOTH)
def test_other_components_learn_from_the_same_messages(
    kind: type[LinearComponent], storage: LocalModelStorage
) -> None:
    messages = data(EXAMPLES)

    assert trained(kind, storage).process_training_data(messages) is messages
