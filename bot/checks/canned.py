"""Faults of the ready-made replies: what an SMS cannot carry."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checks.fault import Fault
from bot.checks.lengths import no_such_letters
from bot.knowledge import Knowledge
from bot.text import gsm_form, not_gsm


def faults(knowledge: Knowledge) -> Iterator[Fault]:
    """Every fault of the ready-made replies of operators, which go to people by SMS as well."""
    for language in knowledge.languages.values():
        path = f"knowledge/languages/{language.code}/pages/canned.yml"
        for key, reply in language.pages.get("canned", {}).items():
            text = str(reply.get("text", "")).replace("{line}", "")
            if letters := not_gsm(gsm_form(text)):
                yield Fault.error(path, f"{key}: {no_such_letters(letters)}")
