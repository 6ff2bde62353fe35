"""Numbers, periods and names in the words of a language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.counts.days import Period
from bot.counts.months import REST
from bot.knowledge import Knowledge

KINDS = {1: "month", 3: "quarter", 12: "year"}


class Wording:
    """Writes in one language.

    `words` are those of pages/stats.yml; `entries` has the names of campaigns by code.
    """

    def __init__(self, content: Knowledge, language: str, entries: Mapping[str, str]) -> None:
        self.language = language
        self.words: dict[str, Any] = content.page_words(language)["stats"]
        self._content = content
        self._entries = entries
        self._hubs = {hub.id: f"{hub.city}: {hub.name}" for hub in content.hubs}

    def number(self, count: float) -> str:
        """A whole number, as 12,300."""
        return f"{count:,.0f}".replace(",", self.words["thousands"])

    def counted(self, count: int | None, at_least: bool, floor: int) -> str:
        """A count as it may be shown: 12,300, or at least 12,300, or <5."""
        if count is None:
            return str(self.words["hidden"]).format(floor=floor)
        number = self.number(count)
        return str(self.words["at_least"]).format(number=number) if at_least else number

    def percent(self, share: float, digits: int = 0) -> str:
        """A share from 0 to 1, as 12 %; of less than half a per cent as <1 %."""
        if not digits and 0 < share < 0.005:
            return "<" + self.percent(0.01)
        number = f"{100 * share:.{digits}f}".replace(".", self.words["decimal"])
        return str(self.words["percent"]).format(number=number)

    def change(self, now: int, before: int) -> str:
        """How much more or less, as +12 %."""
        share = now / before - 1
        return ("+" if share >= 0.005 else "") + self.percent(share).replace("-", "−")

    def period(self, period: Period) -> str:
        """A period by its months, as July to September 2026."""
        form: str = self.words["period_names"][KINDS[period.length]]
        first, last = self._month(period.months[0]), self._month(period.months[-1])
        return form.format(first=first, last=last, month=first, year=period.first[:4])

    def title(self, period: Period) -> str:
        """What the report is called."""
        return str(self.words["titles"][KINDS[period.length]])

    def month(self, month: str) -> str:
        """A month written 2026-07, as July 2026."""
        form: str = self.words["period_names"]["month"]
        return form.format(month=self._month(month), year=month[:4])

    def short_month(self, month: str) -> str:
        """The same for a narrow place, as Jul 26."""
        return f"{self.words['months_short'][int(month[5:]) - 1]} {month[2:4]}"

    def day(self, day: date) -> str:
        """A day, as 3 July 2026."""
        form: str = self.words["day"]
        return form.format(day=day.day, month=self._month(f"{day:%Y-%m}"), year=day.year)

    def _month(self, month: str) -> str:
        return str(self.words["months"][int(month[5:]) - 1])

    def name(self, table: str, key: str) -> str:
        """What a row of a table is called; a key that has no name stays as it is."""
        if key == REST:
            return str(self.words["rest"])
        own = self.words["values"].get(table, {}).get(key or "none")
        if own or not key:
            return str(own or self.words["unknown"])
        return self._named(table, key)

    def _named(self, table: str, key: str) -> str:
        if table == "language":
            tongue = self._content.languages.get(key)
            return tongue.settings.name if tongue else key
        if table == "country":
            return self._content.country_name(self.language, key)
        if table == "topic":
            return self._content.label(self.language, key)
        names = {"hub": self._hubs, "entry": self._entries}.get(table, {})
        return names.get(key, key)
