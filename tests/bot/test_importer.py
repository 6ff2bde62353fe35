"""Each topic of the content becomes an intent and a rule, with no edit of the domain."""

from __future__ import annotations

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.checks import messages
from bot.importer import KnowledgeImporter, TrainingMessage
from bot.knowledge import Knowledge
from bot.settings import ROOT


def importer(domain: Path = ROOT / "domain.yml", data: Path = ROOT / "nlu") -> KnowledgeImporter:
    """The importer as Rasa makes it."""
    return KnowledgeImporter(str(ROOT / "config.yml"), str(domain), [str(data)])


def rules(made: KnowledgeImporter) -> dict[str, str]:
    """The action that each intent leads to."""
    steps = [step.events for step in made.get_stories().story_steps]
    pairs = [(events[-2].intent_name, events[-1].action_name) for events in steps]
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


@pytest.fixture(scope="module")
def real() -> dict[str, str]:
    """The rules of the real content."""
    return rules(importer())


def test_each_topic_is_an_intent(content: Knowledge) -> None:
    intents = importer().get_domain().intents

    assert [topic for topic in content.topics if topic not in intents] == []


def test_the_intents_of_the_domain_stay() -> None:
    written = yaml.safe_load((ROOT / "domain.yml").read_text())["intents"]

    assert set(written) <= set(importer().get_domain().intents)


def test_each_topic_has_a_rule(content: Knowledge, real: dict[str, str]) -> None:
    assert [topic for topic in content.topics if topic not in real] == []


def test_the_rules_of_the_files_stay(real: dict[str, str]) -> None:
    assert (real["choice"], real["nlu_fallback"]) == ("action_choice", "action_fallback")


@pytest.mark.parametrize(
    ("topic", "action"),
    [
        ("documents.passport", "action_answer"),
        ("protection.emergency", "action_answer"),
        ("meta.greet", "action_answer"),
        ("meta.human", "action_meta_human"),
        ("meta.menu", "action_meta_menu"),
    ],
)
def test_a_topic_leads_to_its_own_action_or_to_the_one_that_answers(
    real: dict[str, str], topic: str, action: str
) -> None:
    assert real[topic] == action


@pytest.mark.parametrize(
    ("new", "topic", "action"),
    [
        (["action_hubs"], "hubs.nearest", "action_hubs"),
        (["action_hubs"], "documents.passport", "action_answer"),
        (["action_hubs_nearest"], "hubs.nearest", "action_hubs_nearest"),
        (["action_hubs_nearest"], "hubs.services", "action_answer"),
        (["action_hubs", "action_hubs_nearest"], "hubs.nearest", "action_hubs_nearest"),
        (["action_hubs", "action_hubs_nearest"], "hubs.services", "action_hubs"),
    ],
)
def test_a_new_action_gets_its_topic_or_its_group(
    tmp_path: Path, new: list[str], topic: str, action: str
) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    domain["actions"] += new
    (tmp_path / "domain.yml").write_text(yaml.safe_dump(domain))

    assert rules(importer(tmp_path / "domain.yml"))[topic] == action


def test_every_training_message_comes_with_its_language() -> None:
    read = [(x.text, x.topic or None, x.language) for x in messages.read(ROOT / "nlu")]
    given = importer().get_nlu_data().training_examples

    taken = [(x.get("text"), x.get("intent"), x.get("language")) for x in given]
    assert list(dict.fromkeys(taken)) == list(dict.fromkeys(read))  # the same one twice is one


def test_a_message_that_teaches_what_danger_is_says_so() -> None:
    read = {(x.text, x.danger) for x in messages.read(ROOT / "nlu") if x.danger is not None}
    given = importer().get_nlu_data().training_examples

    said = {(x.get("text"), x.get("danger")) for x in given if x.get("danger") is not None}
    assert ({danger for _, danger in said}, said) == ({True, False}, read)


def test_a_message_that_is_no_danger_has_no_topic() -> None:
    given = importer().get_nlu_data().training_examples

    assert {x.get("intent") for x in given if x.get("danger") is False} == {None}


def test_the_same_text_about_something_else_is_another_message() -> None:
    given = {"text": "hello", "language": "en", "intent": "meta.greet"}
    others = {"text": "hi", "language": "fr", "intent": "meta.bot", messages.DANGER: True}
    first = TrainingMessage(given)

    assert first == TrainingMessage(given)
    assert [
        name for name in others if first == TrainingMessage({**given, name: others[name]})
    ] == []


def test_a_copy_of_a_message_can_be_changed_alone() -> None:
    first = TrainingMessage({"text": "hello"})
    copied = copy.deepcopy(first)
    copied.set("intent", "meta.greet")

    assert (type(copied), first.get("intent")) == (TrainingMessage, None)


def test_other_training_files_are_read_as_rasa_reads_them(tmp_path: Path) -> None:
    examples: dict[str, Any] = {"intent": "meta.greet", "examples": "- good morrow\n"}
    (tmp_path / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": [examples]}))
    shutil.copy(ROOT / "nlu" / "rules.yml", tmp_path)
    given = importer(data=tmp_path).get_nlu_data().training_examples

    assert [x.get("text") for x in given] == ["good morrow"]


def test_the_configuration_is_that_of_the_file() -> None:
    assert importer().get_config() == yaml.safe_load((ROOT / "config.yml").read_text())
