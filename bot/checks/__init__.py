"""Every fault of the content at once, as `path: what, and what to do`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot import knowledge as content
from bot.checks import (
    answers,
    canned,
    desk,
    languages,
    messages,
    pages,
    places,
    tables,
    terms,
)
from bot.checks.fault import Fault


def run(folder: Path, examples: Path, today: date) -> list[Fault]:
    """The faults of a content folder and of the training messages, errors before warnings.

    `today` decides which review dates have passed.
    """
    knowledge = content.read(folder)
    faults = [Fault.error(*line.split(": ", 1)) for line in knowledge.faults]
    if knowledge.languages and knowledge.topics:
        of_languages = list(languages.faults(knowledge))
        # In a language with a broken phrase no answer can be put together.
        errors = [fault.path.split("/") for fault in of_languages if fault.level == "error"]
        broken = {path[2] for path in errors if path[1] == "languages"}
        faults += [*of_languages, *answers.faults(knowledge, today, broken)]
        faults += [*tables.faults(knowledge, today), *messages.faults(knowledge, examples)]
        faults += [*pages.faults(knowledge, folder), *canned.faults(knowledge)]
        faults += [*terms.faults(knowledge, today), *places.faults(knowledge)]
        if not broken and "knowledge/desk.yml" not in knowledge.unread:
            faults += desk.faults(knowledge, today)
    return sorted(set(faults), key=lambda fault: (fault.level, fault.path, fault.message))
