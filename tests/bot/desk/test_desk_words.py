"""What a person is told of those who help: honest, short, in their language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.desk import desk_words
from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.text import gsm_form, segments
from tests.bot.desk.test_opening import at, desk
from tests.bot.desk.test_patience import CASE
from tests.talks import LANGUAGES

OPEN, EVENING, SATURDAY = map(at, ["2026-11-27T10:00", "2026-11-27T20:00", "2026-11-28T20:00"])


@pytest.fixture
def known(content: Knowledge) -> Knowledge:
    """The real content with the desk of these tests."""
    return replace(content, desk=desk(content))


def full(paragraphs: tuple[Paragraph, ...]) -> str:
    return "\n".join(part.full for part in paragraphs)


def test_a_person_is_called(known: Knowledge) -> None:
    assert full(desk_words.called(known, "en", "HT", [], OPEN)) == (
        "I called a person of the team. When they can, they write to you here, in this chat.\n"
        "Hours of the team: Mon-Fri 8:00-12:00, 13:00-17:00, Sat 9:00-13:00 (time in Haiti).\n"
        "If you prefer to call, OIM Haïti (Alo Enfo): 8840 (2024)\n"
        "To go back to the program, write 0 or CANCEL."
    )


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (3, "about 5 minutes"),
        (12, "about 15 minutes"),
        (45, "about 45 minutes"),
        (50, "about an hour"),
        (130, "about 3 hours"),
    ],
)
def test_it_says_how_long_it_takes_now(known: Knowledge, minutes: int, said: str) -> None:
    waits = [1.0, minutes * 60.0, minutes * 60.0, minutes * 60.0, 1e6]

    assert said in full(desk_words.called(known, "en", "HT", waits, OPEN))


def test_of_few_waits_nothing_is_said(known: Knowledge) -> None:
    assert "takes" not in full(desk_words.called(known, "en", "HT", [60.0] * 4, OPEN))


@pytest.mark.parametrize(
    ("now", "language", "said"),
    [
        ("2026-11-27T07:00", "en", "today at 8:00 (time in Haiti)"),
        ("2026-11-27T20:00", "es", "mañana a las 9:00 (hora en Haití)"),
        ("2026-11-28T20:00", "ht", "lendi a 8:00 (lè ann Ayiti)"),
        ("2026-11-28T20:00", "fr", "lundi à 8:00 (heure en Haïti)"),
        ("2026-12-24T20:00", "en", "on Saturday at 9:00"),
    ],
)
def test_outside_the_hours_it_says_when_they_are_back(
    known: Knowledge, now: str, language: str, said: str
) -> None:
    assert said in full(desk_words.called(known, language, "HT", [], at(now)))


def test_after_more_than_a_week_it_says_the_date(content: Knowledge) -> None:
    away = desk(content, closed=[f"2026-12-{day}" for day in range(1, 13)])
    told = desk_words.when(replace(content, desk=away), "en", at("2026-11-30T20:00"))

    assert told == "on 14 December 2026 at 8:00 (time in Haiti)"


def test_with_no_opening_in_sight_it_promises_none(content: Knowledge) -> None:
    never = replace(content, desk=desk(content).copy(update={"hours": {}}))

    assert desk_words.when(never, "en", OPEN) == "later"


def test_outside_the_hours_it_names_the_line_to_call(known: Knowledge) -> None:
    assert "8840" in full(desk_words.called(known, "es", "HT", [], EVENING))


def test_of_a_line_with_hours_it_says_them(known: Knowledge) -> None:
    assert "lun-vie 9:00-17:00" in full(desk_words.called(known, "es", "HN", [], EVENING))


def test_in_a_country_without_a_line_it_names_none(known: Knowledge) -> None:
    assert "llamar" not in full(desk_words.called(known, "es", "GT", [], EVENING))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("now", [OPEN, EVENING, SATURDAY])
@pytest.mark.parametrize("country", ["HT", "HN", ""])
def test_in_sms_all_of_it_costs_two(
    known: Knowledge, language: str, now: float, country: str
) -> None:
    waits = [36000.0] * 9
    case = replace(CASE, language=language, country=country)
    told = [
        desk_words.called(known, language, country, waits, now),
        desk_words.waiting(known, case, waits, now),
        desk_words.nobody(known, case),
    ]
    texts = ["\n".join(part.for_sms() for part in each) for each in told]

    assert max(segments(gsm_form(text)) for text in texts) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_while_one_waits_it_says_how_to_go_back(known: Knowledge, language: str) -> None:
    case = replace(CASE, language=language)

    assert " 0 " in full(desk_words.waiting(known, case, [], OPEN))


def test_while_one_waits_outside_the_hours_it_says_when(known: Knowledge) -> None:
    assert "tomorrow at 9:00" in full(desk_words.waiting(known, CASE, [], EVENING))


def test_when_nobody_came_it_names_the_line_to_call(known: Knowledge) -> None:
    told = full(desk_words.nobody(known, CASE))

    assert ("Nobody of the team could answer yet" in told, "8840" in told) == (True, True)


CLASSES = {299: "under_5m", 300: "under_30m", 7199: "under_2h", 7200: "under_1d", 1e5: "longer"}


@pytest.mark.parametrize(("seconds", "name"), CLASSES.items())
def test_waits_are_counted_in_classes(seconds: float, name: str) -> None:
    assert desk_words.wait_class(seconds) == name
