"""What a report says: the figures with their names, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.counts import days
from bot.counts.days import Period
from bot.counts.figures import Figures, Month, Table
from bot.counts.months import REST
from bot.knowledge import Knowledge
from bot.reports import headlines
from bot.reports.headlines import Headline
from bot.reports.wording import Wording

ORDER = (
    "language",
    "country",
    "topic",
    "channel",
    "outcome",
    "helped",
    "hub",
    "entry",
    "handover",
    "wait",
    "closed",
    "call",
)
IN_ORDER = {"wait", "helped"}  # their rows have an order of their own


@dataclass(frozen=True)
class Line:
    """A row. `share` is of the total (0 to 1); `before` the count of the period before.

    `at_least`: in some months the count was too small to be shown. `people` is an estimate.
    """

    key: str
    name: str
    count: int
    at_least: bool = False
    share: float | None = None
    before: int | None = None
    people: int | None = None


@dataclass(frozen=True)
class Section:
    """A table with its words. `total` is None where it is too small to be shown.

    `at_least`: in some of the months it was. `before` is the total of the period before.
    """

    id: str
    title: str
    column: str
    how: str
    lines: list[Line]
    total: int | None = None
    at_least: bool = False
    before: int | None = None

    @property
    def largest(self) -> int:
        """The count of its largest row, and 1 where there is none."""
        return max((line.count for line in self.lines), default=0) or 1


@dataclass(frozen=True)
class Document:
    """A whole report. `running` is the month that goes on.

    The lines of `unsolved` (what was not understood) have people instead of counts.
    """

    title: str
    period: str
    before: str
    made: str
    running: str
    figures: Figures
    wording: Wording
    headlines: list[Headline]
    sections: list[Section]
    unsolved: list[Section]

    @property
    def words(self) -> dict[str, Any]:
        """The words of its language."""
        return self.wording.words

    @property
    def months(self) -> list[Month]:
        """The months of the period, after those of the period before."""
        earlier = self.figures.before.months if self.figures.before else ()
        return [*earlier, *self.figures.months]

    @property
    def pending(self) -> list[str]:
        """The names of the months without figures."""
        return [self.wording.month(month) for month in self.figures.pending]

    @property
    def faults(self) -> list[str]:
        """A sentence for each day with a fault."""
        kinds = self.words["fault_kinds"]
        return [
            self.words["fault"].format(
                day=self.wording.day(date.fromisoformat(fault.day)),
                kind=kinds.get(fault.kind, fault.kind),
                minutes=fault.minutes,
            )
            for fault in self.figures.faults
        ]

    def section(self, name: str) -> Section:
        """The section called so."""
        return next(section for section in self.sections if section.id == name)


def of(
    content: Knowledge, language: str, figures: Figures, today: date, entries: Mapping[str, str]
) -> Document:
    """The report on figures in a language. `entries` are the names of campaigns by code."""
    wording = Wording(content, language, entries)
    period = Period.of(figures.period)
    return Document(
        title=wording.title(period),
        period=wording.period(period),
        before=wording.period(period.before),
        made=wording.words["made"].format(day=wording.day(today)),
        running=wording.month(days.running(today)),
        figures=figures,
        wording=wording,
        headlines=list(headlines.of(figures, wording)),
        sections=[_section(figures, name, wording) for name in ORDER],
        unsolved=list(_unsolved(figures, wording)),
    )


def _section(figures: Figures, name: str, wording: Wording) -> Section:
    table = figures.tables[name]
    earlier = figures.before.tables[name] if figures.before else None
    people = {p.value: p.most for p in figures.people if p.kind == name}
    words = wording.words["tables"][name]
    lines = list(_lines(table, earlier, people, wording))
    return Section(
        id=name,
        title=words["title"],
        column=words["column"],
        how=words["how"],
        lines=_sorted(lines, wording.words["values"].get(name, {}) if name in IN_ORDER else {}),
        total=table.total,
        at_least=table.at_least,
        before=earlier.total if earlier and not earlier.at_least else None,
    )


def _lines(
    table: Table, earlier: Table | None, people: Mapping[str, int | None], wording: Wording
) -> Iterator[Line]:
    before = {row.key: row.count for row in earlier.rows if not row.at_least} if earlier else {}
    for row in table.rows:
        yield Line(
            key=row.key,
            name=wording.name(table.name, row.key),
            count=row.count,
            at_least=row.at_least,
            share=row.count / table.total if table.total else None,
            before=before.get(row.key),
            people=people.get(row.key),
        )
    if table.rest:
        share = table.rest / table.total if table.total else None
        yield Line(REST, wording.name(table.name, REST), table.rest, share=share)


def _sorted(lines: list[Line], order: Mapping[str, str]) -> list[Line]:
    keys = list(order)
    return sorted(lines, key=lambda x: keys.index(x.key) if x.key in keys else len(keys))


def _unsolved(figures: Figures, wording: Wording) -> Iterator[Section]:
    """What was not understood: topics between which it wavered, then words."""
    for name, kind in (("unsure", "topics"), ("word", "word")):
        words = wording.words["tables"][name]
        found = [x for x in figures.unanswered if x.kind == kind]
        lines = [
            Line(x.language, " / ".join(_said(x.words, kind, wording)), x.people) for x in found
        ]
        lines.sort(key=lambda line: -line.count)
        how = words["how"].format(floor=figures.floor)
        yield Section(name, words["title"], words["column"], how, lines)


def _said(words: tuple[str, ...], kind: str, wording: Wording) -> list[str]:
    return [wording.name("topic", word) if kind == "topics" else word for word in words]
