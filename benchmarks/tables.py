"""The tables of docs/understanding.md, and how they get there: between two comments each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import scores
from bot import evaluate
from bot.errors import SettingsError
from bot.evaluate import VERDICTS, Case, Result
from bot.settings import ROOT

if TYPE_CHECKING:
    from benchmarks.comparison import Outcome

DOCS = ROOT / "docs" / "understanding.md"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def percent(share: float) -> str:
    """A share from 0 to 1, with one decimal."""
    return f"{share * 100:.1f}"


def of_pipelines(cases: list[Case], found: dict[str, Outcome]) -> str:
    """Two tables: what each pipeline does and costs, and how it does in each language."""
    judged = {
        name: scores.scores(list(map(scores.judge, cases, outcome.rankings)))
        for name, outcome in found.items()
    }
    head = ["pipeline", "first guess", *VERDICTS, "cost", "training, s", "a message, ms"]
    rows = [[name, *_shares(judged[name]["all"]), *_costs(found[name])] for name in found]
    return table(head, rows) + "\n" + _by_language(judged)


def _shares(score: scores.Score) -> list[str]:
    shares = [percent(score.shares[name]) for name in VERDICTS]
    return [percent(score.first), *shares, f"{score.cost:.2f}"]


def _costs(outcome: Outcome) -> list[str]:
    return [f"{outcome.seconds:.0f}", f"{outcome.median:.1f} / {outcome.mean:.1f}"]


def _by_language(judged: dict[str, dict[str, scores.Score]]) -> str:
    languages = [lang for lang in next(iter(judged.values())) if lang != "all"]
    rows = [[name, *(_both(parts[lang]) for lang in languages)] for name, parts in judged.items()]
    return table(["right or offered / wrong", *languages], rows)


def _both(score: scores.Score) -> str:
    return f"{percent(score.helped)} / {percent(score.shares['wrong'])}"


def of_results(found: dict[str, list[Result]]) -> str:
    """What several programs made of the same messages, over all and in each language."""
    summaries = {name: evaluate.summary(results) for name, results in found.items()}
    parts = {name: {"all": x["overall"], **x["by_language"]} for name, x in summaries.items()}
    rows = [
        [lang, name, *_verdicts(parts[name][lang])]
        for lang in next(iter(parts.values()))
        for name in parts
    ]
    return table(["", "", *VERDICTS, "messages"], rows)


def of_groups(results: list[Result]) -> str:
    """How each group of topics was understood."""
    groups = evaluate.summary(results)["by_group"]
    return table(["group", *VERDICTS, "messages"], ([x, *_verdicts(groups[x])] for x in groups))


def of_confusions(results: list[Result]) -> str:
    """The topics that were most often taken for others."""
    rows = ([right, taken, str(n)] for right, taken, n in evaluate.confusions(results))
    return table(["asked", "answered", "times"], rows)


def _verdicts(shares: dict[str, float]) -> list[str]:
    return [*(percent(shares[name]) for name in VERDICTS), str(shares["n"])]


def rewrite(path: Path, name: str, text: str) -> None:
    """Puts the text between `<!-- name -->` and `<!-- end of name -->`.

    Raises SettingsError where the file has no such comments.
    """
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    old = path.read_text("utf-8")
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    new, count = pattern.subn(lambda _: f"{begin}\n\n{text.strip()}\n\n{end}", old)
    if count != 1:
        raise SettingsError(f"{path}: needs the lines {begin} and {end}, once each")
    path.write_text(new, "utf-8")
