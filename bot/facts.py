"""Writes facts, dates and numbers as a language writes them; old ones with their year."""

from __future__ import annotations

from bot.knowledge import Language
from bot.schema import Fact, Variant

OLD_AFTER_MONTHS = (
    24  # a number from a source this much older than the check is shown with its year
)
_MARKED = {"money", "phone", "number"}


def written(variant: Variant, language: Language) -> dict[str, str]:
    """Each fact of the variant by name, as this language writes it."""
    return {name: _written(fact, variant, language) for name, fact in variant.facts.items()}


def _written(fact: Fact, variant: Variant, language: Language) -> str:
    value = str(getattr(fact, fact.kind))
    writers = {"money": money, "date": date, "number": number}
    shown = writers[fact.kind](value, language) if fact.kind in writers else value
    source = variant.sources.get(fact.source)
    if source and fact.kind in _MARKED and is_old(source.date, variant.verified):
        return f"{shown} ({source.date[:4]})"
    return shown


def money(value: str, language: Language) -> str:
    """`8000 HTG` → `8,000 goud`."""
    amount, currency = value.split(" ")
    form = language.settings.money.get(currency, "{amount} " + currency)
    return form.format(amount=number(amount, language))


def number(value: str, language: Language) -> str:
    """`8000` → `8,000`; a fraction keeps its point."""
    whole, point, fraction = value.partition(".")
    return f"{int(whole):,}".replace(",", language.settings.thousands) + point + fraction


def date(value: str, language: Language) -> str:
    """`2026-01-06`, `2026-01` or `2026` in words."""
    year, month, day = ([*value.split("-"), "", ""])[:3]
    if not month:
        return year
    name = language.settings.months[int(month) - 1]
    form = language.settings.date if day else language.settings.month_year
    shown = language.settings.first if day == "01" and language.settings.first else day.lstrip("0")
    return form.format(day=shown, month=name, year=year)


def short_month(value: str) -> str:
    """`2026-01-06` → `1/2026`; a year alone stays a year."""
    year, month, *_ = [*value.split("-"), "", ""]
    return f"{int(month)}/{year}" if month else year


def as_of(variant: Variant) -> str:
    """The month or year that the answer speaks for: of its newest source, else of the check."""
    return max(_dates(variant), default=variant.verified)


def is_undated(variant: Variant) -> bool:
    """Whether no source says of when it is: then `as_of` is the month when it was read."""
    return not _dates(variant)


def _dates(variant: Variant) -> list[str]:
    return [source.date[:7] for source in variant.sources.values() if source.date != "undated"]


def is_old(source_date: str, verified: str) -> bool:
    """Whether a source is more than OLD_AFTER_MONTHS older than the month of the check."""
    if source_date == "undated":
        return False
    return _months(verified) - _months(source_date) > OLD_AFTER_MONTHS


def _months(value: str) -> int:
    year, month, *_ = [*value.split("-"), "12"]
    return int(year) * 12 + int(month)
