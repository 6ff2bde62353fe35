"""The charts of a report, and what they show in words for those who do not see them."""

from __future__ import annotations

from bot.knowledge import Knowledge
from bot.reports.document import Document, Line

NAMED = 5  # places that are named where the map is not seen
WIDE, NARROW = 8.0, 4.6  # inches
TALL = 2.5 / NARROW  # how high a narrow curve is, by its width
MAP_TALL = 4.1 / WIDE


def has_curve(document: Document) -> bool:
    """Whether there is anything to draw over time: one month alone is no curve."""
    shown = [month for month in document.months if month.over]
    return len(document.figures.months) > 1 and len(shown) > 1


def has_map(document: Document) -> bool:
    """Whether any country is known."""
    return bool(_places(document))


def curve(document: Document, _content: Knowledge, narrow: bool = False) -> bytes:
    """The messages month by month, with the period before."""
    from bot.charts import months  # matplotlib takes a second

    wording, figures = document.wording, document.figures
    inside = {month.month for month in figures.months}
    bars = [
        months.Bar(wording.short_month(m.month), m.messages, m.month not in inside)
        for m in document.months
        if m.over
    ]
    return months.draw(bars, wording.number, NARROW if narrow else WIDE)


def curve_words(document: Document) -> str:
    """What the curve shows, in a sentence."""
    wording = document.wording
    shown = [month for month in document.months if month.over]
    most = max(shown, key=lambda month: month.messages or 0)
    return str(wording.words["curve_alt"]).format(
        count=len(shown),
        first=wording.month(shown[0].month),
        last=wording.month(shown[-1].month),
        most=f"{wording.month(most.month)}, {wording.number(most.messages or 0)}",
    )


def map_of(document: Document, content: Knowledge, narrow: bool = False) -> bytes:
    """The countries on a map."""
    from bot.charts import region

    circles = [
        region.Circle(
            country.at,
            line.name if narrow else f"{line.name} {document.wording.number(line.count)}",
            line.count,
            country.label,
        )
        for line in _places(document)
        if (country := content.countries.get(line.key)) and country.at
    ]
    return region.small(circles) if narrow else region.draw(circles)


def map_words(document: Document) -> str:
    """What the map shows, in a sentence."""
    places = [f"{x.name} {document.wording.number(x.count)}" for x in _places(document)[:NAMED]]
    return str(document.words["map_alt"]).format(places=", ".join(places))


def off_map(document: Document, content: Knowledge) -> str:
    """The countries that the map does not reach, in a sentence; empty where there are none."""
    far = [
        line.name
        for line in _places(document)
        if line.key not in content.countries or not content.countries[line.key].at
    ]
    return str(document.words["off_map"]).format(places=", ".join(far)) if far else ""


def _places(document: Document) -> list[Line]:
    return [line for line in document.section("country").lines if len(line.key) == 2]
