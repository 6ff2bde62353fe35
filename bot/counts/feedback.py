"""Did it help? Asked rarely, under an answer; who does not reply to it loses nothing.

What must be known for that stands beside the slots in what is remembered of a conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot import registry
from bot.knowledge import Knowledge
from bot.model import Choice, Effect, Message, Reply
from bot.text import gsm_form
from bot.words import Lexicon

if TYPE_CHECKING:
    from bot.inbox import Job

KEY = "feedback"
YES, NO = "helped:yes", "helped:no"
VOTES: dict[Effect, str] = {"helpful": "yes", "unhelpful": "no"}
SIGNS = {"👍": YES, "👎": NO}
HOUR = 3600.0
EVERY = 20 * HOUR  # seconds between two questions to a person
EVERY_SMS = 7 * 24 * HOUR  # there each letter costs
ENOUGH = 2  # answers before the first question
NOT_AFTER = ("meta.", "protection.")  # no question after courtesies, and none in danger

Remembered = dict[str, Any]


def understood(knowledge: Knowledge, job: Job) -> Job:
    """The message; a plain yes, no or thumb in reply to the question is the choice itself."""
    if job.choice or (job.dialogue or {}).get("choices") != [YES, NO]:
        return job
    sign = SIGNS.get(job.text.strip()[:1], "")
    said = Lexicon.of(knowledge).find(job.text).command if job.text else ""
    choice = sign or {"yes": YES, "no": NO}.get(said, "")
    return replace(job, choice=choice) if choice else job


def asked_about(dialogue: Mapping[str, Any] | None) -> str:
    """The topic of the answer that the open question is about, or nothing."""
    return str((dialogue or {}).get(KEY, {}).get("topic", ""))


def carried(
    knowledge: Knowledge, job: Job, reply: Reply, remembered: Remembered, now: float
) -> tuple[Reply, Remembered]:
    """The reply, with the question where it is time for it, and what to remember with it."""
    known = {**(job.dialogue or {}).get(KEY, {}), **remembered.get(KEY, {})}
    if reply.effect == "keep":
        known["question"] = ""  # it is kept now, and not asked for again
    elif reply.effect in VOTES:
        if not known.pop("topic", ""):
            reply = replace(reply, effect="")  # a second tap on the same button
    elif _is_answer(reply):
        known["answers"] = known.get("answers", 0) + 1
        question = _question(knowledge, job, reply)
        if _is_time(known, job.channel, now) and _is_seen(job.channel, question):
            known |= {"at": now, "topic": reply.topic}
            return question, {**remembered, KEY: known, "choices": [YES, NO]}
    return reply, {**remembered, **({KEY: known} if known else {})}


def _is_answer(reply: Reply) -> bool:
    """Whether it answers a question and offers nothing that matters more."""
    calm = not any(choice.payload == "meta.human" for choice in reply.choices)
    about = bool(reply.topic) and not reply.topic.startswith(NOT_AFTER)
    whole = reply.outcome == "answered" and reply.optional and not reply.effect
    return calm and about and bool(whole)


def _is_time(known: Mapping[str, Any], channel: str, now: float) -> bool:
    wait = EVERY_SMS if channel == "sms" else EVERY
    return bool(known["answers"] >= ENOUGH and now - known.get("at", 0.0) >= wait)


def _question(knowledge: Knowledge, job: Job, reply: Reply) -> Reply:
    """The reply with the question in the place of what people ask next."""
    forms = {
        key: knowledge.phrase(reply.language, key)
        for key in ("helped_ask", "helped_yes", "helped_no")
    }
    words = {k: form.short if job.channel == "sms" else form.full for k, form in forms.items()}
    choices = (Choice(words["helped_yes"], YES), Choice(words["helped_no"], NO))
    return replace(reply, choices=choices, prompt=words["helped_ask"], optional=True)


def _is_seen(channel: str, question: Reply) -> bool:
    """Whether the channel shows it: in SMS only where it costs no other segment."""
    messages: list[Message] = registry.channels()[channel].render(question)
    return any(gsm_form(question.prompt) in gsm_form(message.text) for message in messages)
