"""Finds a migration word that somebody asks for, in any language, and says what it means."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.knowledge import Knowledge
from bot.model import Paragraph
from bot.text import normalise

ALIKE = 90  # rapidfuzz ratio (0-100) above which two spellings are one word
SHORTEST = 5  # letters; shorter words must match exactly
LONGEST = 6  # words of a term
SHOWN = 2  # terms explained in one answer
EXAMPLES = 8  # words named where none was recognised


def find(knowledge: Knowledge, words: str) -> list[str]:
    """The ids of the terms that the words name, the longest first; a name within it not again."""
    said = normalise(words).split()
    named = knowledge.terms
    found: list[str] = []
    for size in range(min(LONGEST, len(said)), 0, -1):
        for start in range(len(said) - size + 1):
            piece = " ".join(said[start : start + size])
            term = named.get(piece) or named.get(_alike(piece, list(named)))
            if term:
                found.append(term)
                said[start : start + size] = [""] * size
    return list(dict.fromkeys(found))


def _alike(piece: str, names: list[str]) -> str:
    if len(piece) < SHORTEST:
        return ""
    found = process.extractOne(piece, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found and len(found[0]) >= SHORTEST else ""


def lines(knowledge: Knowledge, words: str, language: str) -> Paragraph:
    """The meaning of the words that were named; else some words that can be asked for."""
    terms = find(knowledge, words)[:SHOWN]
    if not terms:
        known = (knowledge.term(language, term).term for term in list(knowledge.glossary))
        listed = sorted(known, key=str.lower)[:: max(1, len(knowledge.glossary) // EXAMPLES)]
        forms = knowledge.phrase(language, "glossary_ask", words=", ".join(listed[:EXAMPLES]))
        return Paragraph(forms.full, forms.short)
    texts = [knowledge.term(language, term) for term in terms]
    return Paragraph(
        full="\n\n".join(f"{text.term}: {text.text}" for text in texts),
        short=f"{texts[0].term}: {texts[0].text}",
    )
