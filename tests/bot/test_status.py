"""The report on the content counts what is there and names what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from bot import knowledge, status
from bot.settings import ROOT
from bot.status import OfCountry, OfLanguage, Report
from tests.bot.conftest import GONE, Copy

TODAY = date(2026, 11, 22)
ANSWER = "answers/documents/passport.yml"


def report(copied: Copy, language: str = "en", today: date = TODAY) -> Report:
    """The report on a copy of the content."""
    return status.of(copied.knowledge, ROOT / "nlu", today, language)


def of_language(found: Report, name: str) -> OfLanguage:
    """The row of a language."""
    return next(row for row in found.languages if row.name == name)


def of_country(found: Report, name: str) -> OfCountry:
    """The row of a country."""
    return next(row for row in found.countries if row.name == name)


def test_a_text_that_is_missing_is_counted(copied: Copy) -> None:
    before = of_language(report(copied), "Français")
    copied.put(f"languages/fr/{ANSWER}", ("HT",), GONE)

    after = of_language(report(copied), "Français")

    assert (after.texts, after.missing) == (before.texts - 1, before.missing + 1)


def test_a_text_that_is_too_long_is_counted(copied: Copy) -> None:
    before = of_language(report(copied), "Français")
    copied.put(f"languages/fr/{ANSWER}", ("HT", "short"), "x" * 400)

    assert of_language(report(copied), "Français").too_long == before.too_long + 1


def test_confidence_is_counted_by_country(copied: Copy) -> None:
    before = of_country(report(copied), "Haiti")
    copied.put(ANSWER, ("variants", "HT", "confidence"), "low")

    after = of_country(report(copied), "Haiti")

    assert (after.low - before.low, after.answers - before.answers) == (1, 0)


def test_what_is_to_be_reviewed_is_listed(copied: Copy) -> None:
    copied.put(ANSWER, ("variants", "HT", "review_by"), "2026-10")
    found = report(copied)

    stale = [line for line in found.stale if "passport" in line]
    assert (len(stale), of_country(found, "Haiti").stale) == (1, 1)


def test_a_fact_that_is_not_verified_is_listed(copied: Copy) -> None:
    copied.put(ANSWER, ("variants", "HT", "facts", "fee_child48", "unverified"), "true")

    assert "documents.passport HT: fee_child48" in report(copied).unverified


def test_creole_has_no_measure_of_ease(copied: Copy) -> None:
    found = report(copied)

    assert of_language(found, "Kreyòl ayisyen").ease is None


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_the_median_answer_is_easy_to_read(copied: Copy, language: str) -> None:
    name = knowledge.load(copied.knowledge).languages[language].settings.name

    assert (of_language(report(copied), name).ease or 0) >= 80


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_the_report_speaks_the_language(copied: Copy, language: str) -> None:
    words = knowledge.load(copied.knowledge).page_words(language)["status"]
    found = report(copied, language)

    shown = (status.as_text(found).splitlines()[0], words["title"] in status.as_html(found))
    assert shown == (f"{words['title']}, {TODAY}", True)


def test_the_page_loads_nothing_and_escapes(copied: Copy) -> None:
    copied.put(ANSWER, ("next",), ["<script>"])

    page = status.as_html(report(copied))

    assert ("<script>" in page, "&lt;script&gt;" in page, "http" in page) == (False, True, False)
