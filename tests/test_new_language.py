"""A language is a folder: it takes no change of any Python file to add one."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.language import LanguageAction
from bot import answers, checks, dialogue, knowledge
from bot.answers import Question
from bot.checks import messages
from bot.knowledge import Knowledge
from bot.settings import ROOT
from bot.words import Lexicon
from tests.conftest import SECRET

TODAY = date(2026, 11, 22)
CODE, NAME = "xx", "Xanadese"
PASSPORT = Question("documents.passport", CODE, "HT")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The content and the training messages, with a language that nobody speaks."""
    for name in ("knowledge", "nlu"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(tmp_path / "nlu/en", tmp_path / "nlu" / CODE)
    new = tmp_path / "knowledge/languages" / CODE
    shutil.copytree(new.parent / "en", new)
    settings = (new / "language.yml").read_text("utf-8")
    settings = settings.replace("name: English", f"name: {NAME}").replace("order: 3", "order: 9")
    (new / "language.yml").write_text(settings, "utf-8")
    return tmp_path


@pytest.fixture
def extended(folder: Path) -> Knowledge:
    """The content with the new language."""
    return knowledge.load(folder / "knowledge")


def test_it_is_loaded_behind_the_others(extended: Knowledge) -> None:
    names = {code: language.settings.name for code, language in extended.languages.items()}

    assert list(names.items())[-1] == (CODE, NAME)


def test_it_has_no_faults_that_english_does_not_have(folder: Path) -> None:
    found = checks.run(folder / "knowledge", folder / "nlu", TODAY)

    mine = [fault for fault in found if f"/{CODE}/" in f"{fault.path}/"]
    english = [fault for fault in found if "/en/" in f"{fault.path}/"]
    assert [str(x).replace(f"/{CODE}", "/en") for x in mine] == [str(x) for x in english]


def test_it_is_checked_like_the_others(folder: Path) -> None:
    (folder / "knowledge/languages" / CODE / "answers/documents/passport.yml").unlink()

    faults = checks.run(folder / "knowledge", folder / "nlu", TODAY)

    path = f"knowledge/languages/{CODE}/answers/documents/passport.yml"
    countries = sorted(knowledge.read(ROOT / "knowledge").answers[PASSPORT.topic].variants)
    missing = [f"`{country}` is missing" for country in countries]
    assert [x.message.split(";")[0] for x in faults if x.path == path] == missing


def test_an_answer_can_be_put_together_in_it(extended: Knowledge) -> None:
    english = answers.paragraph(extended, Question("documents.passport", "en", "HT"))

    assert answers.paragraph(extended, PASSPORT) == english


def test_an_answer_is_in_its_own_words(folder: Path) -> None:
    path = folder / "knowledge/languages" / CODE / "answers/documents/passport.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Pay at DGI", "Xanadu DGI"), "utf-8")

    said = answers.paragraph(knowledge.load(folder / "knowledge"), PASSPORT)

    assert ("Xanadu DGI" in said.full, "Xanadu DGI" in said.short) == (True, True)


def test_it_is_answered_to_who_writes_in_it(extended: Knowledge) -> None:
    heard = dialogue.Heard(CODE, 1.0, 5)

    assert dialogue.language_of(extended, heard, "es", "HT") == CODE


def test_it_is_known_by_its_name(extended: Knowledge) -> None:
    assert Lexicon.of(extended).find(NAME.upper()).language == CODE


def test_the_identifier_of_languages_learns_it(folder: Path) -> None:
    before = {example.language for example in messages.read(ROOT / "nlu")}

    read = {example.language for example in messages.read(folder / "nlu")}

    assert read - before == {CODE}


def test_it_is_offered_in_the_list_of_languages(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALO_KNOWLEDGE", str(folder / "knowledge"))
    monkeypatch.setenv("ALO_SECRET_KEY", SECRET)
    message = {"text": "change the language", "intent": {"name": "meta.language"}}
    dispatcher = CollectingDispatcher()

    LanguageAction().run(dispatcher, Tracker("a test", {}, message, [], False, None, {}, None), {})

    choices = dispatcher.messages[0]["reply"]["choices"]
    assert choices[-1] == {"label": NAME, "payload": f"language:{CODE}"}
