"""The shapes of the content files. Every value is text in the file; pydantic makes it what it is.

`knowledge/README.md` explains the same to the people who write the files.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, root_validator, validator

PARTS = ("what", "steps", "papers", "cost", "where", "time", "child", "warning", "help")
ANY = "any"
KINDS_OF_FACT = ("money", "phone", "url", "date", "number", "text")
Confidence = Literal["high", "medium", "low"]

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class Shape(BaseModel):
    """A content shape: immutable, and an unknown key is a fault."""

    class Config:
        extra = Extra.forbid
        allow_mutation = False


def _month(value: str) -> str:
    if not _MONTH.fullmatch(value):
        raise ValueError(f"`{value}` is not a month; write it like 2026-11")
    return value


def _source_date(value: str) -> str:
    if value != "undated" and not _DAY.fullmatch(value):
        raise ValueError(f"`{value}` is not a date; write 2026-01-06, 2026-01, 2026 or undated")
    return value


def _form(value: str, **known: str) -> str:
    """A form that can be filled in with what is known."""
    try:
        value.format(**known)
    except (KeyError, ValueError, IndexError):
        raise ValueError(f"`{value}` may use only {{{'}, {'.join(known)}}}") from None
    return value


class Source(Shape):
    """Where a fact was read, and the date of that page."""

    url: str
    date: str

    _date = validator("date", allow_reuse=True)(_source_date)


class Fact(Shape):
    """One amount, number, telephone, date, address or web address, stated once."""

    source: str
    unverified: bool = False
    country: str = ""
    money: str = ""
    phone: str = ""
    url: str = ""
    date: str = ""
    number: str = ""
    text: str = ""

    @root_validator(skip_on_failure=True)
    def _one_kind(cls, values: dict[str, Any]) -> dict[str, Any]:
        kinds = [kind for kind in KINDS_OF_FACT if values.get(kind)]
        if len(kinds) != 1:
            raise ValueError(f"a fact has exactly one of {', '.join(KINDS_OF_FACT)}")
        return values

    @validator("money")
    def _amount_and_currency(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+(\.\d\d?)? [A-Z]{3}", value):
            raise ValueError(f"`{value}` is not money; write it like 8000 HTG or 10.31 USD")
        return value

    @validator("date")
    def _real_date(cls, value: str) -> str:
        if value:
            _source_date(value)
            date.fromisoformat((value + "-01-01")[:10])
        return value

    @validator("number")
    def _real_number(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d+(\.\d+)?", value):
            raise ValueError(f"`{value}` is not a number; write it with digits only")
        return value

    @property
    def kind(self) -> str:
        """Which of KINDS_OF_FACT it is."""
        return next(kind for kind in KINDS_OF_FACT if getattr(self, kind))


class Checked(Shape):
    """What every checked statement carries: when it was checked, and how sure it is."""

    verified: str
    review_by: str
    confidence: Confidence

    _months = validator("verified", "review_by", allow_reuse=True)(_month)


class Variant(Checked):
    """The facts of an answer for one country, or for `any`."""

    confirm: str
    sources: dict[str, Source]
    facts: dict[str, Fact] = {}


class Answer(Shape):
    """The language-neutral half of an answer.

    A variant is None (`{}` in the file) for `meta.*`: such an answer speaks of the program itself
    and needs no source. `contacts` are the kinds that `{contacts}` stands for, in their order;
    without any, the urgent ones.
    """

    next: list[str] = Field(default_factory=list, max_items=3)
    contacts: list[str] = []
    variants: dict[str, Variant | None]

    @validator("variants", pre=True)
    def _empty_is_unsourced(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            raise ValueError("variants: holds one entry for each country, or `any`")
        return {name: variant or None for name, variant in value.items()}


class Text(Shape):
    """The words of an answer in one language, for one variant. `full` maps parts to texts."""

    short: str
    full: dict[str, str]

    @validator("full")
    def _known_parts(cls, value: dict[str, str]) -> dict[str, str]:
        unknown = sorted(set(value) - set(PARTS))
        if unknown or not value:
            raise ValueError(f"unknown part {unknown}; the parts are {', '.join(PARTS)}")
        return value


class Country(Shape):
    """A country: the languages that are likely there, and whether the programme works there.

    `at` (degrees east and north) is where it stands on the map of the statistics; a country
    without it is in the table only. `label` is the side of that point on which its name is.
    """

    languages: list[str]
    programme: bool
    at: tuple[float, float] | None = None
    label: Literal["above", "below", "left", "right"] = "above"


class CountryName(Shape):
    """A country in one language: its name, `in` the country, and how people write it."""

    name: str
    inside: str = Field(alias="in")
    aliases: list[str]


class Contact(Checked):
    """A number to call, or, without `phone`, a body to ask."""

    country: str
    kind: str
    name: str
    phone: str = ""
    hours: str = ""
    source: str
    date: str

    _date = validator("date", allow_reuse=True)(_source_date)


class Term(Checked):
    """A migration word, and where its meaning was read."""

    source: str
    date: str

    _date = validator("date", allow_reuse=True)(_source_date)


class TermText(Shape):
    """A migration word in one language, how else people write it, and its meaning."""

    term: str
    aliases: list[str] = []
    text: str


class Word(Shape):
    """The word that a language uses for a thing, and words that it does not use for it."""

    use: str
    never: list[str] = Field(alias="not")


class Hub(Checked):
    """An Information Hub, or another centre that informs or helps migrants."""

    id: str
    country: str
    kind: Literal["hub", "centre"]
    city: str
    aliases: list[str] = []
    name: str
    where: str = ""
    phone: str = ""
    hours: str = ""
    lat: float | None = None
    lon: float | None = None
    opened: str = ""
    closed: str = ""
    source: str
    date: str

    _date = validator("date", allow_reuse=True)(_source_date)


class NamedPlace(Shape):
    """A town, border post or area that people name. Without a point of its own it lies `near` one.

    `lat` and `lon` are degrees (WGS 84).
    """

    name: str
    country: str
    kind: Literal["town", "border", "area"]
    lat: float | None = None
    lon: float | None = None
    near: str = ""
    aliases: list[str] = []
    source: str = ""


class LanguageSettings(Shape):
    """`language.yml`: how a language calls itself and writes dates, numbers and money.

    `first` is how it writes the first day of a month, where that is not "1".
    """

    name: str
    order: int
    fallback: str
    more: str
    months: list[str] = Field(min_items=12, max_items=12)
    date: str
    month_year: str
    first: str = ""
    thousands: str
    money: dict[str, str]
    partial: bool = False

    @validator("date", "month_year")
    def _of_a_date(cls, value: str) -> str:
        return _form(value, day="", month="", year="")

    @validator("money", each_item=True)
    def _of_money(cls, value: str) -> str:
        return _form(value, amount="")


class Labels(Shape):
    """`topics.yml` of a language: what groups and topics are called on a button."""

    groups: dict[str, str]
    topics: dict[str, str]


class Forms(Shape):
    """A phrase that is shorter in SMS."""

    short: str
    full: str


Phrase = Forms | str | dict[str, str]
