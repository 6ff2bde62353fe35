"""What `alo check` finds in the training messages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checks import messages
from bot.checks.messages import Example
from tests.bot.conftest import Copy, Like, read, write

FILE = "nlu/en/documents.yml"
DANGER = "nlu/en/danger/new.yml"
CODE = "zqx the message of this test"


def add(copied: Copy, file: str, topic: str, *examples: str) -> None:
    """Puts messages for a topic at the end of a file."""
    path = copied.root / file
    data = read(path)
    data["nlu"].append({"intent": topic, "examples": "".join(f"- {x}\n" for x in examples)})
    write(path, data)


def test_messages_are_read_with_their_language_and_topic(tmp_path: Path) -> None:
    path = tmp_path / "ht" / "documents.yml"
    write(path, {"nlu": [{"intent": "documents.passport", "examples": "- paspò\n\n- yes\n"}]})

    assert messages.read(tmp_path) == [
        Example("nlu/ht/documents.yml", "ht", "documents.passport", "paspò"),
        Example("nlu/ht/documents.yml", "ht", "documents.passport", "yes"),
    ]


def test_messages_of_danger_teach_what_is_danger_and_what_is_none(tmp_path: Path) -> None:
    write(
        tmp_path / "ht" / "danger" / "all.yml",
        {"danger": {"protection.violence": "- anmwe\n"}, "ordinary": "- bonjou\n"},
    )

    assert messages.read(tmp_path) == [
        Example("nlu/ht/danger/all.yml", "ht", "protection.violence", "anmwe", danger=True),
        Example("nlu/ht/danger/all.yml", "ht", "", "bonjou", danger=False),
    ]


def in_danger(copied: Copy, topic: str) -> None:
    """A message of danger in a file of its own."""
    write(copied.root / DANGER, {"danger": {topic: f"- {CODE}\n"}, "ordinary": ""})


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("protection.violence", []),
        ("h2.abuse", ["`h2.abuse` is no topic that helps in danger; choose one of protection.*"]),
        (
            "protection.no",
            ["`protection.no` is no topic that helps in danger; choose one of protection.*"],
        ),
    ],
)
def test_a_topic_that_does_not_help_in_danger_is_found(
    copied: Copy, topic: str, said: list[str]
) -> None:
    in_danger(copied, topic)

    assert copied.found() == [Like("error", DANGER, words) for words in said]


def test_a_message_of_danger_that_is_one_of_another_topic_is_found(copied: Copy) -> None:
    in_danger(copied, "protection.violence")
    add(copied, FILE, "documents.passport", CODE)

    said = f"`{CODE}` stands under documents.passport and protection.violence; keep one"
    assert copied.found() == [Like("error", DANGER, said)]


def test_a_message_may_begin_with_a_dash_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "en" / "a.yml", {"nlu": [{"intent": "a.b", "examples": "- - hello\n"}]})

    assert [example.text for example in messages.read(tmp_path)] == ["- hello"]


def test_an_intent_that_is_no_topic_is_found(copied: Copy) -> None:
    add(copied, FILE, "documents.invented", CODE)

    assert copied.found() == [
        Like("error", FILE, "`documents.invented` is no topic of topics.yml")
    ]


@pytest.mark.parametrize("again", [CODE, CODE.upper(), f"¡{CODE}!"])
def test_a_message_under_two_topics_is_found(copied: Copy, again: str) -> None:
    add(copied, FILE, "documents.passport", CODE)
    add(copied, "nlu/en/hubs.yml", "hubs.nearest", again)

    said = f"`{again}` stands under documents.passport and hubs.nearest; keep one"
    assert copied.found() == [Like("error", "nlu/en/hubs.yml", said)]


def test_a_message_twice_under_one_topic_is_no_fault(copied: Copy) -> None:
    add(copied, FILE, "documents.passport", CODE, CODE)

    assert copied.found() == []


def test_a_message_under_two_topics_of_two_languages_is_no_fault(copied: Copy) -> None:
    add(copied, FILE, "documents.passport", CODE)
    add(copied, "nlu/es/hubs.yml", "hubs.nearest", CODE)

    assert copied.found() == []


def test_too_few_messages_for_a_topic_are_a_warning(copied: Copy) -> None:
    path = copied.root / FILE
    kept = [intent for intent in read(path)["nlu"] if intent["intent"] != "documents.passport"]
    write(path, {"nlu": kept})

    said = "under 12 messages for documents.passport; add some"
    assert copied.found() == [Like("warning", "nlu/en", said)]


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda path: path.write_text("nlu: [\n"), id="a bracket is open"),
        pytest.param(lambda path: path.write_text("version: '3.1'\n"), id="no messages"),
        pytest.param(lambda path: path.write_text("nlu: [hello]\n"), id="no intent"),
        pytest.param(lambda path: path.write_text(""), id="nothing"),
        pytest.param(lambda path: path.write_bytes(b"nlu: [caf\xe9]\n"), id="not UTF-8"),
    ],
)
def test_a_file_that_is_not_in_form_is_one_fault(
    copied: Copy, break_it: Callable[[Path], object]
) -> None:
    break_it(copied.root / FILE)

    assert [(fault.level, fault.path[:3]) for fault in copied.found()] == [("error", "nlu")]


@pytest.mark.parametrize("text", ["danger: {}\n", "danger: []\nordinary: ''\n", "nlu: []\n"])
def test_a_file_of_danger_that_is_not_in_form_is_one_fault(copied: Copy, text: str) -> None:
    (copied.root / DANGER).write_text(text)

    assert copied.found() == [Like("error", DANGER, "is not in Rasa's form")]


def test_a_file_that_is_not_in_form_is_named(copied: Copy) -> None:
    (copied.root / FILE).write_text("version: '3.1'\n")

    assert [FILE in str(fault) for fault in copied.found()] == [True]
