"""An answer is put together: the right variant, the right words, the facts, how old it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import answers, facts
from bot.answers import Question
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph
from bot.schema import Answer, Text

TOPIC = "documents.passport"
FEE = {"money": "8000 HTG", "source": "new"}
HAITI = {
    "verified": "2026-11",
    "review_by": "2027-02",
    "confidence": "high",
    "confirm": "DIE, {site}",
    "sources": {
        "new": {"url": "https://example.org/new", "date": "2026-01-06"},
        "old": {"url": "https://example.org/old", "date": "2023-02-24"},
    },
    "facts": {
        "fee": FEE,
        "site": {"url": "example.gouv.ht", "source": "new"},
        "line": {"phone": "8822", "country": "HT", "source": "old"},
    },
}
WORDS = {
    "short": " Pay {fee}. ",
    "full": {"what": " You need it. ", "cost": "It costs {fee}.", "help": "Call {line}"},
}
FOOT = "Information from January 2026. Check with: DIE, example.gouv.ht"
TAIL = "(1/2026, check with: DIE, example.gouv.ht). Write MORE"


def told(
    content: Knowledge,
    texts: dict[str, dict[str, Any]],
    variants: dict[str, Any],
    topic: str = TOPIC,
    language: str = "en",
    kinds: tuple[str, ...] = (),
) -> Knowledge:
    """The content with this answer only, in one language; `kinds` are those of its contacts."""
    words = {topic: {name: Text(**text) for name, text in texts.items()}}
    languages = {code: replace(x, texts={}) for code, x in content.languages.items()}
    languages[language] = replace(languages[language], texts=words)
    answer = Answer(variants=variants, contacts=list(kinds))
    return replace(content, answers={topic: answer}, languages=languages)


@pytest.fixture
def haiti(content: Knowledge) -> Knowledge:
    """An answer for Haiti, in English."""
    return told(content, {"HT": WORDS}, {"HT": HAITI})


@pytest.fixture
def both(content: Knowledge) -> Knowledge:
    """An answer for Haiti and one for any country."""
    anywhere = {"short": "Anywhere.", "full": {"what": "Anywhere."}}
    return told(content, {"HT": WORDS, "any": anywhere}, {"HT": HAITI, "any": {}})


def test_an_answer_has_its_country_its_parts_and_its_age(haiti: Knowledge) -> None:
    said = answers.paragraph(haiti, Question(TOPIC, "en", "HT"))

    assert said == Paragraph(
        full=f"Haiti:\n\nYou need it.\n\nIt costs 8,000 gourdes.\n\nCall 8822 (2023)\n\n{FOOT}",
        short=f"Haiti: Pay 8,000 gourdes. {TAIL}",
    )


@pytest.mark.parametrize(
    ("country", "expected"),
    [("HT", "Haiti:"), ("DO", "Anywhere."), ("ZZ", "Anywhere."), ("", "Anywhere.")],
)
def test_the_variant_of_the_country_comes_before_any(
    both: Knowledge, country: str, expected: str
) -> None:
    said = answers.paragraph(both, Question(TOPIC, "en", country))

    assert (said.full.splitlines()[0], said.short.startswith(expected)) == (expected, True)


@pytest.mark.parametrize("country", ["DO", "ZZ", ""])
def test_without_a_variant_for_the_country_there_is_no_answer(
    haiti: Knowledge, country: str
) -> None:
    assert answers.paragraph(haiti, Question(TOPIC, "en", country)) is None


def test_a_topic_without_an_answer_has_none(haiti: Knowledge) -> None:
    assert answers.paragraph(haiti, Question("documents.minor", "en", "HT")) is None


def test_an_answer_without_words_is_none(content: Knowledge) -> None:
    wordless = told(content, {}, {"HT": HAITI})

    assert answers.paragraph(wordless, Question(TOPIC, "en", "HT")) is None


def test_the_words_of_another_language_are_better_than_none(content: Knowledge) -> None:
    english_only = told(content, {"HT": WORDS}, {"HT": HAITI})

    said = answers.paragraph(english_only, Question(TOPIC, "ht", "HT"))

    parts = ["Ayiti:", "You need it.", "It costs 8,000 gourdes."]
    assert said.full.split("\n\n")[1:4] == parts


@pytest.mark.parametrize("language", ["es", "ht", "fr", "pt"])
def test_and_it_is_said_which_language_that_is(content: Knowledge, language: str) -> None:
    english_only = told(content, {"HT": WORDS}, {"HT": HAITI})

    said = answers.paragraph(english_only, Question(TOPIC, language, "HT"))

    notice = content.phrase(language, "other_language", name="English").full
    assert said.full.split("\n\n")[0] == notice


@pytest.mark.parametrize("language", ["es", "ht", "fr", "pt"])
def test_and_in_sms_in_fewer_words(content: Knowledge, language: str) -> None:
    english_only = told(content, {"HT": WORDS}, {"HT": HAITI})

    said = answers.paragraph(english_only, Question(TOPIC, language, "HT"))

    notice = content.phrase(language, "other_language", name="English").short
    assert said.short.startswith(f"{notice} ")


def test_of_its_own_language_nothing_is_said(haiti: Knowledge) -> None:
    said = answers.paragraph(haiti, Question(TOPIC, "en", "HT"))

    assert said.full.split("\n\n")[0] == "Haiti:"


def test_the_facts_are_written_as_the_words_are(content: Knowledge) -> None:
    french_only = told(content, {"HT": WORDS}, {"HT": HAITI}, language="fr")

    said = answers.paragraph(french_only, Question(TOPIC, "ht", "HT"))

    assert "It costs 8 000 gourdes." in said.full


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        ("", ["You need it.", "It costs 8,000 gourdes.", "Call 8822 (2023)"]),
        ("cost", ["It costs 8,000 gourdes.", "You need it.", "Call 8822 (2023)"]),
        ("help", ["Call 8822 (2023)", "You need it.", "It costs 8,000 gourdes."]),
        ("time", ["You need it.", "It costs 8,000 gourdes.", "Call 8822 (2023)"]),
    ],
)
def test_the_part_that_was_asked_for_comes_first(
    haiti: Knowledge, aspect: str, expected: list[str]
) -> None:
    said = answers.paragraph(haiti, Question(TOPIC, "en", "HT", aspect))

    assert said.full.split("\n\n")[1:-1] == expected


def test_an_sms_has_only_the_part_that_was_asked_for(haiti: Knowledge) -> None:
    said = answers.paragraph(haiti, Question(TOPIC, "en", "HT", "cost"))

    assert said.short == f"Haiti: It costs 8,000 gourdes. {TAIL}"


def warned(content: Knowledge, warning: str) -> Knowledge:
    """The answer for Haiti with a warning."""
    words = {**WORDS, "full": {**WORDS["full"], "warning": warning}}
    return told(content, {"HT": words}, {"HT": HAITI})


@pytest.mark.parametrize(
    ("warning", "expected"),
    [
        pytest.param("Never pay.", "It costs 8,000 gourdes.\nNever pay.", id="it fits"),
        pytest.param("x" * 260, "It costs 8,000 gourdes.", id="it does not fit"),
    ],
)
def test_an_sms_has_with_the_part_the_warning_if_it_fits(
    content: Knowledge, warning: str, expected: str
) -> None:
    said = answers.paragraph(warned(content, warning), Question(TOPIC, "en", "HT", "cost"))

    assert said.short == f"Haiti: {expected} {TAIL}"


@pytest.mark.parametrize(
    "cost",
    [
        pytest.param("x" * 260, id="longer than two SMS"),
        pytest.param("€" * 130, id="longer than two SMS in septets"),
        pytest.param("😀" * 40, id="longer than two SMS in UCS-2"),
    ],
)
def test_an_sms_has_the_short_text_where_the_part_does_not_fit(
    content: Knowledge, cost: str
) -> None:
    words = {**WORDS, "full": {**WORDS["full"], "cost": cost}}
    long = told(content, {"HT": words}, {"HT": HAITI})

    said = answers.paragraph(long, Question(TOPIC, "en", "HT", "cost"))

    assert said.short == f"Haiti: Pay 8,000 gourdes. {TAIL}"


@pytest.mark.parametrize(("confidence", "lines"), [("high", 1), ("medium", 1), ("low", 2)])
def test_low_confidence_says_that_it_may_have_changed(
    content: Knowledge, confidence: str, lines: int
) -> None:
    warned = content.phrase("en", "may_have_changed").full
    doubtful = told(content, {"HT": WORDS}, {"HT": {**HAITI, "confidence": confidence}})

    said = answers.paragraph(doubtful, Question(TOPIC, "en", "HT"))

    assert said.full.split("\n\n")[-1].splitlines() == [FOOT, warned][:lines]


@pytest.mark.parametrize(
    ("language", "foot", "tail"),
    [
        ("es", "enero de 2026", "MAS"),
        ("ht", "janvye 2026", "PLIS"),
        ("en", "January 2026", "MORE"),
        ("fr", "janvier 2026", "PLUS"),
    ],
)
def test_the_age_and_the_word_for_more_are_in_the_language(
    content: Knowledge, language: str, foot: str, tail: str
) -> None:
    here = told(content, {"HT": WORDS}, {"HT": HAITI}, language=language)

    said = answers.paragraph(here, Question(TOPIC, language, "HT"))

    assert (foot in said.full.split("\n\n")[-1], said.short.endswith(tail)) == (True, True)


def test_an_answer_of_the_program_itself_has_no_age(content: Knowledge) -> None:
    words = {"short": "Hi.", "full": {"what": "Hello."}}
    greeting = told(content, {"any": words}, {"any": {}}, topic="meta.greet")

    said = answers.paragraph(greeting, Question("meta.greet", "en", "HT"))

    assert said == Paragraph(full="Hello.", short="Hi.")


def test_an_answer_for_any_country_does_not_name_one(content: Knowledge) -> None:
    anywhere = told(content, {"any": WORDS}, {"any": HAITI})

    said = answers.paragraph(anywhere, Question(TOPIC, "en", "HT"))

    assert (said.full[:12], said.short[:3]) == ("You need it.", "Pay")


def undated(**sources: str) -> dict[str, Any]:
    """The facts for Haiti from sources of these dates."""
    rows = {name: {"url": "https://example.org", "date": day} for name, day in sources.items()}
    return {**HAITI, "sources": rows}


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr", "pt"])
def test_an_answer_whose_sources_have_no_date_says_when_it_was_read(
    content: Knowledge, language: str
) -> None:
    variant = undated(new="undated", old="undated")
    here = told(content, {"HT": WORDS}, {"HT": variant}, language=language)

    said = answers.paragraph(here, Question(TOPIC, language, "HT"))

    confirm, more = "DIE, example.gouv.ht", content.languages[language].settings.more
    month = facts.date("2026-11", content.languages[language])
    full = content.phrase(language, "undated", month=month, confirm=confirm, more=more).full
    short = content.phrase(language, "undated", month="11/2026", confirm=confirm, more=more).short
    assert (said.full.endswith(full), said.short.endswith(short)) == (True, True)


def test_one_source_that_has_a_date_is_enough(content: Knowledge) -> None:
    here = told(content, {"HT": WORDS}, {"HT": undated(new="2026-01-06", old="undated")})

    assert answers.paragraph(here, Question(TOPIC, "en", "HT")).full.endswith(FOOT)


@pytest.mark.parametrize(
    ("placeholder", "expected"), [("fee", True), ("line", True), ("hubs", False), ("fe", False)]
)
def test_a_text_uses_a_placeholder_in_one_of_its_forms(placeholder: str, expected: bool) -> None:
    assert answers.uses(Text(**WORDS), placeholder) is expected


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        (
            "HT",
            (
                {"url": "https://example.org/new", "date": "2026-01-06"},
                {"url": "https://example.org/old", "date": "2023-02-24"},
            ),
        ),
        ("DO", ()),
        ("", ()),
    ],
)
def test_an_answer_names_its_sources(
    both: Knowledge, country: str, expected: tuple[dict[str, str], ...]
) -> None:
    assert answers.sources(both, TOPIC, country) == expected


@pytest.mark.parametrize(("topic", "country"), [(TOPIC, "DO"), ("documents.minor", "HT")])
def test_what_has_no_answer_has_no_sources(haiti: Knowledge, topic: str, country: str) -> None:
    assert answers.sources(haiti, topic, country) == ()


def test_only_topics_that_have_an_answer_come_next(content: Knowledge) -> None:
    topics = ["documents.minor", "documents.invented", "h2.cost"]
    answered = {TOPIC: Answer(next=topics, variants={}), "h2.cost": Answer(variants={})}

    following = answers.next_choices(replace(content, answers=answered), TOPIC, "en")

    assert following == (Choice(content.label("en", "h2.cost"), "h2.cost"),)


def test_what_comes_next_keeps_its_order(content: Knowledge) -> None:
    following = answers.next_choices(content, TOPIC, "ht")

    topics = [topic for topic in content.answers[TOPIC].next if topic in content.answers]
    assert [choice.payload for choice in following] == topics


def test_after_an_unknown_topic_nothing_comes_next(content: Knowledge) -> None:
    assert answers.next_choices(content, "documents.invented", "en") == ()


def test_an_answer_has_its_countries_in_the_order_of_the_programme(content: Knowledge) -> None:
    variants = dict.fromkeys(("any", "SV", "HT", "ZZ"), HAITI)
    answered = {TOPIC: Answer(variants=variants)}

    assert answers.countries_of(replace(content, answers=answered), TOPIC) == ["HT", "SV"]


def test_a_topic_without_an_answer_has_no_countries(content: Knowledge) -> None:
    assert answers.countries_of(content, "documents.invented") == []


@pytest.mark.parametrize("language", ["es", "ht", "en", "fr"])
def test_every_answer_can_be_put_together(content: Knowledge, language: str) -> None:
    asked = [
        Question(topic, language, "" if name == "any" else name)
        for topic, answer in content.answers.items()
        for name in answer.variants
    ]

    assert [x for x in asked if not answers.paragraph(content, x)] == []
