"""The worker process: takes messages from the inbox, has them answered, commits the replies."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import around, inbox, knowledge, logs, processes, settings
from bot.counts import unanswered
from bot.desk import beside
from bot.errors import AloError, CaseChanged, EngineFailed, LeaseLost
from bot.inbox import Job
from bot.model import Paragraph, Reply
from bot.settings import Settings
from bot.store import Store

if TYPE_CHECKING:
    from bot.engine import Engine

IDLE_SECONDS = 0.05
MAX_TRIES = 3

log = logging.getLogger(__name__)


async def work(config: Settings, model: Path, worker: str) -> None:
    """Works until told to stop."""
    from bot.engine import Engine  # here: loading Rasa takes seconds, and logging must be ready

    stop = processes.Stop()
    store = Store(config)
    store.upgrade()
    engine = Engine(model)
    log.info("ready: messages are answered")
    while not stop:
        job = inbox.claim(store, config.lease_seconds, worker)
        if job is None:
            await stop.pause(IDLE_SECONDS)
        else:
            await answer(config, store, engine, job)
    store.close()


async def answer(config: Settings, store: Store, engine: Engine, job: Job) -> None:
    """Answers one message and commits; a message that cannot be answered waits to be tried again.

    After MAX_TRIES the person is told that something went wrong on our side.
    """
    try:
        reply, remembered = await _reply(config, store, engine, job)
        inbox.finish(store, job, reply, remembered)
        unanswered.learn(store, knowledge.load(config.knowledge), job, reply)
    except EngineFailed:
        log.error("a message could not be answered, try %d of %d", job.tries, MAX_TRIES)
        _put_back(store, job)
    except CaseChanged:
        log.info("a person took a conversation, or gave it back, in between: the message again")
        _put_back(store, job)
    except LeaseLost:
        log.warning("a lease ran out; the message is another worker's")


def _put_back(store: Store, job: Job) -> None:
    try:
        inbox.put_back(store, job)
    except LeaseLost:
        log.warning("a lease ran out; the message is another worker's")


async def _reply(
    config: Settings, store: Store, engine: Engine, job: Job
) -> tuple[Reply | None, dict[str, Any] | None]:
    """The reply, if there is any, and what to remember."""
    if job.tries > MAX_TRIES:
        return (None if job.case else _apology(config, job)), job.dialogue
    now = time.time()
    if job.case:
        decided = await beside.decide(store, engine, job, job.case, now)
        if not isinstance(decided, str):
            return decided, None
        if not decided:
            return None, None
    return await around.answer(store, engine, job, now)


def _apology(config: Settings, job: Job) -> Reply:
    content = knowledge.load(config.knowledge)
    remembered = str((job.dialogue or {}).get("language", ""))
    language = remembered or content.country_language(job.region)
    forms = content.phrase(language, "error_ours")
    paragraph = Paragraph(full=forms.full, short=forms.short)
    return Reply(paragraphs=(paragraph,), language=language, outcome="fallback")


def main() -> None:
    """`python -m bot.worker MODEL`."""
    logs.configure("worker")
    try:
        name = os.environ.get("ALO_WORKER", f"worker-{os.getpid()}")
        asyncio.run(work(settings.load(), Path(sys.argv[1]), name))
    except AloError as error:
        log.error("%s", error)
        sys.exit(1)


if __name__ == "__main__":
    main()
