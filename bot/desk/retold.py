"""A conversation as another help desk shows it: in words of `help_desk.yml`, for its agents."""

from __future__ import annotations

from typing import Any

from bot import knowledge
from bot.desk import transcript
from bot.desk.cases import Case
from bot.desk.transcript import Line
from bot.settings import Settings
from bot.store import Store

LONGEST = 20_000  # letters of what was said so far; the end of it matters most
DEFAULT = "en"


class Words:
    """What is said in the language of CHATWOOT_LANGUAGE."""

    def __init__(self, config: Settings) -> None:
        named = config.channel.get("CHATWOOT_LANGUAGE")
        self._folder = config.knowledge
        self._language = named.reveal() if named else DEFAULT

    def note(self, name: str) -> str:
        """A word to an agent."""
        return str(self._all()["notes"][name])

    def about(self, case: Case) -> dict[str, Any]:
        """What is known of a case. Nothing in it leads to the person."""
        content, language = knowledge.load(self._folder), self._known()
        theirs = content.languages.get(case.language)
        return {
            "language": theirs.settings.name if theirs else case.language,
            "country": content.country_name(language, case.country) if case.country else "",
            "topic": content.label(language, case.topic) if case.topic else "",
            "urgent": case.urgent,
            "channel": case.channel,
        }

    def said(self, store: Store, case: Case, messages: list[int], *, first: bool) -> str:
        """These messages of the inbox; the `first` time with all that was said before them."""
        lines = [line for line in transcript.of(store, case) if line.who != "note"]
        mine = {f"in-{number}" for number in messages}
        if first:
            return self._so_far(case, [x for x in lines if x.who != "person" or x.key in mine])
        return "\n".join(self._text(line) for line in lines if line.key in mine) or "…"

    def _so_far(self, case: Case, lines: list[Line]) -> str:
        words, about = self._all(), self.about(case)
        known = [str(about[name]) for name in ("language", "country", "topic", "channel")]
        urgent = [words["urgent"]] if case.urgent else []
        told = "\n\n".join(f"{self._who(line)}: {self._text(line)}" for line in lines)
        head = " · ".join(x for x in (*urgent, *known) if x)
        return f"{words['so_far']}\n{head}\n\n{told[-LONGEST:]}"

    def _who(self, line: Line) -> str:
        return line.name or str(self._all()[line.who])

    def _text(self, line: Line) -> str:
        words = self._all()
        if line.choice and not line.text:
            label = knowledge.load(self._folder).label(self._known(), line.choice)
            return str(words["chose"]).format(choice=label)
        kind = "" if line.kind == "text" else f"({words['kinds'][line.kind]})"
        return " ".join(x for x in (kind, line.text) if x) or "…"

    def _known(self) -> str:
        languages = knowledge.load(self._folder).languages
        return self._language if self._language in languages else DEFAULT

    def _all(self) -> dict[str, Any]:
        words: dict[str, Any] = knowledge.load(self._folder).page_words(self._known())["help_desk"]
        return words
