"""Another help desk is told of each hand-over: once, in order, whatever breaks in between."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot import inbox, purge
from bot.desk import handover, help_desk, mirrors
from bot.desk.help_desk import HelpDesk
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.store import Store
from bot.tables import conversations
from bot.tables import mirrors as table
from tests import desks, samples
from tests.conftest import make_settings
from tests.desks import ANNA
from tests.standins.chatwoot import AGENT_TOKEN, SETTINGS, Chatwoot
from tests.standins.server import BUSY, ERROR, LOST, UNANSWERED, Faults, serving


@pytest.fixture
def there() -> Chatwoot:
    """What the other help desk holds."""
    return Chatwoot()


@pytest.fixture
def config(there: Chatwoot, tmp_path: Any) -> Iterator[Settings]:
    """Settings with that help desk."""
    with serving(there.app()) as url:
        yield make_settings(tmp_path, CHATWOOT_URL=url, **SETTINGS)


async def told(store: Store, config: Settings, most: int = 40) -> None:
    """Tells all that is due, as a new sender would; what failed is tried again at once."""
    desk = HelpDesk(store, config, "sender-1")
    for _ in range(most):
        samples.change(store, table, due_at=0.0)
        if not await desk.step():
            break
    await desk.close()


def tell(store: Store, config: Settings) -> None:
    """The same, from a test that waits for nothing else."""
    asyncio.run(told(store, config))


def writes(store: Store, *texts: str) -> None:
    """The person writes."""
    for number, text in enumerate(texts):
        inbox.receive(store, samples.incoming(f"later-{time.time_ns()}-{number}", text=text))


def test_a_hand_over_is_there_with_all_that_was_said(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    case = desks.waiting(store, content)

    tell(store, config)

    [talk] = there.talks
    [text] = talk.said()
    assert [
        part in text
        for part in (content.label("en", case.topic), "Person: text of first", "Alo: reply to")
    ] == [True] * 3


def test_of_the_person_it_gets_an_invented_name_and_no_number(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    case = desks.waiting(store, content)

    tell(store, config)

    [contact] = there.contacts.values()
    everything = repr((there.contacts, [(talk.source, talk.about) for talk in there.talks]))
    assert (contact["name"], samples.ADDRESS in everything, case.conversation in everything) == (
        case.alias,
        False,
        False,
    )


def test_what_is_known_of_a_case_is_there(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    desks.waiting(store, content, urgent=True, why="danger")

    tell(store, config)

    [talk] = there.talks
    assert (talk.about, talk.priority) == (
        {
            "language": "English",
            "country": "Haiti",
            "topic": content.label("en", "documents.passport"),
            "urgent": True,
            "channel": "web",
        },
        "urgent",
    )


def test_what_the_person_writes_follows_in_order(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    desks.waiting(store, content)
    tell(store, config)

    writes(store, "one", "two")
    tell(store, config)
    writes(store, "three")
    tell(store, config)

    assert there.talks[0].said()[1:] == ["one", "two", "three"]


def test_a_picture_is_told_and_not_sent(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    desks.waiting(store, content)
    tell(store, config)

    inbox.receive(store, samples.incoming("m9", text="my paper", kind="picture"))
    tell(store, config)

    assert there.talks[0].said()[1:] == ["(picture, not kept) my paper"]


@pytest.mark.parametrize("kind", [BUSY, ERROR, LOST, UNANSWERED])
def test_whatever_breaks_each_message_is_there_once(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge, kind: str
) -> None:
    desks.waiting(store, content)
    there.faults = Faults(share=0.5, kinds=(kind,))
    writes(store, "one")
    tell(store, config)
    writes(store, "two", "three")
    tell(store, config)

    there.faults.share = 0.0
    tell(store, config)

    assert (len(there.contacts), len(there.talks), there.talks[0].said()[-2:]) == (
        1,
        1,
        ["two", "three"],
    )
    assert len(there.talks[0].said()) == 3
    assert there.faults.happened[kind] > 0


@pytest.mark.parametrize("method", ["contact", "begin", "write"])
@pytest.mark.parametrize("done", [False, True])
def test_a_sender_killed_in_a_call_leaves_neither_a_gap_nor_a_double(
    store: Store,
    config: Settings,
    there: Chatwoot,
    content: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    done: bool,
) -> None:
    desks.waiting(store, content)
    with monkeypatch.context() as patched:
        patched.setattr(
            help_desk.Chatwoot, method, killed(getattr(help_desk.Chatwoot, method), done)
        )
        with pytest.raises(KeyboardInterrupt):
            tell(store, config)

    mirrors.release(store, "sender-1")
    tell(store, config)

    assert (len(there.contacts), len(there.talks), len(there.talks[0].said())) == (1, 1, 1)


def killed(work: Callable[..., Any], done: bool) -> Callable[..., Any]:
    """A call during which the process dies, before or after the other side has done it."""

    async def call(*arguments: Any) -> Any:
        if done:
            await work(*arguments)
        raise KeyboardInterrupt

    return call


async def test_two_senders_tell_it_once(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    for number in range(4):
        desks.waiting(store, content, f"+5093700110{number}")
    one, two = HelpDesk(store, config, "one"), HelpDesk(store, config, "two")

    while any(await asyncio.gather(one.step(), two.step())):
        pass
    await asyncio.gather(one.close(), two.close())

    assert [len(talk.said()) for talk in there.talks] == [1] * 4


def test_a_case_that_ends_is_resolved_there(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    case = desks.taken(store, content)
    tell(store, config)
    handover.hand_back(store, case.id, ANNA)
    tell(store, config)

    assert there.talks[0].status == "resolved"


def test_one_that_our_own_desk_takes_is_told(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    case = desks.waiting(store, content)
    tell(store, config)
    handover.claim(store, case.id, ANNA)
    tell(store, config)

    [note] = there.talks[0].said(private=True)
    assert "own desk has this conversation" in note


def twice(store: Store, config: Settings, content: Knowledge) -> None:
    """A person is handed over, given back, and handed over again."""
    case = desks.taken(store, content)
    tell(store, config)
    handover.hand_back(store, case.id, ANNA)
    tell(store, config)
    values = {"channel": "web", "language": "en", "country": "HT", "topic": "", "why": "asked"}
    with store.write() as connection:
        handover.begin(connection, case.conversation, urgent=False, **values)
    tell(store, config)


def test_the_second_hand_over_of_a_person_is_a_second_conversation(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    twice(store, config, content)

    assert (len(there.contacts), [talk.number for talk in there.talks]) == (1, [1, 2])


def test_where_a_person_has_one_conversation_it_goes_on(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    there.single = True
    twice(store, config, content)

    assert [(talk.status, len(talk.said())) for talk in there.talks] == [("open", 2)]


def test_an_agent_bot_does_not_hide_it_from_agents(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    there.bot = True
    desks.waiting(store, content)
    tell(store, config)

    assert there.talks[0].status == "open"


def test_one_that_was_deleted_there_is_begun_anew(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    desks.waiting(store, content)
    tell(store, config)
    there.delete(there.talks[0])
    writes(store, "are you there?")
    tell(store, config)

    assert "are you there?" in there.talks[1].said()[0]


def test_what_is_erased_here_is_erased_there(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    case = desks.waiting(store, content)
    tell(store, config)
    with store.write() as connection:
        handover.forget(connection, case.conversation)
    tell(store, config)

    assert (there.contacts, samples.column(store, table.c.handover)) == ({}, [])


def test_without_the_right_to_erase_an_agent_is_asked_to(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge, tmp_path: Any
) -> None:
    url = config.channel["CHATWOOT_URL"].reveal()
    lesser = make_settings(
        tmp_path, CHATWOOT_URL=url, **{**SETTINGS, "CHATWOOT_TOKEN": AGENT_TOKEN}
    )
    case = desks.waiting(store, content)
    tell(store, lesser)
    with store.write() as connection:
        purge.erase(connection, case.conversation)
    tell(store, lesser)

    [note] = there.talks[0].said(private=True)
    assert ("delete this contact" in note, there.talks[0].status) == (True, "resolved")


def test_settings_that_are_wrong_lose_nothing(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge, tmp_path: Any
) -> None:
    url = config.channel["CHATWOOT_URL"].reveal()
    desks.waiting(store, content)
    tell(store, make_settings(tmp_path, CHATWOOT_URL=url, **{**SETTINGS, "CHATWOOT_INBOX": "x"}))
    assert there.talks == []

    tell(store, config)

    assert len(there.talks) == 1


def test_a_failure_waits_before_it_is_tried_again(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    desks.waiting(store, content)
    there.faults = Faults(share=1.0, kinds=(BUSY,))
    began = time.time()

    asyncio.run(told(store, config, most=1))

    [due] = samples.column(store, table.c.due_at)
    assert due > began + 1


def test_nothing_of_what_was_said_reaches_a_log(
    store: Store,
    config: Settings,
    there: Chatwoot,
    content: Knowledge,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desks.waiting(store, content)
    there.faults = Faults(share=0.5)
    tell(store, config)

    source = next(iter(there.contacts), "nobody")
    bad = ("text of first", samples.ADDRESS, source, SETTINGS["CHATWOOT_INBOX"])
    ours = [x.getMessage() for x in caplog.records if x.name.startswith("bot")]
    assert not [line for line in ours for word in bad if word in line]


def test_what_had_ended_before_is_nobodys_business(
    store: Store, config: Settings, there: Chatwoot, content: Knowledge
) -> None:
    case = desks.taken(store, content)
    handover.hand_back(store, case.id, ANNA)
    tell(store, config)

    assert (there.calls, samples.column(store, conversations.c.stopped)) == ([], [""])
