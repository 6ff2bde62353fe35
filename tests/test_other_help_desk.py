"""From the call for a person to the end, through another help desk, with a sender that is killed.

Edge and sender are the real processes; Chatwoot is a stand-in written from its documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import inbox
from bot.desk.cases import Case
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import handovers
from bot.tables import outbox as outbox_table
from tests import desks, samples
from tests.conftest import make_settings
from tests.programs import until
from tests.running import Processes
from tests.standins.chatwoot import SETTINGS, Chatwoot, signed
from tests.standins.server import Faults, serving

SECONDS = 60.0


@pytest.fixture
def there() -> Chatwoot:
    """What the other help desk holds. It is slow enough to be killed in the middle of a call."""
    return Chatwoot(Faults(delay=0.2))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The database of the program."""
    made = Store(make_settings(tmp_path))
    made.upgrade()
    yield made
    made.close()


@pytest.fixture
def program(store: Store, there: Chatwoot, tmp_path: Path) -> Iterator[Processes]:
    """Edge and sender, connected with the help desk."""
    with serving(there.app()) as url:
        database = {"ALO_DATABASE_URL": store.engine.url.render_as_string()}
        made = Processes(tmp_path, tmp_path, CHATWOOT_URL=url, **database, **SETTINGS)
        try:
            made.start("edge")
            made.wait_for_edge()
            yield made
        finally:
            made.end()


def knock(program: Processes, told: dict[str, Any]) -> None:
    """A request to the webhook, repeated as networks do."""
    body, headers = signed(told)
    for _ in range(2):
        url = f"{program.address}/hooks/chatwoot"
        answer = httpx.post(url, content=body, headers=headers, timeout=SECONDS)
        assert answer.status_code == 200


def kill_in_a_call(program: Processes, there: Chatwoot, calls: int) -> None:
    """Starts the sender and kills it while it makes its next call but so many."""
    before = len(there.calls)
    program.start("sender")
    until(lambda: len(there.calls) > before + calls, "the sender made its calls", SECONDS)
    program.kill("sender")


def talk_there(there: Chatwoot, messages: int) -> Any:
    """The conversation over there, once it has so many messages."""
    until(lambda: there.talks and len(there.talks[0].said()) >= messages, "it was told", SECONDS)
    return there.talks[0]


def sent(store: Store) -> list[str]:
    """What was sent to the person, in order."""
    rows = samples.column(store, outbox_table.c.body, outbox_table.c.state == "sent")
    replies = [store.keys.unseal(bytes(row)) for row in rows]
    return [reply["paragraphs"][0]["full"] for reply in replies]


def write(store: Store, message_id: str, text: str) -> None:
    """The person writes; no worker has anything to say to it."""
    job = desks.write(store, message_id, text)
    inbox.finish(store, job, None, None)


def state(store: Store, case: Case) -> str:
    """Who has the conversation."""
    return desks.now(store, case).state


def test_a_conversation_goes_there_and_comes_back(
    program: Processes, there: Chatwoot, store: Store, content: Knowledge
) -> None:
    case = desks.waiting(store, content, urgent=True, why="danger")
    for calls in (0, 2, 3):
        kill_in_a_call(program, there, calls)
    program.start("sender")
    talk = talk_there(there, 1)
    until(lambda: talk.priority == "urgent", "they know that it is urgent", SECONDS)

    knock(program, there.reply(talk, "Where are you now?"))
    until(lambda: "Where are you now?" in sent(store), "the reply was sent", SECONDS)
    assert state(store, case) == "taken"

    program.kill("sender")
    write(store, "m2", "at the border")
    kill_in_a_call(program, there, 0)
    program.start("sender")
    talk_there(there, 2)
    knock(program, there.turned(talk, "resolved", custom_attributes={"outcome": "referred"}))
    gone = content.phrase("en", "person_gone").full
    until(lambda: gone in sent(store), "the person knows that the program is back", SECONDS)

    job = desks.write(store, "m3", "thanks")
    assert (job.case, samples.column(store, handovers.c.outcome)) == (None, ["referred"])
    assert (len(there.contacts), len(there.talks), talk.said()[1:]) == (1, 1, ["at the border"])
    assert (sent(store).count("Where are you now?"), sent(store).count(gone)) == (1, 1)
