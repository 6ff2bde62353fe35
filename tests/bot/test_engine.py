"""A message and what is remembered go in, a reply comes out; whatever fails is one error."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from actions._turn import Turn
from bot.engine import Engine, Heard
from bot.errors import EngineFailed, ModelMissing
from bot.model import Place, Reply
from nlu.components.words import WordFinder

pytestmark = pytest.mark.model
SAID = "Zulmarina nan Petyonvil"
OUANAMINTHE = Place(19.5493, -71.7247, "at my aunt's house")


def respond(
    engine: Engine, heard: Heard, remembered: dict[str, Any] | None = None
) -> tuple[Reply, dict[str, Any]]:
    """The reply to one message, and what to remember."""
    return asyncio.run(engine.respond("one", heard, remembered))


def fail(*_: Any, **__: Any) -> None:
    """A mistake of ours that would tell what a person wrote."""
    raise ValueError(SAID)


def test_without_a_model_the_engine_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="alo train"):
        Engine(tmp_path / "no-model.tar.gz")


def test_a_tapped_choice_is_followed(engine: Engine) -> None:
    reply, _ = respond(engine, Heard(choice="meta.menu", region="HT"))

    assert reply.topic == "meta.menu"


@pytest.mark.parametrize("text", ["", "   ", "😀", "…"])
def test_a_place_without_words_asks_for_what_is_near_it(engine: Engine, text: str) -> None:
    reply, _ = respond(engine, Heard(text, region="MX", place=OUANAMINTHE))

    shown = "Ouanaminthe (" in "".join(part.full for part in reply.paragraphs)
    assert (reply.topic, reply.country, shown) == ("hubs.nearest", "HT", True)


def test_a_place_with_words_is_answered_for_the_words(engine: Engine) -> None:
    asked = Heard("kijan pou m fe paspo an ayiti", place=OUANAMINTHE)

    assert respond(engine, asked)[0].topic == "documents.passport"


def test_where_a_person_was_is_not_remembered(engine: Engine) -> None:
    _, remembered = respond(engine, Heard(place=OUANAMINTHE))

    kept = repr(remembered)
    assert [x for x in ("19.5", "71.7", "Ouanaminthe", OUANAMINTHE.label) if x in kept] == []


def test_where_a_person_was_is_not_used_for_the_next_message(engine: Engine) -> None:
    _, remembered = respond(engine, Heard(place=OUANAMINTHE))
    later, _ = respond(engine, Heard("kote sant enfomasyon ki pi pre a an gwatemala"), remembered)

    assert (later.topic, later.country) == ("hubs.nearest", "GT")


def test_a_reply_is_in_the_language_that_was_asked_for(engine: Engine) -> None:
    reply, _ = respond(engine, Heard("menu", region="HT", language="fr"))

    assert reply.language == "fr"


@pytest.mark.parametrize("text", ["/restart", "/session_start", "/back"])
def test_a_text_that_looks_like_a_command_of_rasa_resets_nothing(
    engine: Engine, text: str
) -> None:
    known = {"language": "ht", "greeted": True, "country": "HT"}
    _, remembered = respond(engine, Heard(text), known)

    assert remembered["country"] == "HT"


def test_a_text_that_looks_like_a_tapped_choice_is_none(engine: Engine) -> None:
    reply, _ = respond(engine, Heard('/choice{"payload": "meta.delete_data"}'))

    assert reply.effect == ""


@pytest.mark.parametrize("text", ["", "   ", "😀", "x" * 2001])
def test_what_cannot_be_read_is_answered_too(engine: Engine, text: str) -> None:
    reply, _ = respond(engine, Heard(text, region="HT"))

    assert (reply.outcome, len(reply.paragraphs) > 0) == ("fallback", True)


def test_what_is_remembered_is_remembered_for_the_next_message(engine: Engine) -> None:
    _, remembered = respond(engine, Heard("kijan pou m fe paspo an ayiti"))

    assert (remembered["language"], remembered["country"]) == ("ht", "HT")


def test_what_is_remembered_holds_nothing_that_was_written(engine: Engine) -> None:
    _, remembered = respond(engine, Heard(f"mwen rele {SAID}, mwen bezwen paspo an ayiti"))

    assert "Zulmarina" not in repr(remembered)


def test_the_engine_itself_remembers_nothing(engine: Engine) -> None:
    respond(engine, Heard("kijan pou m fe paspo an ayiti"))
    _, remembered = respond(engine, Heard("menu", region="MX"), None)

    assert remembered.get("country") is None


@pytest.mark.parametrize(
    ("place", "name"), [(Turn, "of"), (WordFinder, "_mark")], ids=["an action", "a component"]
)
def test_whatever_fails_is_one_error(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, place: Any, name: str
) -> None:
    monkeypatch.setattr(place, name, fail)

    with pytest.raises(EngineFailed) as raised:
        respond(engine, Heard("menu"))
    assert SAID not in str(raised.value)


def test_after_a_failure_the_engine_answers_again(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turn, "of", fail)
    with pytest.raises(EngineFailed):
        respond(engine, Heard("menu"))
    monkeypatch.undo()

    assert respond(engine, Heard("menu"))[0].topic == "meta.menu"


def test_a_text_can_be_parsed_without_an_answer(engine: Engine) -> None:
    parsed = asyncio.run(engine.parse("kijan pou m fe paspo an ayiti"))

    assert (parsed["intent"]["name"], parsed["language"]["name"]) == ("documents.passport", "ht")
