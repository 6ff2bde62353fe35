"""What the tests of pages share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.settings import Settings
from bot.store import Store


@pytest.fixture
def light(config: Settings) -> Iterator[Store]:
    """A store on SQLite, for what does not depend on the database."""
    made = Store(config)
    made.upgrade()
    yield made
    made.close()
