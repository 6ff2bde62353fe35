"""What the engine answers, and what is said around it.

Before it a campaign's greeting; behind it that a person was called, why papers do not belong in a
chat, and once in a while the question whether it helped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot import knowledge
from bot.campaigns import entry
from bot.campaigns.entry import Entry
from bot.counts import feedback, unanswered
from bot.desk import beside, desk_words, opening
from bot.inbox import Job
from bot.knowledge import Knowledge
from bot.model import Paragraph, Reply
from bot.store import Store
from bot.text import has_words

if TYPE_CHECKING:
    from bot.engine import Engine

SHOWN = {"picture", "document"}  # what papers are sent as


async def answer(
    store: Store, engine: Engine, job: Job, now: float
) -> tuple[Reply, dict[str, Any]]:
    """The reply to a message, and what to remember."""
    from bot.engine import Heard  # here: loading Rasa takes seconds

    content = knowledge.load(store.knowledge)
    job = feedback.understood(content, job)
    campaign = _campaign(store, job)
    heard = Heard(
        job.text,
        job.choice,
        job.region,
        job.channel,
        language=campaign.language if campaign and not job.text else "",
        place=job.place,
        kind=job.kind,
        desk=_desk(content, job, now),
    )
    reply, remembered = await engine.respond(job.conversation, heard, job.dialogue)
    reply, remembered = unanswered.carried(content, job, reply, remembered)
    reply, remembered = feedback.carried(content, job, reply, remembered, now)
    reply = _called(store, content, reply, now)
    return _greeted(campaign, _with_warning(content, job, reply)), remembered


def _desk(content: Knowledge, job: Job, now: float) -> str:
    if not job.staffed:
        return ""
    return "open" if opening.is_open(content.desk, now) else "closed"


def _campaign(store: Store, job: Job) -> Entry | None:
    """The campaign with whose code the message came."""
    if not job.code:
        return None
    with store.read() as connection:
        return entry.find(connection, job.code)


def _called(store: Store, content: Knowledge, reply: Reply, now: float) -> Reply:
    """Under a call for a person: what happens now, and how long it usually takes."""
    if reply.effect != "person":
        return reply
    waits = beside.usual(store, content, now)
    told = desk_words.called(content, reply.language, reply.country, waits, now)
    return replace(reply, paragraphs=(*reply.paragraphs, *told))


def _with_warning(content: Knowledge, job: Job, reply: Reply) -> Reply:
    """Under an answer: why papers, or numbers of papers, do not belong in a chat."""
    shown = job.kind in SHOWN and has_words(job.text)
    names = [name for name, holds in (("no_papers", shown), ("no_numbers", job.masked)) if holds]
    forms = [content.phrase(reply.language, name) for name in names]
    warnings = (Paragraph(full=each.full, short=each.short) for each in forms)
    return replace(reply, paragraphs=(*reply.paragraphs, *warnings))


def _greeted(campaign: Entry | None, reply: Reply) -> Reply:
    """A campaign's own words come first; in danger, last."""
    if campaign is None or not campaign.greeting:
        return reply
    greeting = (Paragraph(campaign.greeting),)
    urgent = reply.topic.startswith("protection.")
    parts = (*reply.paragraphs, *greeting) if urgent else (*greeting, *reply.paragraphs)
    return replace(reply, paragraphs=parts)
