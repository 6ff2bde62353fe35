"""`alo explain`: why a message is answered as it is, so that an editor sees what to add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.knowledge import Knowledge
from bot.model import Reply
from bot.words import Lexicon

SHOWN = 5
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Explanation:
    """What was understood of a message, and what came of it."""

    language: str
    sure_of_language: float
    asked: str
    candidates: tuple[tuple[str, float], ...]
    entities: tuple[tuple[str, str], ...]
    intent: str
    reply: Reply

    @property
    def why(self) -> str:
        """Why it was answered, offered or not understood."""
        names = {name for name, _ in self.entities}
        if "danger" in names:
            return (
                "words of danger, or messages like this one, are about danger: numbers come first"
            )
        if self.intent == FALLBACK:
            return f"{self._lead}: too little to answer (leads in config.yml)"
        if self.candidates and self.candidates[0][1] == 1.0:
            return (
                "commands, numbers, labels and follow-ups are certain, whatever the statistics say"
            )
        return self._lead

    @property
    def _lead(self) -> str:
        """How the first stands to the second, as nlu/components/doubt.py reckons."""
        first, second = ([chance for _, chance in self.candidates] + [0.0, 0.0])[:2]
        if not second:
            return "the first stands alone"
        return f"the first is {first / second:.1f} times likelier than the second"


def explain(content: Knowledge, text: str, parsed: dict[str, Any], reply: Reply) -> Explanation:
    """The explanation of a message that Rasa has parsed and the engine has answered."""
    heard = parsed.get("language") or {"name": "", "confidence": 0.0}
    ranking = [(x["name"], float(x["confidence"])) for x in parsed.get("intent_ranking", [])]
    return Explanation(
        language=heard["name"],
        sure_of_language=float(heard["confidence"]),
        asked=Lexicon.of(content).question(text),
        candidates=tuple(ranking[:SHOWN]),
        entities=tuple((x["entity"], str(x["value"])) for x in parsed.get("entities", [])),
        intent=str(parsed["intent"]["name"]),
        reply=reply,
    )


def as_text(found: Explanation) -> str:
    """The explanation as lines."""
    chances = [f"  {chance:.2f}  {name}" for name, chance in found.candidates]
    entities = [f"  {name}: {value}" for name, value in found.entities] or ["  none"]
    options = f", offered: {', '.join(found.reply.options)}" if found.reply.options else ""
    lines = [
        f"language   {found.language} ({found.sure_of_language:.2f})",
        f"asked      {found.asked}",
        "candidates",
        *chances,
        "found",
        *entities,
        f"outcome    {found.reply.outcome}: {found.reply.topic or 'nothing'}{options}",
        f"why        {found.why}",
    ]
    return "\n".join(lines)
