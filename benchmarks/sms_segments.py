"""`python -m benchmarks.sms_segments`: what every answer of the content costs by SMS.

With `--write` the table goes into docs/channels.md.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks import tables
from bot import answers, knowledge, settings
from bot.knowledge import Knowledge
from bot.model import Message, Reply
from channels.sms import Sms


def costs(content: Knowledge) -> Iterator[tuple[str, list[Message]]]:
    """The language of each answer and the messages that it is sent as, with what it offers."""
    channel = Sms()
    for language in content.languages:
        for topic in content.answers:
            for country in ["", *answers.countries_of(content, topic)]:
                question = answers.Question(topic, language, country)
                paragraph = answers.paragraph(content, question)
                if paragraph:
                    choices = answers.next_choices(content, topic, language)
                    prompt = content.phrase(language, "also").full
                    reply = Reply((paragraph,), choices, prompt, optional=True)
                    yield language, channel.render(reply)


def summary(found: list[list[Message]]) -> dict[str, Any]:
    """Median, 95th percentile and most of the segments, and the share in UCS-2."""
    segments = sorted(sum(message.segments for message in messages) for messages in found)
    dear = sum(any(x.encoding == "UCS-2" for x in messages) for messages in found)
    return {
        "answers": len(segments),
        "median": segments[len(segments) // 2],
        "p95": segments[int(len(segments) * 0.95)],
        "most": segments[-1],
        "ucs_2": round(dear / len(segments), 4),
    }


def shown(content: Knowledge) -> str:
    """The table: all answers, and those of each language."""
    found = list(costs(content))
    head = ["answers", "", "segments, median", "95th percentile", "most", "in UCS-2, %"]
    rows = [["all", *_row([messages for _, messages in found])]]
    for code, language in content.languages.items():
        of_it = [messages for name, messages in found if name == code]
        rows.append([language.settings.name, *_row(of_it)])
    return tables.table(head, rows)


def _row(found: list[list[Message]]) -> list[str]:
    sums = summary(found)
    numbers = [str(sums[name]) for name in ("answers", "median", "p95", "most")]
    return [*numbers, tables.percent(sums["ucs_2"])]


def main() -> None:
    """Prints the table."""
    table = shown(knowledge.load(settings.ROOT / "knowledge"))
    print(table)
    if "--write" in sys.argv[1:]:
        tables.rewrite(settings.ROOT / "docs" / "channels.md", "segments", table)


if __name__ == "__main__":
    main()
