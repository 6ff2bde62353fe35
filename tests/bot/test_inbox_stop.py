"""STOP is confirmed once; then there is silence until START or a question."""

from __future__ import annotations

from typing import Any

import pytest

from bot import inbox, outbox
from bot.model import Reply
from bot.store import Store
from bot.tables import conversations
from bot.tables import outbox as table
from tests import samples


def say(store: Store, number: int, **reply: Any) -> None:
    """A message of the person, and the reply that the engine gives."""
    about = {key: reply.pop(key) for key in ("text", "kind") if key in reply}
    inbox.receive(store, samples.incoming(f"m{number}", **about))
    job = inbox.claim(store, 60, "worker")
    assert job is not None
    inbox.finish(store, job, samples.reply(f"reply {number}", **reply), None)


def waiting(store: Store) -> list[str]:
    """The texts that are still to be sent."""
    bodies = samples.column(store, table.c.body, table.c.state == "waiting")
    return [Reply.from_json(store.keys.unseal(bytes(x))).paragraphs[0].full for x in bodies]


def stopped(store: Store) -> list[str]:
    """How the one person stands."""
    return samples.column(store, conversations.c.stopped)


@pytest.fixture
def quiet(store: Store) -> Store:
    """A person who has said STOP and had the confirmation."""
    say(store, 1, effect="stop", topic="meta.stop")
    outbox.sent(store, outbox.claim(store))
    return store


def test_stop_is_confirmed(store: Store) -> None:
    say(store, 1, effect="stop")

    assert (waiting(store), stopped(store)) == (["reply 1"], ["asked"])


def test_what_was_still_to_be_sent_is_dropped(store: Store) -> None:
    say(store, 1)
    say(store, 2, effect="stop")

    assert waiting(store) == ["reply 2"]


def test_a_second_stop_is_not_confirmed(quiet: Store) -> None:
    say(quiet, 2, effect="stop")

    assert (waiting(quiet), stopped(quiet)) == ([], ["asked"])


@pytest.mark.parametrize(
    "message",
    [
        {"topic": "meta.thanks"},
        {"topic": "meta.goodbye"},
        {"text": "👍", "outcome": "fallback"},
        {"text": "", "kind": "sticker", "outcome": "fallback"},
    ],
)
def test_what_asks_nothing_is_not_answered(quiet: Store, message: dict[str, Any]) -> None:
    say(quiet, 2, **message)

    assert (waiting(quiet), stopped(quiet)) == ([], ["asked"])


@pytest.mark.parametrize(
    "message", [{"effect": "start", "topic": "meta.start"}, {"topic": "documents.passport"}]
)
def test_start_and_any_question_end_the_silence(quiet: Store, message: dict[str, Any]) -> None:
    say(quiet, 2, **message)

    assert (waiting(quiet), stopped(quiet)) == (["reply 2"], [""])


def test_a_block_of_the_provider_does_not_hide_that_the_person_asked(quiet: Store) -> None:
    with quiet.write() as connection:
        outbox.silence(connection, samples.column(quiet, conversations.c.id)[0], "blocked")

    assert stopped(quiet) == ["asked"]


@pytest.mark.parametrize(("control", "mark"), [("stop", "asked"), ("start", ""), ("help", "")])
def test_what_the_network_has_answered_needs_no_reply(
    store: Store, control: str, mark: str
) -> None:
    inbox.receive(store, samples.incoming("m1", control=control))

    assert (inbox.claim(store, 60, "worker"), stopped(store)) == (None, [mark])


def test_start_of_the_network_ends_the_silence(quiet: Store) -> None:
    inbox.receive(quiet, samples.incoming("m2", control="start"))

    assert stopped(quiet) == [""]
