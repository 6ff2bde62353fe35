"""What a report says of figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.counts.figures import Figures, Row, Table, Total
from bot.counts.months import REST
from bot.counts.unanswered import Missed
from bot.knowledge import Knowledge
from bot.reports import document
from bot.reports.document import Document
from tests.bot.reports.conftest import MakeDocument


def of(content: Knowledge, figures: Figures) -> Document:
    """The document in English."""
    return document.of(content, "en", figures, date(2026, 11, 27), {})


def with_table(figures: Figures, *rows: Row, rest: int = 0) -> Figures:
    """The figures with these countries."""
    total = sum(row.count for row in rows) + rest
    table = Table("country", rows, rest, total, at_least=False)
    return replace(figures, tables={**figures.tables, "country": table})


def test_the_rest_is_a_row_of_its_own(document: MakeDocument, content: Knowledge) -> None:
    figures = with_table(document().figures, Row("HT", 90, at_least=False), rest=10)

    lines = of(content, figures).section("country").lines

    assert [(line.key, line.count, line.share) for line in lines] == [
        ("HT", 90, 0.9), (REST, 10, 0.1),
    ]  # fmt: skip


def test_waiting_times_go_from_short_to_long(document: MakeDocument) -> None:
    lines = document().section("wait").lines

    known = ["under_5m", "under_30m", "under_2h", "under_1d", "longer", "never", REST]
    assert [line.key for line in lines] == [k for k in known if k in {x.key for x in lines}]


def test_a_number_that_is_hidden_has_no_headline(
    document: MakeDocument, content: Knowledge
) -> None:
    figures = document().figures
    totals = {**figures.totals, "call": Total(None, at_least=True)}

    made = of(content, replace(figures, totals=totals))

    assert "call" not in {item.id for item in made.headlines}


def test_nothing_is_compared_with_what_is_not_whole(
    document: MakeDocument, content: Knowledge
) -> None:
    figures = replace(document().figures, before=document().figures)
    whole, not_whole = figures, replace(figures, pending=("2026-09",))

    assert any(item.change for item in of(content, whole).headlines)
    assert not any(item.change for item in of(content, not_whole).headlines)


def test_a_change_against_next_to_nothing_is_not_said(
    document: MakeDocument, content: Knowledge
) -> None:
    figures = document().figures
    few = {name: Total(5, at_least=False) for name in figures.totals}

    made = of(content, replace(figures, before=replace(figures, totals=few)))

    assert {item.change for item in made.headlines if item.id == "message"} == {""}


def test_no_share_is_said_of_which_a_part_is_hidden(
    document: MakeDocument, content: Knowledge
) -> None:
    figures, notes = document().figures, []
    for rest in (0, 14):
        rows = (Row("under_5m", 40, at_least=False), Row("longer", 10, at_least=False))
        table = Table("wait", rows, rest, 50 + rest, at_least=False)
        made = of(content, replace(figures, tables={**figures.tables, "wait": table}))
        notes += [item.note for item in made.headlines if item.id == "handover"]

    assert notes == ["80 % waited under 30 minutes", ""]


def test_what_was_not_understood_is_told_in_the_words_of_the_language(
    document: MakeDocument, content: Knowledge
) -> None:
    missed = (
        Missed("ht", "word", ("kanè",), 12),
        Missed("es", "word", ("apostillado",), 19),
        Missed("ht", "topics", ("documents.passport", "documents.national_id"), 40),
    )

    made = of(content, replace(document().figures, unanswered=missed))

    assert [[(x.name, x.count) for x in section.lines] for section in made.unsolved] == [
        [("Passport / National ID card", 40)], [("apostillado", 19), ("kanè", 12)],
    ]  # fmt: skip


def test_people_of_several_months_are_a_span(document: MakeDocument) -> None:
    quarter, month = document(), document(period="2026-07")

    spans = [next(x for x in made.headlines if x.id == "people") for made in (quarter, month)]
    assert " to " in spans[0].number
    assert spans[1].number.startswith("about ")


def test_tests_are_counted_apart(document: MakeDocument) -> None:
    people, tests = document(), document(trial=True)

    assert {line.key for line in tests.section("channel").lines} <= {"web", REST}
    assert "web" not in {line.key for line in people.section("channel").lines}
