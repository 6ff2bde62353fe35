"""Numbers and periods as the languages write them."""

from __future__ import annotations

import pytest

from bot.counts.days import Period
from bot.counts.months import REST
from bot.knowledge import Knowledge
from bot.reports.wording import Wording


def english(content: Knowledge) -> Wording:
    """The wording of English."""
    return Wording(content, "en", {"radio": "Radio spot"})


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "12,300"), ("es", "12,300"), ("fr", "12\u202f300"), ("ht", "12\u202f300")],
)
def test_a_number_is_parted_as_the_language_does(
    content: Knowledge, language: str, written: str
) -> None:
    assert Wording(content, language, {}).number(12300) == written


@pytest.mark.parametrize(
    ("share", "written"), [(0, "0 %"), (0.004, "<1 %"), (0.126, "13 %"), (1, "100 %")]
)
def test_a_share_that_is_there_is_never_nothing(
    content: Knowledge, share: float, written: str
) -> None:
    assert english(content).percent(share) == written


@pytest.mark.parametrize(
    ("now", "before", "written"), [(110, 100, "+10 %"), (90, 100, "−10 %"), (100, 100, "0 %")]
)
def test_a_change_says_its_direction(
    content: Knowledge, now: int, before: int, written: str
) -> None:
    assert english(content).change(now, before) == written


@pytest.mark.parametrize(
    ("count", "at_least", "written"),
    [(None, False, "<5"), (1200, False, "1,200"), (1200, True, "at least 1,200")],
)
def test_what_is_hidden_is_said_to_be(
    content: Knowledge, count: int | None, at_least: bool, written: str
) -> None:
    assert english(content).counted(count, at_least, 5) == written


@pytest.mark.parametrize(
    ("language", "period", "written"),
    [
        ("en", "2026-Q3", "July to September 2026"),
        ("es", "2026-Q3", "julio a septiembre de 2026"),
        ("ht", "2026-07", "jiyè 2026"),
        ("fr", "2026", "2026"),
    ],
)
def test_a_period_is_called_by_its_months(
    content: Knowledge, language: str, period: str, written: str
) -> None:
    assert Wording(content, language, {}).period(Period.of(period)) == written


@pytest.mark.parametrize(
    ("table", "key", "name"),
    [
        ("country", "HT", "Haiti"),
        ("country", "", "Not known"),
        ("entry", "", "Came by no campaign"),
        ("entry", "radio", "Radio spot"),
        ("entry", "old-word", "old-word"),
        ("wait", "never", "Nobody took over"),
        ("topic", "documents.passport", "Passport"),
        ("topic", REST, "All the others together"),
    ],
)
def test_a_row_is_called_by_its_name(content: Knowledge, table: str, key: str, name: str) -> None:
    assert english(content).name(table, key) == name


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_every_value_that_the_program_counts_has_a_name(content: Knowledge, language: str) -> None:
    wording = Wording(content, language, {})
    counted = {
        "outcome": "answered clarified asked handover fallback stopped silent",
        "handover": "asked failed danger",
        "wait": "under_5m under_30m under_2h under_1d longer never",
        "helped": "yes no",
        "channel": "whatsapp sms telegram web",
    }

    for table, keys in counted.items():
        assert [key for key in keys.split() if wording.name(table, key) == key] == []
