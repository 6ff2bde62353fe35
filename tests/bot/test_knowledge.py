"""Loading the content, and finding answers, phrases and names in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot import knowledge, schema
from bot.errors import ContentError
from bot.knowledge import Knowledge, Language
from bot.schema import Forms
from tests.bot.conftest import GONE, PASSPORT, Copy


def changed(content: Knowledge, code: str, **changes: Any) -> Knowledge:
    """The content with something changed in one language."""
    language = replace(content.languages[code], **changes)
    return replace(content, languages={**content.languages, code: language})


def without(table: dict[str, Any], key: str) -> dict[str, Any]:
    """The table without a key."""
    return {name: value for name, value in table.items() if name != key}


def lacking(content: Knowledge, key: str, *codes: str) -> Knowledge:
    """The content without a phrase in some languages."""
    for code in codes:
        phrases = without(content.languages[code].phrases, key)
        content = changed(content, code, phrases=phrases)
    return content


def test_the_real_content_can_be_loaded(content: Knowledge) -> None:
    assert content.faults == []


def test_languages_come_in_their_own_order(content: Knowledge) -> None:
    orders = [language.settings.order for language in content.languages.values()]

    assert orders == sorted(orders)


def test_our_four_whole_languages_come_first(content: Knowledge) -> None:
    whole = [code for code, x in content.languages.items() if not x.settings.partial]

    assert whole == list(content.languages)[: len(whole)] == ["es", "ht", "en", "fr"]


def test_a_topic_is_named_by_its_group_and_itself(content: Knowledge) -> None:
    assert content.topics["documents.passport"] == "get or renew a passport"


def test_the_same_folder_is_read_once(copied: Copy) -> None:
    assert knowledge.load(copied.knowledge) is knowledge.load(copied.knowledge)


def write(copied: Copy, file: str, text: str | bytes) -> list[str]:
    """Writes a file and returns the faults of form."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    (copied.knowledge / file).write_bytes(data)
    return knowledge.read(copied.knowledge).faults


@pytest.mark.parametrize(
    "value",
    [
        *("no", "yes", "on", "off", "n", "true", "null", "~"),
        *("0800", "1_000", "1e3", "0x10", ".5", "12:30", "2026", "2026-11", "2026-01-06"),
    ],
)
def test_every_value_stays_the_text_that_was_written(copied: Copy, value: str) -> None:
    write(copied, "aspects.yml", f"h2:\n  cost: {value}\n")

    assert knowledge.read(copied.knowledge).aspects == {"h2": {"cost": value}}


