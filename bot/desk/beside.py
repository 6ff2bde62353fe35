"""What the program says while a person has, or is to have, the conversation: next to nothing.

It brings itself back when it is asked to, gives the numbers to call in danger, obeys STOP and
DELETE, and says once in a while that somebody was called. Everything else is for the person who
reads it at the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import OSA

from bot import contacts, knowledge
from bot.desk import cases, desk_words, opening, patience
from bot.desk.cases import Case
from bot.inbox import Job
from bot.knowledge import Knowledge
from bot.model import Paragraph, Reply
from bot.store import Store
from bot.text import has_words, normalise

if TYPE_CHECKING:
    from bot.engine import Engine

OBEYED = {"meta.stop", "meta.delete_data"}  # at any time
LONG_WORD = 7  # letters; in shorter ones a wrong letter makes another word: cancel, cancer


async def decide(store: Store, engine: Engine, job: Job, case: Case, now: float) -> Reply | str:
    """The reply to a message, `obey` where it is for the engine, or nothing."""
    content = knowledge.load(store.knowledge)
    if wants_back(content, case, job.text):
        return _back(content, case)
    if job.choice:
        return "obey" if job.choice in OBEYED else _line(store, content, case, now)
    parsed = await engine.parse(job.text) if has_words(job.text) else {}
    if _is_order(parsed):
        return "obey"
    return _numbers(content, job, case, parsed, now) or _line(store, content, case, now)


def wants_back(content: Knowledge, case: Case, text: str) -> bool:
    """Whether a message is one of the words that bring the program back, in any language.

    Once an operator has written, fewer are: a 0 may be an answer to them.
    """
    said = normalise(text)
    keys = ["back_words"] if case.operator_at else ["back_words", "back_words_waiting"]
    ways = [way for key in keys for code in content.languages for way in _ways(content, code, key)]
    return said in ways or (len(said) >= LONG_WORD and any(_is_slip(said, way) for way in ways))


def _ways(content: Knowledge, language: str, key: str) -> list[str]:
    return [normalise(way) for way in content.phrase(language, key).full.split(",")]


def _is_slip(said: str, way: str) -> bool:
    """Whether one letter is wrong, missing, doubled or in the wrong place."""
    return " " not in way and len(way) >= LONG_WORD and OSA.distance(said, way) <= 1


def _back(content: Knowledge, case: Case) -> Reply:
    forms = content.phrase(case.language, "person_cancelled")
    return _reply(case, Paragraph(forms.full, forms.short), effect="program")


def _is_order(parsed: dict[str, Any]) -> bool:
    """Whether the message is STOP or DELETE, and nothing that only sounds like it."""
    intent = parsed.get("intent") or {}
    return intent.get("name") in OBEYED and intent.get("confidence") == 1.0


def _numbers(
    content: Knowledge, job: Job, case: Case, parsed: dict[str, Any], now: float
) -> Reply | None:
    """The numbers to call, where danger is heard, or the country that was asked for in danger."""
    found = {x["entity"]: str(x["value"]) for x in reversed(parsed.get("entities", []))}
    named = found.get("country", "")
    asked = case.urgent and not case.country and named
    if not asked and not ("danger" in found and patience.may_warn(content.desk, case, now)):
        return None
    country = named or case.country
    numbers = contacts.first(content, case.language, [country, job.region])
    return _reply(case, numbers, effect="person", why="danger", country=country)


def _line(store: Store, content: Knowledge, case: Case, now: float) -> Reply | str:
    """That somebody was called, how long it takes, the hours, and how to go back."""
    if case.state != "waiting" or not patience.may_say(content.desk, case, now):
        return ""
    paragraphs = desk_words.waiting(content, case, usual(store, content, now), now)
    return _reply(case, *paragraphs, effect="waits")


def _reply(case: Case, *paragraphs: Paragraph, **more: Any) -> Reply:
    known = {"topic": case.topic, "language": case.language, "country": case.country}
    return Reply(**{**known, **more}, paragraphs=paragraphs, outcome="handover")


def usual(store: Store, content: Knowledge, now: float) -> list[float]:
    """How long the last ones waited who came while the desk was open, in seconds."""
    with store.read() as connection:
        found = cases.waits(connection, now - patience.WEEK)
    counted = [(at, wait) for at, wait in found if opening.is_open(content.desk, at)]
    today = [wait for at, wait in counted if at >= now - patience.DAY]
    return today if len(today) >= desk_words.ENOUGH else [wait for _, wait in counted]
