"""A reply that calls a person says what the hand-over is about, as far as anything is known."""

from __future__ import annotations

from typing import Any

import pytest

from bot import inbox
from bot.store import Store
from bot.tables import handovers
from tests import samples

KNOWN = {"language": "ht", "country": "DO", "topic": "documents.passport"}


@pytest.mark.parametrize(
    ("reply", "known", "about"),
    [
        ({"topic": "meta.human", "why": "asked"}, KNOWN, ("documents.passport", "DO", False)),
        ({"topic": "meta.human", "why": "asked"}, {}, ("", "", False)),
        ({"topic": "h2.abuse", "why": "danger"}, KNOWN, ("h2.abuse", "DO", True)),
        ({"topic": "h2.abuse", "why": "danger", "country": "HT"}, KNOWN, ("h2.abuse", "HT", True)),
    ],
)
def test_what_it_is_about(
    store: Store, reply: dict[str, Any], known: dict[str, Any], about: tuple[str, str, bool]
) -> None:
    job = samples.take_in(store)
    inbox.finish(store, job, samples.reply(effect="person", language="ht", **reply), known)
    columns = (handovers.c.topic, handovers.c.country, handovers.c.urgent)

    assert tuple(samples.column(store, column)[0] for column in columns) == about
