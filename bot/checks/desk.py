"""Faults of the desk: a team that fits nobody, words that are too long to be sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timezone

from bot.answers import SHORT_SEPTETS
from bot.checks.fault import Fault
from bot.desk import desk_words, opening
from bot.desk.desk_rules import Team
from bot.knowledge import Knowledge
from bot.text import gsm_form, septets

PATH = "knowledge/desk.yml"
SLOW = [600.0 * 60] * desk_words.ENOUGH  # waits whose words are as long as any


def faults(knowledge: Knowledge, today: date) -> Iterator[Fault]:
    """Every fault of the desk, as people would meet it from today on."""
    desk = knowledge.desk
    if desk.country not in knowledge.countries:
        text = f"country: `{desk.country}` is no country of countries.yml; use its code"
        yield Fault.error(PATH, text)
        return
    for name, count in Counter(team.id for team in desk.teams).items():
        if count > 1:
            yield Fault.error(PATH, f"teams: {name} stands here {count} times; keep one")
    for team in desk.teams:
        yield from (
            Fault.error(PATH, f"teams: {team.id}: {text}") for text in _of(knowledge, team)
        )
    yield from _words(knowledge, today)


def _of(knowledge: Knowledge, team: Team) -> Iterator[str]:
    """What a team is said to help with and is nowhere else."""
    known = {
        "languages": (team.languages, set(knowledge.languages)),
        "countries": (team.countries, set(knowledge.countries)),
        "topics": (team.topics, {*knowledge.topics, *knowledge.groups()}),
    }
    for name, (wanted, there) in known.items():
        for value in wanted:
            if value not in there:
                yield f"{name}: `{value}` is not known; use an id"


def _words(knowledge: Knowledge, today: date) -> Iterator[Fault]:
    """The words that call a person, in SMS, while the desk is open and while it is closed."""
    start = datetime.combine(today, time(), timezone.utc).timestamp()
    opens = opening.next_opening(knowledge.desk, start)
    if opens is None:
        yield Fault.warning(PATH, "hours: nobody is there for two weeks from today")
        return
    for code in knowledge.languages:
        for at in (opens.timestamp(), opens.timestamp() - 1):
            yield from _too_long(knowledge, code, at)


def _too_long(knowledge: Knowledge, code: str, at: float) -> Iterator[Fault]:
    """The longest of these texts over all countries, where it is too long."""
    countries = [contact.country for contact in knowledge.contacts if contact.kind == "line"]
    length, country = max(
        (_length(knowledge, code, country, at), country) for country in [*countries, ""]
    )
    if length > SHORT_SEPTETS:
        text = f"person_…: together {length} letters of SMS for {country or 'no country'}"
        path = f"knowledge/languages/{code}/phrases.yml"
        yield Fault.error(path, f"{text}, {SHORT_SEPTETS} fit; shorten them")


def _length(knowledge: Knowledge, code: str, country: str, at: float) -> int:
    told = desk_words.called(knowledge, code, country, SLOW, at)
    return septets(gsm_form("\n".join(part.for_sms() for part in told)))
