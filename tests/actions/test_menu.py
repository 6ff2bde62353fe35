"""The menu and the lists of its groups: short enough for a number, and never in a circle."""

from __future__ import annotations

import pytest

from actions._turn import LONGEST
from actions.choice import ChoiceAction
from actions.menu import MenuAction
from bot.knowledge import Knowledge
from tests.actions.conftest import Done, run
from tests.talks import LANGUAGES


def menu(language: str = "en") -> Done:
    """The menu."""
    return run(MenuAction(), "menu", "meta.menu", confidence=1.0, lang=language)


def group(name: str, language: str = "en") -> Done:
    """The list of a group."""
    entities = {"payload": f"group:{name}"}
    return run(ChoiceAction(), "", "choice", confidence=1.0, entities=entities, lang=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_is_in_the_language_of_the_turn(content: Knowledge, language: str) -> None:
    done = menu(language)

    labels = [choice.label for choice in done.reply.choices]
    names = [content.label(language, x.removeprefix("group:")) for x in done.payloads]
    assert (done.text, labels) == (content.phrase(language, "menu").full, names)


def test_the_menu_offers_groups_of_topics(content: Knowledge) -> None:
    groups = [f"group:{name}" for name in content.groups() if name != "meta"]

    assert [payload for payload in menu().payloads if payload not in groups] == []


def test_the_menu_offers_what_people_ask_most_first() -> None:
    assert menu().payloads[:3] == ["group:documents", "group:pathways", "group:h2"]


@pytest.mark.usefixtures("no_h2")
def test_the_menu_offers_no_group_that_would_only_show_the_menu() -> None:
    assert "group:h2" not in menu().payloads


def test_each_group_of_the_menu_has_something_to_offer() -> None:
    empty = [x for x in menu().payloads if group(x.removeprefix("group:")).text == menu().text]

    assert empty == []


def test_the_menu_leaves_nine_and_nought_their_meaning() -> None:
    assert len(menu().payloads) <= LONGEST


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_shows_its_topics_under_its_name(content: Knowledge, language: str) -> None:
    done = group("hubs", language)

    labels = [content.label(language, topic) for topic in done.payloads]
    shown = [choice.label for choice in done.reply.choices]
    assert (done.text, shown) == (content.label(language, "hubs") + ":", labels)


def walk(name: str) -> list[list[str]]:
    """The lists of a group one after another, as somebody sees them who always picks the rest."""
    lists = [group(name).payloads]
    while lists[-1][-1].startswith(f"group:{name}:"):
        lists.append(group(lists[-1][-1].removeprefix("group:")).payloads)
    return lists


@pytest.mark.parametrize("name", ["documents", "pathways", "h2", "hubs", "protection", "learn"])
def test_a_group_shows_all_that_has_an_answer_once(content: Knowledge, name: str) -> None:
    answered = [topic for topic in content.group(name) if topic in content.answers]

    shown = [x for payloads in walk(name) for x in payloads if not x.startswith("group:")]

    assert shown == answered


def test_a_group_with_many_topics_leaves_nine_and_nought_their_meaning() -> None:
    lists = walk("documents")

    assert (len(lists) > 1, max(map(len, lists)) <= LONGEST) == (True, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rest_of_a_group_has_its_words(content: Knowledge, language: str) -> None:
    last = group("documents", language).reply.choices[-1]

    assert last.label == content.phrase(language, "more_topics").full


def test_a_page_that_is_no_more_shows_the_menu() -> None:
    assert group("documents:99").text == menu().text


@pytest.mark.usefixtures("no_h2")
def test_a_group_without_answers_shows_the_menu(content: Knowledge) -> None:
    assert group("h2").text == content.phrase("en", "menu").full


def test_a_group_that_is_unknown_shows_the_menu(content: Knowledge) -> None:
    assert group("invented").text == content.phrase("en", "menu").full
