"""The decisions of a conversation, as pure functions: which language, which topic."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge import Knowledge

SURE = 0.60  # of the language of a message of three words or more
VERY_SURE = 0.93  # of the language of one or two words: "visa" is a word everywhere
LIKELY = 0.50
WORDS_ENOUGH = 3


@dataclass(frozen=True)
class Heard:
    """The language that a message seems to be in, how sure that is, and from how many words.

    A number is no word: "1" is written alike in every language.
    """

    language: str
    confidence: float
    words: int

    @property
    def sure(self) -> bool:
        """Sure enough to change the language of a conversation."""
        return self.confidence >= (SURE if self.words >= WORDS_ENOUGH else VERY_SURE)


def language_of(knowledge: Knowledge, heard: Heard, remembered: str, region: str) -> str:
    """The language to answer in.

    The message's own where it is sure, else the one remembered, else the message's where it is
    likely and of a few words one of the number's country, else the likeliest of that country.
    """
    known = heard.language in knowledge.languages and heard.words > 0
    if known and heard.sure:
        return heard.language
    if remembered in knowledge.languages:
        return remembered
    if known and heard.confidence >= LIKELY and _is_plausible(knowledge, heard, region):
        return heard.language
    return knowledge.country_language(region)


def _is_plausible(knowledge: Knowledge, heard: Heard, region: str) -> bool:
    """Whether a language that is only likely may be it: a word or two may be of any."""
    country = knowledge.countries.get(region)
    return heard.words >= WORDS_ENOUGH or country is None or heard.language in country.languages


def greeting_languages(knowledge: Knowledge, language: str, region: str) -> list[str]:
    """The languages of the first words: that of the message, and the likeliest of the number."""
    country = knowledge.countries.get(region)
    likely = [
        code for code in (country.languages if country else []) if code in knowledge.languages
    ]
    return list(dict.fromkeys([language, *likely]))[:2]


def topic_of_aspect(knowledge: Knowledge, topic: str, aspect: str) -> str:
    """The topic that a part of an answer is asked of: often another one of the group."""
    texts = (language.texts.get(topic, {}) for language in knowledge.languages.values())
    has_part = any(aspect in text.full for variants in texts for text in variants.values())
    other = knowledge.aspects.get(topic.split(".")[0], {}).get(aspect, "")
    return topic if has_part or not other or other not in knowledge.answers else other


def needs_country(knowledge: Knowledge, topic: str, country: str) -> bool:
    """Whether the answer cannot be given without knowing the country."""
    return not country and topic in knowledge.answers and knowledge.variant_for(topic, "") is None
