"""From the database to a report: which periods there are, and the document of one."""

from __future__ import annotations

import sqlalchemy as sa

from bot.campaigns import entry
from bot.counts import days, figures
from bot.counts.days import Period
from bot.knowledge import Knowledge
from bot.reports import document
from bot.reports.document import Document
from bot.settings import Settings
from bot.store import Store
from bot.tables import usage


def load(
    store: Store,
    config: Settings,
    content: Knowledge,
    period: Period,
    language: str,
    *,
    trial: bool = False,
) -> Document:
    """The report on a period in a language."""
    found = figures.figures(store, period, trial=trial, floor=config.count_floor)
    with store.read() as connection:
        today = days.today(connection)
    names = {campaign.code: campaign.name for campaign in entry.all_of(store)}
    return document.of(content, language, found, today, names)


def periods(store: Store) -> list[Period]:
    """The years, quarters and months that have figures, the latest first."""
    with store.read() as connection:
        first = connection.execute(sa.select(sa.func.min(usage.c.day))).scalar()
        last = days.month_of(days.today(connection))
    return list(days.periods(first[:7], last)) if first else []


def usual(found: list[Period], store: Store) -> Period:
    """The quarter of the last month that is over: what is shown where nobody chose."""
    with store.read() as connection:
        month = days.month_of(days.today(connection))
    over = Period.of(month).before
    return next((p for p in found if p.length == days.QUARTER and over.first in p.months), over)