@pytest.mark.parametrize("key", ["no", "on", "0800", "2026-11"])
def test_every_key_stays_the_text_that_was_written(copied: Copy, key: str) -> None:
    write(copied, "aspects.yml", f"{key}: {{cost: h2.cost}}\n")

    assert knowledge.read(copied.knowledge).aspects == {key: {"cost": "h2.cost"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", "`a` stands here twice; keep one", id="a key twice"),
        pytest.param("a: {b: 1, b: 2}\n", "`b` stands here twice; keep one", id="a key in braces"),
        pytest.param("h2: {'cost: h2.cost}\n", "line ", id="a quote without its partner"),
        pytest.param("h2:\n  cost: a\n where: b\n", "line 3: ", id="a wrong indent"),
        pytest.param("h2: {a: b}: c\n", "line 1: ", id="a colon too many"),
        pytest.param("{a: b}: c\n", "line 1: ", id="a key that is no word"),
        pytest.param("h2: \x07\n", "control characters are not allowed", id="a control character"),
        pytest.param(b"h2: caf\xe9\n", "is not UTF-8 text; save it as UTF-8", id="Latin-1"),
        pytest.param("h2: x".encode("utf-16"), "is not UTF-8 text", id="UTF-16"),
        pytest.param("h2: [a]\n", "h2: value is not a valid dict", id="a list for a table"),
        pytest.param("", "none is not an allowed value", id="nothing"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(
    copied: Copy, text: str | bytes, expected: str
) -> None:
    faults = write(copied, "aspects.yml", text)

    assert [(x.split(": ")[0], expected in x) for x in faults] == [("knowledge/aspects.yml", True)]


def test_a_byte_order_mark_does_no_harm(copied: Copy) -> None:
    assert write(copied, "aspects.yml", "\ufeffh2: {cost: h2.cost}\n") == []


def test_lines_may_end_as_on_windows(copied: Copy) -> None:
    write(copied, "aspects.yml", "h2:\r\n  cost: h2.cost\r\n")

    assert knowledge.read(copied.knowledge).aspects == {"h2": {"cost": "h2.cost"}}


@pytest.mark.parametrize(
    "file",
    [
        *("topics.yml", "countries.yml", "contacts.yml", "hubs.yml", "aspects.yml"),
        *("places.yml", "not_places.yml", "glossary.yml"),
        *(f"languages/ht/{name}.yml" for name in ("language", "topics", "commands", "aspects")),
        *(f"languages/ht/{name}.yml" for name in ("phrases", "countries", "danger", "pages")),
        *(f"languages/ht/{name}.yml" for name in ("things", "glossary", "terms")),
    ],
)
def test_a_file_that_is_missing_is_one_fault(copied: Copy, file: str) -> None:
    (copied.knowledge / file).unlink()

    said = f"knowledge/{file}: is missing; create it (knowledge/README.md says how)"
    assert knowledge.read(copied.knowledge).faults == [said]


@pytest.mark.parametrize("key", ["meta.stop", "language"])
def test_a_command_that_is_no_list_is_a_fault(copied: Copy, key: str) -> None:
    copied.put("languages/en/commands.yml", (key,), "stop")

    faults = knowledge.read(copied.knowledge).faults

    assert {fault.split(": ")[0] for fault in faults} == {"knowledge/languages/en/commands.yml"}


def test_every_fault_of_form_is_named_at_once(copied: Copy) -> None:
    copied.put("hubs.yml", (0, "date"), GONE)
    copied.put("contacts.yml", (1, "kind"), GONE)
    (copied.knowledge / "aspects.yml").unlink()

    with pytest.raises(ContentError) as caught:
        knowledge.load(copied.knowledge)

    assert caught.value.faults == [
        "knowledge/contacts.yml: 1.kind: field required",
        "knowledge/hubs.yml: 0.date: field required",
        "knowledge/aspects.yml: is missing; create it (knowledge/README.md says how)",
    ]


def test_every_fault_of_one_file_is_named_at_once(copied: Copy) -> None:
    copied.put("hubs.yml", (0, "date"), GONE)
    copied.put("hubs.yml", (2, "city"), GONE)

    assert knowledge.read(copied.knowledge).faults == [
        "knowledge/hubs.yml: 0.date: field required",
        "knowledge/hubs.yml: 2.city: field required",
    ]


def test_every_fault_of_a_language_is_named_at_once(copied: Copy) -> None:
    copied.put("languages/en/language.yml", ("more",), GONE)
    copied.put("languages/en/countries.yml", ("HT", "name"), GONE)

    assert knowledge.read(copied.knowledge).faults == [
        "knowledge/languages/en/language.yml: more: field required",
        "knowledge/languages/en/countries.yml: HT.name: field required",
    ]


def test_what_is_wrong_in_one_file_does_not_hide_the_others(copied: Copy) -> None:
    copied.put(PASSPORT, ("variants", "HT", "verified"), GONE)

    answers = knowledge.read(copied.knowledge).answers

    assert ("documents.passport" in answers, "documents.minor" in answers) == (False, True)


def test_a_content_error_has_one_line_for_each_fault() -> None:
    assert str(ContentError(["a: b", "c: d"])) == "a: b\nc: d"


def test_a_phrase_is_filled_in(content: Knowledge) -> None:
    said = changed(content, "en", phrases={"a": "For {country}."})

    assert said.phrase("en", "a", country="Haiti") == Forms(short="For Haiti.", full="For Haiti.")


def test_a_phrase_may_have_a_form_of_its_own_for_sms(content: Knowledge) -> None:
    said = changed(content, "en", phrases={"a": Forms(short="{x}", full="It is {x}.")})

    assert said.phrase("en", "a", x=3) == Forms(short="3", full="It is 3.")


@pytest.mark.parametrize(
    ("missing_in", "expected"),
    [
        pytest.param([], "ht", id="its own"),
        pytest.param(["ht"], "fr", id="the fallback of Creole"),
        pytest.param(["ht", "fr"], "en", id="the fallback of French"),
        pytest.param(["ht", "fr", "en"], "es", id="the fallback of English"),
    ],
)
def test_a_missing_phrase_falls_back_along_the_languages(
    content: Knowledge, missing_in: list[str], expected: str
) -> None:
    said = lacking(content, "also", *missing_in).phrase("ht", "also").full

    assert said == content.languages[expected].phrases["also"]


def test_fallbacks_that_go_in_a_circle_reach_the_other_languages(content: Knowledge) -> None:
    # Spanish and English fall back on each other; only French has the phrase.
    said = lacking(content, "also", "es", "en", "ht").phrase("es", "also").full

    assert said == content.languages["fr"].phrases["also"]


def test_a_language_that_we_do_not_speak_is_answered_in_the_first(content: Knowledge) -> None:
    assert content.phrase("zz", "also") == content.phrase("es", "also")


def test_a_table_of_words_falls_back(content: Knowledge) -> None:
    said = lacking(content, "days", "ht").words("ht", "days")

    assert said == content.languages["fr"].phrases["days"]


@pytest.mark.parametrize(("ask", "key"), [("phrase", "days"), ("words", "also")])
def test_a_text_and_a_table_are_not_mistaken_for_each_other(
    content: Knowledge, ask: str, key: str
) -> None:
    with pytest.raises(TypeError, match=f"phrase {key} is a "):
        getattr(content, ask)("en", key)


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("en", "documents.passport", "Passport"),
        ("en", "documents", "Documents"),
        ("en", "documents.invented", "documents.invented"),
    ],
)
def test_topics_and_groups_have_labels(
    content: Knowledge, language: str, name: str, expected: str
) -> None:
    assert content.label(language, name) == expected


def test_a_missing_label_falls_back(content: Knowledge) -> None:
    empty = schema.Labels(groups={}, topics={})

    said = changed(content, "ht", labels=empty).label("ht", "documents.passport")

    assert said == content.label("fr", "documents.passport")


@pytest.mark.parametrize(
    ("language", "country", "expected"),
    [("en", "HT", "Haiti"), ("ht", "HT", "Ayiti"), ("es", "BZ", "Belice"), ("en", "ZZ", "ZZ")],
)
def test_countries_have_names(
    content: Knowledge, language: str, country: str, expected: str
) -> None:
    assert content.country_name(language, country) == expected


def test_a_missing_name_of_a_country_falls_back(content: Knowledge) -> None:
    assert changed(content, "ht", countries={}).country_name("ht", "HT") == "Haïti"


def test_a_text_says_in_which_language_it_is(content: Knowledge) -> None:
    own = content.languages["ht"].texts["documents.passport"]["HT"]

    assert content.text("documents.passport", "HT", "ht") == (own, "ht")


def test_a_missing_text_comes_from_the_fallback_and_says_so(content: Knowledge) -> None:
    french = content.languages["fr"].texts["documents.passport"]["HT"]

    said = changed(content, "ht", texts={}).text("documents.passport", "HT", "ht")

    assert said == (french, "fr")


def test_a_text_that_no_language_has_is_none(content: Knowledge) -> None:
    assert content.text("documents.passport", "ZZ", "en") is None


SEEKER = {
    "ht": schema.TermText(term="Moun k ap mande azil", aliases=["azilan"], text="..."),
    "fr": schema.TermText(term="Demandeur d'asile", aliases=["AZILAN", ""], text="..."),
}


def with_seeker(content: Knowledge, *codes: str) -> Knowledge:
    """The content with one word in its glossary, in these languages."""
    for code in content.languages:
        glossary = {"seeker": SEEKER[code]} if code in codes else {}
        content = changed(content, code, glossary=glossary)
    return content


@pytest.mark.parametrize(("codes", "expected"), [(("ht", "fr"), "ht"), (("fr",), "fr")])
def test_a_word_of_the_glossary_falls_back(
    content: Knowledge, codes: tuple[str, ...], expected: str
) -> None:
    assert with_seeker(content, *codes).term("ht", "seeker") == SEEKER[expected]


def test_a_word_of_the_glossary_has_every_way_to_write_it(content: Knowledge) -> None:
    ways = dict.fromkeys(("moun k ap mande azil", "azilan", "demandeur d asile"), "seeker")

    assert with_seeker(content, "ht", "fr").terms == ways


def test_every_name_of_a_town_leads_to_its_hubs(content: Knowledge) -> None:
    one = content.hubs[0].copy(
        update={"id": "a", "city": "Limón", "aliases": ["LIMON", "Límon 2"]}
    )
    two = one.copy(update={"id": "b", "aliases": []})

    places = replace(content, hubs=[one, two]).hub_places

    assert places == {"limon": {"a", "b"}, "limon 2": {"a"}}


def test_the_words_of_a_language_are_kept_apart_from_its_aspects(copied: Copy) -> None:
    words = ("fillers", "denials", "joiners", "contrasts", "numbers")
    for name in words:
        copied.put("languages/en/aspects.yml", (name,), [f"the {name}"])

    english = knowledge.read(copied.knowledge).languages["en"]

    assert [getattr(english, name) for name in words] == [[f"the {name}"] for name in words]
    assert set(words) & set(english.aspects) == set()


def test_the_words_of_a_page_may_have_a_file_of_their_own(copied: Copy) -> None:
    copied.put("languages/en/pages/ours.yml", ("hello",), "Hello")

    words = knowledge.read(copied.knowledge).page_words("en")
    assert (words["ours"], words["send"]) == ({"hello": "Hello"}, "Send")


def test_a_word_within_a_group_of_the_pages_comes_from_the_fallback(content: Knowledge) -> None:
    pages = content.languages["ht"].pages
    lacking = {**pages, "staff": without(pages["staff"], "sign_in")}

    words = changed(content, "ht", pages=lacking).page_words("ht")
    assert words["staff"] == {
        **pages["staff"],
        "sign_in": content.languages["fr"].pages["staff"]["sign_in"],
    }


def test_a_word_of_the_pages_that_is_missing_comes_from_the_fallback(content: Knowledge) -> None:
    pages = without(content.languages["ht"].pages, "send")

    words = changed(content, "ht", pages=pages).page_words("ht")

    assert words == {
        **content.languages["ht"].pages,
        "send": content.languages["fr"].pages["send"],
    }


@pytest.fixture
def small(content: Knowledge) -> Knowledge:
    """A catalogue of four topics."""
    names = ("documents.passport", "h2.cost", "documents.minor", "meta.menu")
    return replace(content, topics=dict.fromkeys(names, ""))


def test_groups_come_in_the_order_of_the_catalogue(small: Knowledge) -> None:
    assert small.groups() == ["documents", "h2", "meta"]


def test_a_group_has_its_topics_in_order(small: Knowledge) -> None:
    assert small.group("documents") == ["documents.passport", "documents.minor"]


def test_the_programme_works_in_some_countries_only(content: Knowledge) -> None:
    countries = {
        code: schema.Country(languages=[], programme=programme)
        for code, programme in (("MX", True), ("US", False), ("HT", True))
    }

    assert replace(content, countries=countries).programme_countries() == ["MX", "HT"]


@pytest.mark.parametrize(
    ("country", "expected"), [("HT", "ht"), ("BZ", "en"), ("MX", "es"), ("ZZ", "es"), ("", "es")]
)
def test_a_country_has_a_likeliest_language(
    content: Knowledge, country: str, expected: str
) -> None:
    assert content.country_language(country) == expected


def test_the_likeliest_language_is_one_that_we_speak(content: Knowledge) -> None:
    french: dict[str, Language] = {"fr": content.languages["fr"]}

    assert replace(content, languages=french).country_language("HT") == "fr"


@pytest.mark.parametrize(
    ("topic", "country", "expected"),
    [
        ("hubs.nearest", "DO", "DO"),
        ("hubs.nearest", "HT", "any"),
        ("hubs.nearest", "", "any"),
        ("documents.passport", "HT", "HT"),
        ("documents.passport", "ZZ", None),
        ("documents.passport", "", None),
        ("documents.invented", "HT", None),
    ],
)
def test_an_answer_has_a_variant_for_a_country_or_for_any(
    content: Knowledge, topic: str, country: str, expected: str | None
) -> None:
    assert content.variant_for(topic, country) == expected
