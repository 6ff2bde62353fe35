"""While a person is awaited or there the program is silent, but for what nobody may wait for."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot import inbox, worker
from bot.desk import handover, opening
from bot.desk.handover import Case
from bot.engine import Heard
from bot.inbox import Job
from bot.knowledge import Knowledge
from bot.model import Effect, Reply
from bot.settings import Settings
from bot.store import Store
from bot.tables import audit, handovers
from bot.tables import inbox as inbox_table
from bot.tables import usage as usage_table
from tests import desks, samples
from tests.conftest import make_settings
from tests.desks import ANNA, BOB

DANGER = {"entities": [{"entity": "danger", "value": "protection.emergency"}]}
MINUTE = 60.0

pytestmark = pytest.mark.usefixtures("desk_is_open")


class Hearing:
    """An engine that understands what it is told to. `answered` is what it was asked to answer."""

    def __init__(self, effect: Effect = "", meanwhile: Any = None, **parsed: Any) -> None:
        self.effect, self.parsed = effect, parsed
        self.meanwhile = meanwhile or (lambda: None)
        self.answered: list[Heard] = []

    async def parse(self, _: str) -> dict[str, Any]:
        """What is understood of a text."""
        self.meanwhile()
        return self.parsed

    async def respond(self, _: str, heard: Heard, __: Any) -> tuple[Reply, dict[str, Any]]:
        """An answer of the program."""
        self.answered.append(heard)
        return samples.reply("of the program", effect=self.effect), {"language": "en"}


def order(topic: str, confidence: float = 1.0) -> dict[str, Any]:
    """What is understood of a command."""
    return {"intent": {"name": topic, "confidence": confidence}}


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Settings:
    """Settings with each database in turn."""
    return make_settings(tmp_path, ALO_DATABASE_URL=database_url)


async def write(config: Settings, store: Store, text: str, engine: Any = None, **more: Any) -> Any:
    """A person writes and the worker takes it up. Returns the engine."""
    engine = engine or Hearing()
    job = desks.write(store, f"m-{time.monotonic_ns()}", text, **more)
    await worker.answer(config, store, engine, job)
    return engine


def open_states(store: Store) -> list[str]:
    return samples.column(store, handovers.c.state)


def waits(store: Store) -> list[str]:
    """The messages that nobody has seen to."""
    return samples.column(store, inbox_table.c.state, inbox_table.c.state == "waiting")


def case_of(store: Store, content: Knowledge, state: str) -> Case:
    if state == "taken":
        return desks.taken(store, content)
    return desks.waiting(store, content)


@pytest.mark.parametrize("state", ["waiting", "taken"])
async def test_the_program_does_not_answer(
    config: Settings, store: Store, content: Knowledge, state: str
) -> None:
    case_of(store, content, state)
    engine = await write(config, store, "how do i get a passport")

    assert (engine.answered, desks.said(store), waits(store)) == ([], [], [])


async def test_when_the_person_wrote_is_kept(
    config: Settings, store: Store, content: Knowledge
) -> None:
    case = desks.taken(store, content)
    desks.ago(store, 3600, "person_at")
    await write(config, store, "are you there")

    assert desks.now(store, case).person_at > time.time() - 60


async def test_it_is_counted_as_left_to_a_person(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.taken(store, content)
    await write(config, store, "are you there")

    assert "silent" in samples.column(store, usage_table.c.value)


async def test_after_a_while_one_line_says_that_a_person_was_called(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.waiting(store, content)
    desks.ago(store, 11 * MINUTE, "said_at")
    await write(config, store, "hello?")
    await write(config, store, "hello??")

    assert [text.split("\n")[0] for text in desks.said(store)] == [
        content.phrase("en", "person_waits").full
    ]


async def test_with_an_operator_there_is_no_such_line(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.taken(store, content)
    desks.ago(store, 60 * MINUTE, "said_at")
    await write(config, store, "hello?")

    assert desks.said(store) == []


async def test_the_line_says_how_long_it_took_of_late(
    config: Settings, store: Store, content: Knowledge
) -> None:
    for number in range(5):
        desks.taken(store, content, address=f"+5093700220{number}")
    desks.ago(store, 14 * MINUTE, "began_at")
    desks.waiting(store, content)
    desks.ago(store, 11 * MINUTE, "said_at")
    await write(config, store, "hello?")

    assert "about 15 minutes" in desks.said(store)[-1]


@pytest.mark.parametrize(
    "word", ["0", "Anile", "CANCELAR", "cancel", "annuler!", "cancelra", "anuller"]
)
async def test_a_word_brings_the_program_back(
    config: Settings, store: Store, content: Knowledge, word: str
) -> None:
    desks.waiting(store, content)
    engine = await write(config, store, word)

    assert (engine.answered, open_states(store), desks.said(store)) == (
        [], ["ended"], [content.phrase("en", "person_cancelled").full]
    )  # fmt: skip


@pytest.mark.parametrize("word", ["cancer", "10", "2", "cancel my visa", "no"])
async def test_other_words_do_not(
    config: Settings, store: Store, content: Knowledge, word: str
) -> None:
    desks.waiting(store, content)
    await write(config, store, word)

    assert open_states(store) == ["waiting"]


@pytest.mark.parametrize(
    ("word", "state"), [("0", "taken"), ("back", "taken"), ("CANCELAR", "ended")]
)
async def test_once_an_operator_has_written_a_zero_may_be_an_answer(
    config: Settings, store: Store, content: Knowledge, word: str, state: str
) -> None:
    case = desks.taken(store, content)
    handover.answer(store, case.id, ANNA, "How many children do you have?")
    await write(config, store, word)

    assert open_states(store) == [state]


async def test_after_it_the_program_answers_again(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.waiting(store, content)
    await write(config, store, "0")
    engine = await write(config, store, "how do i get a passport")

    assert [heard.text for heard in engine.answered] == ["how do i get a passport"]


@pytest.mark.parametrize("state", ["waiting", "taken"])
async def test_in_danger_the_numbers_come_and_the_case_is_urgent(
    config: Settings, store: Store, content: Knowledge, state: str
) -> None:
    case = case_of(store, content, state)
    await write(config, store, "he wants to kill me", Hearing(**DANGER))

    assert (
        "122" in desks.said(store)[0],
        desks.now(store, case).urgent,
        desks.now(store, case).state,
    ) == (True, True, state)


async def test_the_numbers_do_not_come_with_every_message(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.taken(store, content)
    for _ in range(3):
        await write(config, store, "he wants to kill me", Hearing(**DANGER))

    assert len(desks.said(store)) == 1


async def test_the_country_that_is_named_in_danger_gets_its_numbers(
    config: Settings, store: Store, content: Knowledge
) -> None:
    case = desks.waiting(store, content, urgent=True, why="danger", country="")
    named = {"entities": [{"entity": "country", "value": "SV"}]}
    await write(config, store, "El Salvador", Hearing(**named))

    assert ("El Salvador" in desks.said(store)[0], desks.now(store, case).country) == (True, "SV")


@pytest.mark.parametrize("state", ["waiting", "taken"])
@pytest.mark.parametrize(
    ("effect", "topic", "outcome", "left"),
    [
        ("stop", "meta.stop", "stopped", ["ended"]),
        ("erase", "meta.delete_data", "erased", []),
    ],
)
async def test_stop_and_delete_are_obeyed_at_any_time(
    config: Settings, store: Store, content: Knowledge, state: str, effect: Effect, topic: str,
    outcome: str, left: list[str],
) -> None:  # fmt: skip
    case_of(store, content, state)
    await write(config, store, "STOP", Hearing(effect, **order(topic)))

    assert (open_states(store), samples.column(store, audit.c.action)[-1]) == (left, outcome)


async def test_what_only_sounds_like_delete_is_for_the_person(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.taken(store, content)
    engine = await write(
        config, store, "they deleted my file", Hearing("erase", **order("meta.delete_data", 0.8))
    )

    assert (engine.answered, open_states(store)) == ([], ["taken"])


async def test_stop_by_the_network_ends_it(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content)
    inbox.receive(store, samples.incoming("m9", text="STOP", control="stop"))

    assert desks.now(store, case).outcome == "stopped"


async def test_an_engine_that_fails_stays_silent_in_the_end(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.taken(store, content)
    job = desks.write(store, "m9", "hello")
    late = Job(**{**job.__dict__, "tries": worker.MAX_TRIES + 1})
    await worker.answer(config, store, Hearing(), late)

    assert (desks.said(store), waits(store)) == ([], [])


@pytest.mark.parametrize(
    "change",
    [
        lambda store, case: handover.hand_back(store, case.id, ANNA),
        lambda store, case: handover.close(store, case.id, ANNA, "answered"),
        lambda store, case: handover.transfer(store, case.id, ANNA, to=BOB),
    ],
)
async def test_what_comes_in_while_it_is_given_back_is_answered_by_somebody(
    config: Settings, store: Store, content: Knowledge, change: Any
) -> None:
    case = desks.taken(store, content)
    await write(config, store, "one more", Hearing(meanwhile=lambda: change(store, case)))

    assert len(waits(store)) == 1  # it is looked at again, as things are now


async def test_a_line_that_is_no_longer_true_is_not_sent(
    config: Settings, store: Store, content: Knowledge
) -> None:
    case = desks.waiting(store, content)
    desks.ago(store, 11 * MINUTE, "said_at")
    claim = Hearing(meanwhile=lambda: handover.claim(store, case.id, ANNA))
    await write(config, store, "hello?", claim)

    assert desks.said(store) == [content.phrase("en", "person_here").full]


async def test_given_back_the_next_message_is_the_programs(
    config: Settings, store: Store, content: Knowledge
) -> None:
    handover.hand_back(store, desks.taken(store, content).id, ANNA)
    engine = await write(config, store, "how do i get a passport")

    assert len(engine.answered) == 1


class Calling(Hearing):
    """An engine that calls a person."""

    async def respond(self, _: str, heard: Heard, known: Any) -> tuple[Reply, dict[str, Any]]:
        """A reply that calls one."""
        self.answered.append(heard)
        about = {"language": "en", "country": "HT", "topic": "protection.violence"}
        reply = samples.reply("Numbers.", effect="person", why="danger", **about)
        return reply, {"language": "en", "country": "HT", "topic": "documents.passport"}


async def test_a_person_who_is_called_is_awaited(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.staff(store)
    await write(config, store, "he beats me", Calling())
    with store.read() as connection:
        (case,) = handover.queue(connection)

    assert (case.state, case.urgent, case.why, case.topic, case.country) == (
        "waiting", True, "danger", "protection.violence", "HT"
    )  # fmt: skip


async def test_it_is_said_in_the_same_reply(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.staff(store)
    await write(config, store, "he beats me", Calling())

    assert desks.said(store)[0].split("\n")[:2] == [
        "Numbers.", content.phrase("en", "person_called").full
    ]  # fmt: skip


@pytest.mark.parametrize(("staffed", "desk"), [(True, "open"), (False, "")])
async def test_the_engine_knows_whether_anybody_is_there(
    config: Settings, store: Store, staffed: bool, desk: str
) -> None:
    if staffed:
        desks.staff(store)
    engine = await write(config, store, "hello")

    assert engine.answered[0].desk == desk


async def test_the_engine_knows_that_the_desk_is_closed(
    config: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "is_open", lambda desk, at: False)
    desks.staff(store)
    engine = await write(config, store, "hello")

    assert engine.answered[0].desk == "closed"


@pytest.mark.parametrize("times", [1, 3])
def test_nobody_came_is_said_once(
    config: Settings, store: Store, content: Knowledge, times: int
) -> None:
    desks.waiting(store, content)
    desks.ago(store, 21 * MINUTE, "began_at")
    told = [handover.overdue(store, config, content, time.time()) for _ in range(times)]

    assert (sum(told), len(desks.said(store))) == (1, 1)


def test_a_silent_operator_loses_it(config: Settings, store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    desks.ago(store, 5 * 3600, "taken_at")
    handover.overdue(store, config, content, time.time())

    assert (desks.now(store, case).outcome, desks.said(store)) == (
        "silent", [content.phrase("en", "person_silent").full]
    )  # fmt: skip


def test_nobody_who_is_in_time_hears_anything(
    config: Settings, store: Store, content: Knowledge
) -> None:
    desks.waiting(store, content)
    desks.taken(store, content, address="+50937003344")

    assert (handover.overdue(store, config, content, time.time()), desks.said(store)) == (0, [])


def test_several_senders_tell_nobody_twice(
    config: Settings, store: Store, content: Knowledge
) -> None:
    for number in range(4):
        desks.waiting(store, content, f"+5093700110{number}")
    desks.ago(store, 21 * MINUTE, "began_at")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: handover.overdue(store, config, content, time.time()), range(4)))

    assert len(desks.said(store)) == 4


def test_a_reply_that_was_kept_is_still_read(store: Store) -> None:
    """Rows of before this version have neither `why` nor the new effects."""
    old = samples.reply("of before").as_json()
    del old["why"]

    assert Reply.from_json(old) == samples.reply("of before")
