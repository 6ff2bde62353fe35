"""A model has the name of what it was made from, and is made only when that has changed."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import training
from bot.errors import AloError
from bot.settings import ROOT, Settings
from tests.conftest import make_settings

MADE_FROM = [
    "config.yml",
    "domain.yml",
    "nlu/rules.yml",
    "nlu/es/documents.yml",
    "nlu/ht/protection.yml",
    "nlu/fr/danger/messages.yml",
    "nlu/components/language.py",
    "nlu/components/encoder.py",
    "nlu/components/_cascade.py",
    "nlu/components/words.py",
    "knowledge/topics.yml",
    "bot/importer.py",
    "bot/checks/messages.py",  # reads the training messages
    "bot/text.py",  # normalises them
    "bot/words.py",  # takes from them what is not the question
    "knowledge/languages/ht/commands.yml",  # says what is courtesy
    "knowledge/languages/es/aspects.yml",  # says what rules a thing out
    "knowledge/languages/es/things.yml",  # says what can be ruled out
]
READ_AT_RUN_TIME = [
    "knowledge/answers/documents/passport.yml",
    "knowledge/languages/ht/answers/documents/passport.yml",
    "knowledge/languages/es/phrases.yml",
    "knowledge/languages/es/danger.yml",
    "knowledge/languages/es/countries.yml",
    "knowledge/contacts.yml",
    "bot/edge.py",
]
TRAINS = 'import sys, pathlib; pathlib.Path(sys.argv[1]).write_text("a new model")'
COUNTS = (
    "import sys, time, pathlib; path = pathlib.Path(sys.argv[1]); time.sleep(1);"
    "(path.parent.parent / 'trainings').open('a').write('one '); path.write_text('a model')"
)
FAILS = 'import sys, pathlib; pathlib.Path(sys.argv[1]).write_text("half a model"); sys.exit(1)'


def copy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A copy of all that a model is made from, which takes the place of the repository."""
    for name in ("nlu", "knowledge", "bot"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, folder / name)
    monkeypatch.setattr(training, "ROOT", folder)
    places = {"ALO_KNOWLEDGE": folder / "knowledge", "ALO_MODELS": folder / "models"}
    return make_settings(folder, **{name: str(path) for name, path in places.items()})


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a copy of the repository."""
    return copy(tmp_path, monkeypatch)


def write(settings: Settings, name: str, text: str) -> None:
    """Adds to a file of the copy."""
    with (settings.knowledge.parent / name).open("a") as file:
        file.write(text)


def use(settings: Settings, program: str) -> None:
    """Lets another program train: the real one takes minutes, and its end is what counts here."""
    (settings.knowledge.parent / "bot" / "train_process.py").write_text(program)


def files(settings: Settings) -> dict[str, str]:
    """What lies in the folder of the models."""
    return {path.name: path.read_text() for path in settings.models.glob("[!.]*")}


@pytest.mark.parametrize("name", MADE_FROM)
def test_what_the_model_is_made_from_changes_its_name(copied: Settings, name: str) -> None:
    before = training.fingerprint(copied)
    write(copied, name, "\n# changed\n")

    assert training.fingerprint(copied) != before


@pytest.mark.parametrize("name", READ_AT_RUN_TIME)
def test_what_is_read_at_run_time_keeps_its_name(copied: Settings, name: str) -> None:
    before = training.fingerprint(copied)
    write(copied, name, "\n# changed\n")

    assert training.fingerprint(copied) == before


def test_another_version_of_the_encoder_is_another_model(
    copied: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = training.fingerprint(copied)
    monkeypatch.setattr(training, "version", lambda _: "999")

    assert training.fingerprint(copied) != before


def test_a_new_file_of_training_messages_changes_the_name(copied: Settings) -> None:
    before = training.fingerprint(copied)
    write(copied, "nlu/es/new.yml", "nlu: []\n")

    assert training.fingerprint(copied) != before


def test_messages_in_the_folder_of_another_language_are_another_model(copied: Settings) -> None:
    before = training.fingerprint(copied)
    nlu = copied.knowledge.parent / "nlu"
    (nlu / "fr").rename(nlu / "fx")

    assert training.fingerprint(copied) != before


def test_the_same_content_in_another_folder_is_the_same_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [
        training.fingerprint(copy(tmp_path / folder, monkeypatch)) for folder in ("one", "two")
    ]

    assert names[0] == names[1]


def test_a_training_leaves_the_model(copied: Settings) -> None:
    use(copied, TRAINS)
    path = training.train(copied)

    assert files(copied) == {path.name: "a new model"}


def test_a_model_of_the_present_content_is_not_trained_again(copied: Settings) -> None:
    use(copied, FAILS)
    copied.models.mkdir()
    training.model(copied).write_text("the model")

    assert training.train(copied) == training.model(copied)


def test_a_training_removes_the_models_of_other_content(copied: Settings) -> None:
    use(copied, TRAINS)
    copied.models.mkdir()
    (copied.models / "alo-0123456789abcdef.tar.gz").write_text("an old model")
    path = training.train(copied)

    assert list(files(copied)) == [path.name]


def test_a_training_keeps_what_it_knows_of_meanings(copied: Settings) -> None:
    use(copied, TRAINS)
    copied.models.mkdir()
    (copied.models / "meanings.npz").write_text("vectors")
    training.train(copied)

    assert files(copied)["meanings.npz"] == "vectors"


def test_a_training_that_fails_is_one_line(copied: Settings) -> None:
    use(copied, FAILS)
    with pytest.raises(AloError, match=r"^training failed; `alo check` lists .*$"):
        training.train(copied)


def test_a_training_that_fails_keeps_the_old_model_alone(copied: Settings) -> None:
    use(copied, FAILS)
    copied.models.mkdir()
    (copied.models / "alo-0123456789abcdef.tar.gz").write_text("an old model")
    with pytest.raises(AloError):
        training.train(copied)

    assert files(copied) == {"alo-0123456789abcdef.tar.gz": "an old model"}


def test_who_comes_while_another_trains_waits_for_its_model(copied: Settings) -> None:
    use(copied, COUNTS)
    with ThreadPoolExecutor() as pool:
        found = set(pool.map(training.train, [copied] * 3))

    assert found == {training.model(copied)}
    assert (copied.models.parent / "trainings").read_text() == "one "
