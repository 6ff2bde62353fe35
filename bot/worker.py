"""The worker process: takes messages from the inbox, has them answered, commits the replies."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import (
    beside,
    desk_words,
    feedback,
    inbox,
    knowledge,
    logs,
    opening,
    processes,
    settings,
    unanswered,
)
from bot.errors import AloError, CaseChanged, EngineFailed, LeaseLost
from bot.inbox import Job
from bot.model import Paragraph, Reply
from bot.settings import Settings
from bot.store import Store
from bot.text import has_words

if TYPE_CHECKING:
    from bot.engine import Engine

IDLE_SECONDS = 0.05
MAX_TRIES = 3
SHOWN = {"picture", "document"}  # what papers are sent as

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
    return await _answer(config, store, engine, job, now)


async def _answer(
    config: Settings, store: Store, engine: Engine, job: Job, now: float
) -> tuple[Reply, dict[str, Any]]:
    """What the engine says."""
    from bot.engine import Heard

    content = knowledge.load(config.knowledge)
    job = feedback.understood(content, job)
    desk = ("open" if opening.is_open(content.desk, now) else "closed") if job.staffed else ""
    heard = Heard(
        job.text, job.choice, job.region, job.channel, place=job.place, kind=job.kind, desk=desk
    )
    reply, remembered = await engine.respond(job.conversation, heard, job.dialogue)
    reply, remembered = unanswered.carried(content, job, reply, remembered)
    reply, remembered = feedback.carried(content, job, reply, remembered, now)
    if reply.effect == "person":
        waits = beside.usual(store, content, now)
        told = desk_words.called(content, reply.language, reply.country, waits, now)
        reply = replace(reply, paragraphs=(*reply.paragraphs, *told))
    return _with_warning(config, job, reply), remembered


def _with_warning(config: Settings, job: Job, reply: Reply) -> Reply:
    """Under an answer: why papers, or numbers of papers, do not belong in a chat."""
    shown = job.kind in SHOWN and has_words(job.text)
    names = [name for name, holds in (("no_papers", shown), ("no_numbers", job.masked)) if holds]
    if not names:
        return reply
    content = knowledge.load(config.knowledge)
    forms = [content.phrase(reply.language, name) for name in names]
    warnings = (Paragraph(full=each.full, short=each.short) for each in forms)
    return replace(reply, paragraphs=(*reply.paragraphs, *warnings))


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
