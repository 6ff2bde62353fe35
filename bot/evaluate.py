"""`alo evaluate`: how well messages are understood, from a file of them with the right topics.

right: answered with one of the topics that are right (for out of scope: a fallback);
offered: clarified, with one of them among the options; wrong: answered with another topic;
missed: not understood, though it has a topic.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import StrictStr, parse_raw_as, validator
from pydantic.dataclasses import dataclass as checked_dataclass
from pydantic.fields import ModelField

from bot.engine import Engine, Heard
from bot.errors import SettingsError
from bot.model import Reply

Verdict = Literal["right", "offered", "wrong", "missed"]
VERDICTS: tuple[Verdict, ...] = ("right", "offered", "wrong", "missed")
OUT_OF_SCOPE = "meta.out_of_scope"


class _Lenient:
    extra = "ignore"


@checked_dataclass(frozen=True, config=_Lenient)
class Case:
    """One message of an examination, with the topics, language and country that are right.

    A line may have more fields than these, for files come from elsewhere: they are not read.
    """

    text: StrictStr
    topic: StrictStr
    lang: StrictStr
    also: tuple[StrictStr, ...] = ()
    country: StrictStr = ""

    @validator("also", "country", pre=True)
    def _left_open(cls, given: Any, field: ModelField) -> Any:
        return field.default if given is None else given

    @property
    def topics(self) -> set[str]:
        """All topics that are right."""
        return {self.topic, *self.also}


@dataclass(frozen=True)
class Result:
    """What came of a case."""

    case: Case
    reply: Reply
    verdict: Verdict


def read(path: Path) -> list[Case]:
    """The cases of a file, one JSON object a line. Raises SettingsError, naming the line."""
    try:
        lines = path.read_text("utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is not UTF-8 text") from None
    return [_case(path, number, line) for number, line in enumerate(lines, 1)]


def _case(path: Path, number: int, line: str) -> Case:
    try:
        return parse_raw_as(Case, line)
    except ValueError:
        needed = "needs text, topic and lang, and may have also and country"
        raise SettingsError(f"{path}, line {number}: {needed}") from None


def run(engine: Engine, cases: Iterable[Case]) -> list[Result]:
    """Asks each case as the first message of a conversation."""
    return [_ask(engine, case) for case in cases]


def _ask(engine: Engine, case: Case) -> Result:
    reply, _ = asyncio.run(engine.respond("examination", Heard(case.text), None))
    return Result(case, reply, verdict(case, reply))


def verdict(case: Case, reply: Reply) -> Verdict:
    """How a reply counts."""
    if OUT_OF_SCOPE in case.topics and reply.outcome == "fallback":
        return "right"
    if reply.outcome == "clarified":
        return "offered" if case.topics & set(reply.options) else "missed"
    if reply.outcome == "fallback":
        return "missed"
    return "right" if reply.topic in case.topics else "wrong"


def shares(results: list[Result]) -> dict[str, float]:
    """The share of each verdict, of the right language, and of the right country where named."""
    counts = Counter(result.verdict for result in results)
    named = [r for r in results if r.case.country and r.verdict == "right"]
    return {
        **{name: _share(counts[name], len(results)) for name in VERDICTS},
        "language": _share(sum(r.reply.language == r.case.lang for r in results), len(results)),
        "country": _share(sum(r.reply.country == r.case.country for r in named), len(named)),
        "n": len(results),
    }


def _share(count: int, of: int) -> float:
    return round(count / of, 4) if of else 1.0


def summary(results: list[Result]) -> dict[str, Any]:
    """The object of `alo evaluate --json`."""
    return {
        "overall": shares(results),
        "by_language": _by(results, lambda result: result.case.lang),
        "by_group": _by(results, lambda result: result.case.topic.split(".")[0]),
        "messages": [
            {
                "text": result.case.text,
                "topic": result.case.topic,
                "answered": result.reply.topic,
                "options": list(result.reply.options),
                "verdict": result.verdict,
            }
            for result in results
        ],
    }


def _by(results: list[Result], key: Any) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return {name: shares(part) for name, part in groups.items()}


def confusions(results: list[Result], most: int = 10) -> list[tuple[str, str, int]]:
    """Which topic was taken for which other, how often; the most frequent first."""
    pairs = Counter((r.case.topic, r.reply.topic) for r in results if r.verdict == "wrong")
    return [(right, taken, count) for (right, taken), count in pairs.most_common(most)]
