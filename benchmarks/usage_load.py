"""`python -m benchmarks.usage_load 2026-Q3`: a quarter of campaigns, through the real counts.

Fills the database of the settings; the same seed gives the same quarter. Nothing in it is anybody.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from bot import knowledge, settings
from bot.counts import usage
from bot.counts.days import Period
from bot.counts.people import Group
from bot.counts.usage import Event, Tally
from bot.hubs import TOPICS as ABOUT_HUBS
from bot.knowledge import Knowledge
from bot.settings import ROOT
from bot.store import Store

Weighted = tuple[list[str], list[float]]  # values, and their weights added up


def _cumulated(weights: dict[str, float]) -> Weighted:
    return list(weights), list(accumulate(weights.values()))


def _weighted(text: str) -> Weighted:
    """As "yes 8, no 2"; a line is no value."""
    pairs = (part.split() for part in text.split(","))
    return _cumulated({"" if name == "-" else name: float(weight) for name, weight in pairs})


COUNTRIES = _weighted(
    "HT 40, SV 15, HN 12, GT 10, DO 8, MX 5, CR 4, BZ 2, PA 2, NI 1, - 1, JM 0.02, SR 0.01"
)
CHANNELS = _weighted("whatsapp 70, sms 18, telegram 11.8, web 0.2")
ENTRIES = _weighted("- 55, radio-ouanaminthe 25, poster-tapachula 15, h2-san-salvador 5")
OUTCOMES = _weighted(
    "answered 78, clarified 9, fallback 6, asked 5, handover 1.8, stopped 0.2, silent 0.03"
)
WAITS = _weighted("under_5m 50, under_30m 25, under_2h 12, under_1d 8, longer 4, never 1")
CLOSED = _weighted("answered 70, referred 20, unreachable 8, unsafe 1.5, nothing 0.5")
WHY = _weighted("asked 70, failed 25, danger 5")
CALLS = _weighted("answered 60, referred 35, nothing 5")
HELPED = _weighted("yes 8, no 2")
SECOND_LANGUAGE = 0.1  # how likely a person is to write in the other language of their country
ASKED, HANDED, CALLED = 0.04, 0.012, 0.003  # of a message


@dataclass
class Recount:
    """What was loaded, counted in the plainest way: by table name and month, and who was there."""

    counts: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    people: dict[Group, set[str]] = field(default_factory=lambda: defaultdict(set))


class Simulation:
    """A quarter that is always the same for a seed."""

    def __init__(self, content: Knowledge, people: int, seed: int) -> None:
        self._dice = random.Random(seed)
        self._content = content
        self._hubs = [(hub.id, hub.country) for hub in content.hubs]
        topics = list(content.answers)
        self._dice.shuffle(topics)
        self._topics = _cumulated({topic: 100 / (rank + 1) for rank, topic in enumerate(topics)})
        self.people = [self._person(number) for number in range(people)]

    def _one(self, weighted: Weighted) -> str:
        return self._dice.choices(weighted[0], cum_weights=weighted[1])[0]

    def _person(self, number: int) -> tuple[str, Event]:
        country = self._one(COUNTRIES)
        spoken = self._content.countries[country].languages if country else ["es"]
        known = [code for code in spoken if code in self._content.languages] or ["en"]
        other = len(known) > 1 and self._dice.random() < SECOND_LANGUAGE
        channel = self._one(CHANNELS)
        event = Event(
            day="",
            measure="message",
            channel=channel,
            language=known[1] if other else known[0],
            country=country,
            entry=self._one(ENTRIES),
            trial=channel == usage.TRIAL,
        )
        return f"{number:032x}", event

    def day(self, day: str, numbers: list[int]) -> tuple[Tally, list[Event]]:
        """The messages of one day by these people, and what else happened."""
        tally, more, seen = Tally(), [], set()
        for number in numbers:
            name, person = self.people[number]
            event = person._replace(day=day, topic=self._one(self._topics))
            hub = self._hub(event)
            tally.message(name, event, self._one(OUTCOMES), hub, first=name not in seen)
            seen.add(name)
            more += self._beside(event)
        return tally, more

    def _hub(self, event: Event) -> str:
        here = [hub for hub, country in self._hubs if country == event.country]
        return self._dice.choice(here) if here and event.topic in ABOUT_HUBS else ""

    def _beside(self, event: Event) -> list[Event]:
        chance, found = self._dice.random(), []
        if chance < ASKED:
            value = self._one(HELPED)
            found.append(event._replace(measure="helped", value=value))
        elif chance < ASKED + HANDED:
            found.append(event._replace(measure="handover", value=self._one(WHY)))
            found.append(event._replace(measure="wait", value=self._one(WAITS)))
            found.append(event._replace(measure="closed", value=self._one(CLOSED)))
        elif chance < ASKED + HANDED + CALLED:
            found.append(event._replace(measure="call", value=self._one(CALLS)))
        return found


def load(
    store: Store,
    period: str = "2026-Q3",
    *,
    messages: int = 100_000,
    people: int = 20_000,
    seed: int = 1,
) -> Recount:
    """Loads a period day by day through bot/counts/usage.py. Every person writes at least once."""
    simulation = Simulation(knowledge.load(ROOT / "knowledge"), people, seed)
    dice, span = random.Random(seed), Period.of(period)
    writers = [*range(people), *dice.choices(range(people), k=max(0, messages - people))]
    by_day: dict[str, list[int]] = defaultdict(list)
    for number in writers:
        day = span.start + timedelta(days=dice.randrange((span.end - span.start).days))
        by_day[day.isoformat()].append(number)
    recount = Recount()
    for day in sorted(by_day):
        tally, more = simulation.day(day, by_day[day])
        with store.write() as connection:
            tally.write(store, connection)
            usage.add(connection, Counter(more))
        _recount(recount, tally, more)
    return recount


def _recount(recount: Recount, tally: Tally, more: list[Event]) -> None:
    for group, names in tally.seen.items():
        recount.people[group] |= names
    for event, number in [*tally.events.items(), *((e, 1) for e in more)]:
        if event.trial:
            continue
        month = event.day[:7]
        if event.measure == "message":
            for name in ("language", "country", "topic", "channel", "entry"):
                recount.counts[name, month][getattr(event, name)] += number
        else:
            name = "outcome" if event.measure == "reply" else event.measure
            recount.counts[name, month][event.value] += number


def _last_quarter(today: date) -> str:
    return Period.of(f"{today.year}-Q{(today.month + 2) // 3}").before.name


def main() -> None:
    """Loads the period into the database of the settings and says how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("period", nargs="?", default=_last_quarter(date.today()))  # noqa: DTZ011
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    store = Store(settings.load())
    store.upgrade()
    began = time.monotonic()
    load(store, chosen.period, messages=chosen.messages, people=chosen.people, seed=chosen.seed)
    print(f"{chosen.messages} messages of {chosen.people} people in {chosen.period}: "
          f"{time.monotonic() - began:.1f} s")  # fmt: skip


if __name__ == "__main__":
    main()
