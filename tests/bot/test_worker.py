"""What the worker makes of what the engine says: an answer, another try, or an apology."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import inbox, outbox, worker
from bot.engine import Heard
from bot.errors import EngineFailed
from bot.inbox import Job
from bot.knowledge import Knowledge
from bot.model import Reply
from bot.settings import Settings
from bot.store import Store
from bot.tables import inbox as inbox_table
from bot.tables import outbox as outbox_table
from tests import samples
from tests.conftest import make_settings

KNOWN = {"language": "fr", "country": "HT"}


class Answering:
    """An engine that answers everything, and remembers what it heard."""

    heard: Heard | None = None

    async def respond(self, _: str, heard: Heard, __: Any) -> tuple[Reply, dict[str, Any]]:
        """The text again."""
        self.heard = heard
        return samples.reply(heard.text), {"language": "es"}


class Failing:
    """An engine that never answers. `meanwhile` happens before it fails."""

    def __init__(self, meanwhile: Any = None) -> None:
        self.meanwhile = meanwhile or (lambda: None)

    async def respond(self, *_: Any) -> tuple[Reply, dict[str, Any]]:
        """Fails."""
        self.meanwhile()
        raise EngineFailed("the dialogue engine gave no reply")


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Settings:
    """Settings with each database in turn."""
    return make_settings(tmp_path, ALO_DATABASE_URL=database_url)


async def work(config: Settings, store: Store, engine: Any, *, tries: int = 1) -> None:
    """Takes the oldest message up so many times."""
    for _ in range(tries):
        job = inbox.claim(store, 60, "worker-1")
        await worker.answer(config, store, engine, job)


def known(store: Store) -> None:
    """A conversation that we remember, with a message that waits."""
    inbox.finish(store, samples.take_in(store, "m0"), samples.reply("before"), KNOWN)
    outbox.sent(store, outbox.claim(store))
    inbox.receive(store, samples.incoming("m1"))


def said(store: Store) -> str:
    """The text of the reply that waits to be sent."""
    return outbox.claim(store).reply.paragraphs[0].full


def take_over(store: Store) -> None:
    """Another worker takes the conversation."""
    inbox.release_worker(store, "worker-1")
    assert inbox.claim(store, 60, "worker-2") is not None


async def test_an_answer_waits_to_be_sent(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming("m1", text="paspò"))
    await work(config, store, Answering())

    assert said(store) == "paspò"


async def test_what_the_engine_remembers_is_kept(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming("m1"))
    await work(config, store, Answering())

    assert samples.take_in(store, "m2").dialogue == {"language": "es"}


async def test_the_engine_hears_all_that_came_in(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming("m1", text="9", choice="hubs.nearest", region="MX"))
    engine = Answering()
    await work(config, store, engine)

    assert engine.heard == Heard("9", "hubs.nearest", "MX", "web")


async def test_a_message_that_failed_waits_again(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming("m1"))
    await work(config, store, Failing())

    assert inbox.claim(store, 60, "worker-1").tries == 2


async def test_a_message_that_failed_once_is_answered_the_second_time(
    config: Settings, store: Store
) -> None:
    inbox.receive(store, samples.incoming("m1", text="paspò"))
    await work(config, store, Failing())
    await work(config, store, Answering())

    assert said(store) == "paspò"


async def test_until_the_last_try_nobody_is_told(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming("m1"))
    await work(config, store, Failing(), tries=worker.MAX_TRIES)

    assert outbox.claim(store) is None


async def test_after_the_last_try_we_apologise_in_the_language_of_the_conversation(
    config: Settings, store: Store, content: Knowledge
) -> None:
    known(store)
    await work(config, store, Failing(), tries=worker.MAX_TRIES + 1)

    assert said(store) == content.phrase("fr", "error_ours").full


@pytest.mark.parametrize(("region", "language"), [("HT", "ht"), ("MX", "es"), ("BZ", "en")])
async def test_to_a_stranger_we_apologise_in_the_language_of_the_country(
    config: Settings, store: Store, content: Knowledge, region: str, language: str
) -> None:
    inbox.receive(store, samples.incoming("m1", region=region))
    await work(config, store, Failing(), tries=worker.MAX_TRIES + 1)

    assert said(store) == content.phrase(language, "error_ours").full


async def test_an_apology_forgets_nothing(config: Settings, store: Store) -> None:
    known(store)
    await work(config, store, Failing(), tries=worker.MAX_TRIES + 1)

    assert samples.take_in(store, "m2").dialogue == KNOWN


async def test_the_message_after_an_apology_is_answered(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming("m1"))
    inbox.receive(store, samples.incoming("m2"))
    await work(config, store, Failing(), tries=worker.MAX_TRIES + 1)
    await work(config, store, Answering())

    assert samples.column(store, inbox_table.c.state) == ["done", "done"]


async def test_an_answer_that_comes_too_late_is_thrown_away(
    config: Settings, store: Store
) -> None:
    job = samples.take_in(store)
    take_over(store)
    await worker.answer(config, store, Answering(), job)

    assert samples.column(store, outbox_table.c.id) == []


async def test_a_failure_that_comes_too_late_leaves_the_message_to_the_other(
    config: Settings, store: Store
) -> None:
    inbox.receive(store, samples.incoming("m1"))
    await work(config, store, Failing(meanwhile=lambda: take_over(store)))

    assert inbox.claim(store, 60, "worker-3") is None


async def test_the_log_of_a_failure_holds_no_text(
    config: Settings, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    job: Job = samples.take_in(store)
    with caplog.at_level("DEBUG"):
        await worker.answer(config, store, Failing(), job)

    assert ("try 1 of 3" in caplog.text, job.text in caplog.text) == (True, False)


@pytest.mark.parametrize(
    ("kind", "text", "warned"),
    [
        ("picture", "paspò m", True),
        ("document", "paspò m", True),
        ("picture", "", False),
        ("text", "paspò m", False),
        ("voice", "paspò m", False),
    ],
)
async def test_under_words_below_a_picture_stands_why_not_to_send_papers(
    config: Settings, store: Store, content: Knowledge, kind: str, text: str, warned: bool
) -> None:
    inbox.receive(store, samples.incoming(kind=kind, text=text))
    await work(config, store, Answering())
    parcel = outbox.claim(store)
    warning = content.phrase("en", "no_papers").full
    said = [part.full for part in parcel.reply.paragraphs] if parcel else []

    assert (len(said) == 2, bool(said) and said[-1] != text) == (warned, warned), warning


async def test_the_engine_hears_what_kind_of_message_it_is(config: Settings, store: Store) -> None:
    inbox.receive(store, samples.incoming(kind="voice", text=""))
    engine = Answering()
    await work(config, store, engine)

    assert engine.heard is not None
    assert engine.heard.kind == "voice"


@pytest.mark.parametrize(
    ("text", "names"),
    [("DUI m se 01234567-8", ["no_numbers"]), ("rele 8840", []), ("paspò 8000 goud", [])],
)
async def test_who_sends_the_number_of_a_paper_is_told_not_to(
    config: Settings, store: Store, content: Knowledge, text: str, names: list[str]
) -> None:
    inbox.receive(store, samples.incoming(text=text))
    await work(config, store, Answering())
    said = [part.full for part in outbox.claim(store).reply.paragraphs]

    assert said[1:] == [content.phrase("", name).full for name in names]


async def test_the_engine_never_hears_the_number_of_a_paper(
    config: Settings, store: Store
) -> None:
    inbox.receive(store, samples.incoming(text="DUI m se 01234567-8"))
    engine = Answering()
    await work(config, store, engine)

    assert engine.heard is not None
    assert engine.heard.text == "DUI m se ***"
