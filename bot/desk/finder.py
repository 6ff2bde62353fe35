"""Answers that an operator looks for and inserts: by words, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot import answers, contacts
from bot.answers import Question
from bot.knowledge import Knowledge
from bot.text import normalise

MOST = 8
NEAR = 70.0  # of 100: a label or a text that is less like the words is not shown
SHORTEST = 3  # letters of a word that is looked for in texts


@dataclass(frozen=True)
class Found:
    """A text that can be inserted, and where it was read."""

    key: str
    label: str
    text: str
    sources: tuple[dict[str, str], ...] = ()


def topics(knowledge: Knowledge, words: str, languages: Iterable[str]) -> list[str]:
    """The topics that fit the words best, by their labels and texts in these languages."""
    wanted = normalise(words)
    if not wanted:
        return []
    ours = [topic for topic in knowledge.answers if not topic.startswith("meta.")]
    tongues = list(dict.fromkeys(languages))
    scored = [(_score(knowledge, topic, wanted, tongues), topic) for topic in ours]
    best = sorted((x for x in scored if x[0] >= NEAR), key=lambda x: -x[0])
    return [topic for _, topic in best[:MOST]]


def _score(knowledge: Knowledge, topic: str, wanted: str, languages: list[str]) -> float:
    if wanted == normalise(topic):
        return 200.0
    labels = [normalise(knowledge.label(language, topic)) for language in languages]
    by_label = max(fuzz.token_sort_ratio(wanted, label) for label in labels)
    in_label = max(_share(wanted, label) for label in labels)
    in_text = max(_share(wanted, _texts(knowledge, topic, language)) for language in languages)
    return max(by_label, 95.0 * in_label, 80.0 * in_text) + in_text


def _share(wanted: str, text: str) -> float:
    """Which share of the words begins a word of the text."""
    words = [word for word in wanted.split() if len(word) >= SHORTEST]
    there = f" {text}"
    return sum(f" {word}" in there for word in words) / len(words) if words else 0.0


def _texts(knowledge: Knowledge, topic: str, language: str) -> str:
    tongue = knowledge.languages.get(language)
    texts = tongue.texts.get(topic, {}).values() if tongue else ()
    return normalise(
        " ".join(part for text in texts for part in (text.short, *text.full.values()))
    )


def answer(knowledge: Knowledge, topic: str, language: str, country: str, channel: str) -> Found:
    """An answer as the channel would carry it. Its text is empty where there is none."""
    found = answers.paragraph(knowledge, Question(topic, language, country))
    label = knowledge.label(language, topic)
    if found is None:
        return Found(topic, label, "")
    more = knowledge.languages[language].settings.more
    text = _without(more, found.for_sms()) if channel == "sms" else found.full
    return Found(topic, label, text, answers.sources(knowledge, topic, country))


def _without(more: str, text: str) -> str:
    """An SMS without its last words, which bring the rest: a person answers now, not Alo."""
    return text[: text.rfind(")") + 1] if text.endswith(more) and ")" in text else text


def canned(knowledge: Knowledge, page: str, language: str, country: str) -> list[Found]:
    """The ready-made replies: labels in the language of the page, texts in the person's."""
    labels, line = knowledge.page_words(page)["canned"], _line(knowledge, country)
    return [
        Found(key, labels[key]["label"], reply["text"].format(line=line))
        for key, reply in knowledge.page_words(language)["canned"].items()
        if line or "{line}" not in reply["text"]
    ]


def _line(knowledge: Knowledge, country: str) -> str:
    """Name and number of the information line of a country, or nothing."""
    lines = contacts.answered(knowledge, country)
    return next((f"{x.name}, {contacts.number(x)}" for x in lines), "")
