"""What a person is told of those who help: that one is called, how long it takes, the hours."""

from __future__ import annotations

from datetime import datetime

from bot import contacts, facts
from bot.desk import opening
from bot.desk.cases import Case
from bot.desk.desk_rules import DAYS, Desk, Span
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.schema import Contact

MINUTE, HOUR = 60.0, 3600.0
CLASSES = (
    (5 * MINUTE, "under_5m"),
    (30 * MINUTE, "under_30m"),
    (2 * HOUR, "under_2h"),
    (24 * HOUR, "under_1d"),
)
ENOUGH = 5  # waits, before anything is said of how long it takes
STEPS = (5, 10, 15, 20, 30, 45)  # minutes in which a wait is told


def wait_class(seconds: float) -> str:
    """The class of a wait, as it is counted."""
    return next((name for limit, name in CLASSES if seconds < limit), "longer")


def called(
    content: Knowledge, language: str, country: str, waits: list[float], now: float
) -> tuple[Paragraph, ...]:
    """A person is called: how long that takes, or when somebody is back and whom to call now."""
    if opening.is_open(content.desk, now):
        head = _says(content, language, "person_called")
        open_now = (*_usual(content, language, waits), _hours(content, language))
        lines = _lines(content, language, country)
        return (head, *open_now, *lines, _back(content, language))
    return (*_closed(content, language, country, now), _back(content, language))


def waiting(
    content: Knowledge, case: Case, waits: list[float], now: float
) -> tuple[Paragraph, ...]:
    """The one line of the program while somebody waits."""
    back = _back(content, case.language)
    if not opening.is_open(content.desk, now):
        return (*_closed(content, case.language, case.country, now), back)
    head = _says(content, case.language, "person_waits")
    usual = _usual(content, case.language, waits)
    return (head, *usual, _hours(content, case.language), back)


def nobody(content: Knowledge, case: Case) -> tuple[Paragraph, ...]:
    """Nobody has come yet: whom to call, and how to go back to the program."""
    head = _says(content, case.language, "person_nobody")
    lines = _lines(content, case.language, case.country)
    return (head, *lines, _back(content, case.language))


def _closed(content: Knowledge, language: str, country: str, now: float) -> tuple[Paragraph, ...]:
    """Nobody is there: when they are back, and the line to call until then."""
    head = _says(content, language, "person_closed", when=when(content, language, now))
    return (head, *_lines(content, language, country))


def _lines(content: Knowledge, language: str, country: str) -> list[Paragraph]:
    """The lines of a country where people answer, with their hours where these are known."""
    return [_line(content, language, line) for line in contacts.answered(content, country)]


def _line(content: Knowledge, language: str, line: Contact) -> Paragraph:
    name = ", ".join(part for part in (line.name, days(content, language, line.hours)) if part)
    return _says(content, language, "person_line", phone=contacts.number(line), name=name)


def _usual(content: Knowledge, language: str, waits: list[float]) -> tuple[Paragraph, ...]:
    """How long it takes now: the median of the last waits (seconds), rounded up."""
    if len(waits) < ENOUGH:
        return ()
    minutes = sorted(waits)[len(waits) // 2] / MINUTE
    step = next((step for step in STEPS if minutes <= step), 0)
    if step:
        return (_says(content, language, "person_usual", minutes=step),)
    hours = -int(-minutes // 60)
    key = "person_usual_hour" if hours == 1 else "person_usual_hours"
    return (_says(content, language, key, hours=hours),)


def _back(content: Knowledge, language: str) -> Paragraph:
    return _says(content, language, "person_back")


def _hours(content: Knowledge, language: str) -> Paragraph:
    where = content.country_inside(language, content.desk.country)
    week = days(content, language, ", ".join(_week(content.desk)))
    return _says(content, language, "person_hours", hours=week, where=where)


def _week(desk: Desk) -> list[str]:
    """The hours of the week: days in a row that are alike stand together, as Mon-Fri."""
    runs: list[tuple[list[str], list[Span]]] = []
    for day in DAYS:
        spans = desk.hours.get(day, [])
        if runs and runs[-1][1] == spans:
            runs[-1][0].append(day)
        else:
            runs.append(([day], spans))
    return [f"{'-'.join(run[:1] + run[1:][-1:])} {_clocks(spans)}" for run, spans in runs if spans]


def _clocks(spans: list[Span]) -> str:
    return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in spans)


def clock(time: object) -> str:
    """8:00, as everybody reads it."""
    return f"{time:%H:%M}".removeprefix("0")


def days(content: Knowledge, language: str, text: str) -> str:
    """`Mon-Fri 8:00-17:00` with the days in a language."""
    for day, name in content.words(language, "days").items():
        text = text.replace(day, name)
    return text


def when(content: Knowledge, language: str, now: float) -> str:
    """When people are back, in words: "tomorrow at 8:00 (time in Haiti)"."""
    back = opening.next_opening(content.desk, now)
    if back is None:
        return content.phrase(language, "when_later").full
    said = _said(content, language, back, opening.local(content.desk, now))
    where = content.country_inside(language, content.desk.country)
    return content.phrase(language, "when_there", when=said, where=where).full


def _said(content: Knowledge, language: str, back: datetime, now: datetime) -> str:
    """A moment of the next two weeks, as one says it today."""
    away = (back.date() - now.date()).days
    if away <= 1:
        key = "when_tomorrow" if away else "when_today"
        return content.phrase(language, key, time=clock(back)).full
    day = content.words(language, "weekdays")[DAYS[back.weekday()]]
    if away >= len(DAYS):
        day = facts.date(back.date().isoformat(), content.languages[language])
    return content.phrase(language, "when_day", day=day, time=clock(back)).full


def _says(content: Knowledge, language: str, key: str, **values: object) -> Paragraph:
    forms = content.phrase(language, key, **values)
    return Paragraph(forms.full, forms.short)
