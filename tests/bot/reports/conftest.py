"""A document on the simulated quarter, made once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.counts.days import Period
from bot.knowledge import Knowledge
from bot.reports import loading
from bot.reports.document import Document
from bot.store import Store
from tests import quarters
from tests.conftest import make_settings

MakeDocument = Callable[..., Document]


@pytest.fixture(scope="module")
def document(
    quarter: Store, content: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> MakeDocument:
    """Makes the document of a language and period."""
    config = make_settings(tmp_path_factory.mktemp("settings"))

    def made(
        language: str = "en", period: str = quarters.PERIOD, *, trial: bool = False
    ) -> Document:
        return loading.load(quarter, config, content, Period.of(period), language, trial=trial)

    return made
