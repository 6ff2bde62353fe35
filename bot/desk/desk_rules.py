"""The shape of `knowledge/desk.yml`: when people are at the desk, and whom they help."""

from __future__ import annotations

import re
from datetime import date, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from pydantic import Field, validator

from bot.schema import Shape

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Span = tuple[time, time]

_SPAN = re.compile(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)")


class Team(Shape):
    """People who help with some conversations. What is left out fits always.

    `name` is what the desk shows; without one, the id. `topics` are ids of topics or of groups
    of topics.
    """

    id: str = Field(regex=r"^[a-z0-9_-]{1,32}$")
    name: str = Field("", max_length=40)
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def helps(self, language: str, country: str, topic: str) -> bool:
        """Whether a conversation is theirs."""
        subjects = {topic, topic.split(".")[0]}
        return (
            (not self.languages or language in self.languages)
            and (not self.countries or country in self.countries)
            and (not self.topics or bool(subjects.intersection(self.topics)))
        )


class Desk(Shape):
    """The rules of the desk. `hours` are spans of the day, by the names of DAYS."""

    timezone: str
    country: str
    hours: dict[str, list[Span]]
    holidays: tuple[str, ...] = ()
    closed: tuple[date, ...] = ()
    nobody_minutes: int = Field(gt=0)
    line_minutes: int = Field(gt=0)
    silent_hours: int = Field(gt=0)
    teams: tuple[Team, ...] = ()
    names: list[str] = Field(min_items=10)

    @validator("timezone")
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"`{value}` is no time zone; write it like America/Belize") from None
        return value

    @validator("hours", pre=True)
    def _spans(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not value or set(value) - set(DAYS):
            raise ValueError(f"hours: has the days {', '.join(DAYS)}, each like 8:00-17:00")
        return {day: _parsed(str(text)) for day, text in value.items()}

    @validator("holidays", each_item=True)
    def _has_holidays(cls, value: str) -> str:
        if value not in holidays.list_supported_countries():
            raise ValueError(f"`{value}`: no holidays are known; take it out")
        return value

    @validator("names", each_item=True)
    def _short(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Z][a-z]{2,15}", value):
            raise ValueError(f"`{value}` is no name; write one word of plain letters, as Ceiba")
        return value

    def team(self, language: str, country: str, topic: str) -> str:
        """The id of the first team that helps, or nothing where it is anybody's."""
        return next((x.id for x in self.teams if x.helps(language, country, topic)), "")

    def team_names(self) -> dict[str, str]:
        """What the desk calls each team, by its id."""
        return {team.id: team.name or team.id for team in self.teams}


NOBODY = Desk.construct(timezone="UTC", country="", hours={}, nobody_minutes=20, line_minutes=10,
                        silent_hours=4, names=[], teams=(), holidays=(), closed=())  # fmt: skip


def _parsed(text: str) -> list[Span]:
    """The spans of a day, in order."""
    spans = [_span(part.strip()) for part in text.split(",")]
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise ValueError(f"`{text}`: the second span begins before the first ends")
    return spans


def _span(text: str) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` are no hours; write them like 8:00-17:00")
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    try:
        start, end = time(from_hour, from_minute), time(to_hour, to_minute)
    except ValueError:
        raise ValueError(f"`{text}` are no hours; write them like 8:00-17:00") from None
    if start >= end:
        raise ValueError(f"`{text}` ends before it begins; up to midnight is 23:59")
    return start, end
