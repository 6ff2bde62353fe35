"""The large numbers on top of a report, in the programme's way of speaking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.counts.figures import Figures, People, Table
from bot.reports.wording import Wording

PLAIN = ("answered", "message", "conversation", "handover", "hub", "call")
SOON = {"under_5m", "under_30m"}
UNLIKE = 10  # times as many: before that there was hardly anything to compare with


@dataclass(frozen=True)
class Headline:
    """A number, what it counts, and what is to be known about it."""

    id: str
    number: str
    caption: str
    note: str = ""
    change: str = ""


def of(figures: Figures, wording: Wording) -> Iterator[Headline]:
    """The large numbers that there are: what is nothing, or too small, has none."""
    yield from _people(figures, wording)
    for name in PLAIN:
        total = figures.totals[name]
        if total.count:
            yield Headline(
                name,
                wording.counted(total.count, total.at_least, figures.floor),
                wording.words["headlines"][name],
                _note(figures, name, wording),
                _change(figures, name, wording),
            )
    yield from _helped(figures, wording)


def everybody(figures: Figures) -> People | None:
    """How many people there were in all, if they are so many that it can be said."""
    return next((p for p in figures.people if p.kind == "all" and p.least and p.most), None)


def _people(figures: Figures, wording: Wording) -> Iterator[Headline]:
    people = everybody(figures)
    if people is None or people.least is None or people.most is None:
        return
    least, most = rounded(people.least), rounded(people.most)
    form = wording.words["about" if least == most else "between"]
    values = {"low": wording.number(least), "high": wording.number(most)}
    note = wording.words["headline_notes"]["people" if least == most else "people_months"]
    error = f"{figures.error:.1f}".replace(".", wording.words["decimal"])
    yield Headline(
        "people",
        form.format(number=values["high"], **values),
        wording.words["headlines"]["people"],
        note.format(error=error),
    )


def rounded(count: int) -> int:
    """An estimate without digits that say nothing: three count."""
    step = 10 ** max(0, len(str(count)) - 3)
    return int((count + step / 2) // step * step)


def _note(figures: Figures, name: str, wording: Wording) -> str:
    """What else is worth saying beside a number."""
    notes = wording.words["headline_notes"]
    if name == "message":
        named = [row for row in figures.tables["country"].rows if row.key]
        return str(notes["countries"]).format(count=len(named)) if named else ""
    if name == "answered":
        named = [row for row in figures.tables["language"].rows if row.key]
        return str(notes["languages"]).format(count=len(named)) if named else ""
    soon = _soon(figures.tables["wait"]) if name == "handover" else None
    return "" if soon is None else str(notes["wait"]).format(share=wording.percent(soon))


def _soon(table: Table) -> float | None:
    """The share that waited under half an hour; None where a hidden count may belong to it."""
    rows = {row.key: row for row in table.rows}
    hidden = table.rest and not rows.keys() >= SOON
    if not table.total or table.at_least or hidden or any(r.at_least for r in rows.values()):
        return None
    return sum(row.count for row in table.rows if row.key in SOON) / table.total


def _helped(figures: Figures, wording: Wording) -> Iterator[Headline]:
    """The share of those who said yes, where both answers are shown."""
    table = figures.tables["helped"]
    said = {row.key: row.count for row in table.rows if not row.at_least}
    if table.total and "yes" in said:
        note = wording.words["headline_notes"]["helped"].format(count=wording.number(table.total))
        share = wording.percent(said["yes"] / table.total)
        yield Headline("helped", share, wording.words["headlines"]["helped"], note)


def _change(figures: Figures, name: str, wording: Wording) -> str:
    """Against the period before, where both are whole."""
    if figures.before is None or figures.pending:
        return ""
    now, before = figures.totals[name], figures.before.totals[name]
    if now.at_least or before.at_least or not now.count or not before.count:
        return ""
    if now.count > UNLIKE * before.count:
        return ""
    return wording.change(now.count, before.count)
