"""`python -m benchmarks.sms_segments`: what every answer of the content costs by SMS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

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


def main() -> None:
    """Prints it for all and for each language."""
    content = knowledge.load(settings.ROOT / "knowledge")
    found = list(costs(content))
    shown = {"all": summary([messages for _, messages in found])}
    for language in content.languages:
        shown[language] = summary([messages for code, messages in found if code == language])
    print(json.dumps(shown, indent=1))


if __name__ == "__main__":
    main()
