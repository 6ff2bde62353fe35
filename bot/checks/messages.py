"""Faults of the training messages under `nlu/`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.checks.fault import Fault
from bot.knowledge import Knowledge
from bot.text import normalise

DANGER = "danger"  # of a training message: whether its writer is in danger, where that is said
GROUP = "protection."  # the topics that help in danger
FEWEST = 12  # messages a topic needs in a language before it can be told from its neighbours


@dataclass(frozen=True)
class Example:
    """One training message, and where it stands.

    `danger` is set for those that teach what danger is; those that are none have no topic.
    """

    path: str
    language: str
    topic: str
    text: str
    danger: bool | None = None


def read(folder: Path) -> list[Example]:
    """The training messages of all languages, in the order of the files.

    Raises yaml.YAMLError or KeyError where a file is not in Rasa's form.
    """
    return [example for path in _paths(folder) for example in _file(folder, path)]


def _paths(folder: Path) -> list[Path]:
    return [*sorted(folder.glob("*/*.yml")), *sorted(folder.glob(f"*/{DANGER}/*.yml"))]


def _file(folder: Path, path: Path) -> Iterator[Example]:
    shown, language = f"nlu/{path.relative_to(folder)}", path.relative_to(folder).parts[0]
    data = yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
    if path.parent.name == DANGER:
        for topic, lines in data[DANGER].items():
            yield from (Example(shown, language, topic, text, True) for text in _lines(lines))
        lines = data["ordinary"]
        yield from (Example(shown, language, "", text, False) for text in _lines(lines))
        return
    for intent in data["nlu"]:
        lines = intent["examples"]
        yield from (Example(shown, language, intent["intent"], text) for text in _lines(lines))


def _lines(block: str) -> Iterator[str]:
    """The messages of a block: one a line, behind a dash."""
    lines = (line.strip().removeprefix("- ").strip() for line in block.splitlines())
    yield from (line for line in lines if line)


def faults(knowledge: Knowledge, folder: Path) -> Iterator[Fault]:
    """Every fault of the training messages."""
    examples: list[Example] = []
    broken = False
    for path in _paths(folder):
        try:
            examples += _file(folder, path)
        except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
            broken = True
            shown = f"nlu/{path.relative_to(folder)}"
            yield Fault.error(shown, "is not in Rasa's form, or not UTF-8; see nlu/README.md")
    yield from _topics(knowledge, examples)
    yield from _twice(examples)
    if not broken:
        yield from _few(knowledge, examples)


def _topics(knowledge: Knowledge, examples: list[Example]) -> Iterator[Fault]:
    for example in examples:
        helps = example.topic in knowledge.topics and example.topic.startswith(GROUP)
        if example.danger and not helps:
            text = f"`{example.topic}` is no topic that helps in danger; choose one of {GROUP}*"
            yield Fault.error(example.path, text)
        elif example.danger is None and example.topic not in knowledge.topics:
            yield Fault.error(
                example.path, f"`{example.topic}` is no topic of topics.yml; choose one"
            )


def _twice(examples: list[Example]) -> Iterator[Fault]:
    """The same message under two topics of one language teaches neither."""
    seen: dict[tuple[str, str], Example] = {}
    for example in (example for example in examples if example.topic):
        first = seen.setdefault((example.language, normalise(example.text)), example)
        if first.topic != example.topic:
            yield Fault.error(
                example.path,
                f"`{example.text}` stands under {first.topic} and {example.topic}; keep one",
            )


def _few(knowledge: Knowledge, examples: list[Example]) -> Iterator[Fault]:
    counts = Counter((example.language, example.topic) for example in examples)
    for code, language in knowledge.languages.items():
        few = [topic for topic in knowledge.topics if counts[code, topic] < FEWEST]
        if few and not language.settings.partial:
            yield Fault.warning(
                f"nlu/{code}", f"under {FEWEST} messages for {', '.join(few)}; add some"
            )
