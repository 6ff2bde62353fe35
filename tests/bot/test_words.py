"""What a message holds: countries, aspects, danger, commands, in all languages at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge import Knowledge
from bot.text import normalise
from bot.words import Found, Lexicon


@pytest.fixture(scope="module")
def lexicon(content: Knowledge) -> Lexicon:
    """The lexicon of the real content."""
    return Lexicon.of(content)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Honduras", ("HN",)),
        ("¿y en Honduras?", ("HN",)),
        ("e nan Ondiras?", ("HN",)),
        ("and in honduras", ("HN",)),
        ("et au Honduras ?", ("HN",)),
        ("Haïti", ("HT",)),
        ("HAITI", ("HT",)),
        ("ayiti", ("HT",)),
        ("jaiti", ("HT",)),
        ("soy hondureña", ("HN",)),
        ("mwen se ayisyen", ("HT",)),
        ("la république dominicaine", ("DO",)),
        ("the Dominican Republic", ("DO",)),
        ("Sendomeng", ("DO",)),
        ("R.D.", ("DO",)),
        ("El Salvador", ("SV",)),
        ("Costa Rica y Panamá", ("CR", "PA")),
        ("Panamá o Costa Rica", ("PA", "CR")),
        ("de Guatemala a guate", ("GT",)),
        ("Etazini", ("US",)),
        ("please help us", ()),
        ("me salvaron", ()),
        ("", ()),
    ],
)
def test_countries_are_found_in_every_language(
    lexicon: Lexicon, said: str, expected: tuple[str, ...]
) -> None:
    assert lexicon.find(said).countries == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("¿cuánto cuesta?", ("cost",)),
        ("konbyen?", ("cost",)),
        ("how much", ("cost",)),
        ("combien ?", ("cost",)),
        ("cuánto tarda", ("time",)),
        ("konbyen tan", ("time",)),
        ("how long", ("time",)),
        ("combien de temps", ("time",)),
        ("qué papeles", ("papers",)),
        ("ki papye", ("papers",)),
        ("what papers", ("papers",)),
        ("quels papiers", ("papers",)),
        ("¿dónde?", ("where",)),
        ("ki kote", ("where",)),
        ("where", ("where",)),
        ("c'est où", ("where",)),
        ("pasos", ("steps",)),
        ("kijan pou m fè", ("steps",)),
        ("step by step", ("steps",)),
        ("comment faire", ("steps",)),
        ("mi hijo", ("child",)),
        ("pitit mwen", ("child",)),
        ("my child", ("child",)),
        ("mon enfant", ("child",)),
        ("cuánto cuesta y cuánto tarda", ("cost", "time")),
        ("cuánto cuesta y cuánto vale", ("cost",)),
        ("¿y son gratis?", ("cost",)),
        ("ils sont gratuits et son prix ?", ("cost",)),
        ("mi nombre", ()),
    ],
)
def test_parts_of_an_answer_are_found_in_every_language(
    lexicon: Lexicon, said: str, expected: tuple[str, ...]
) -> None:
    assert lexicon.find(said).aspects == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("¡Auxilio! estoy en peligro", "protection.emergency"),
        ("anmwe, mwen an danje", "protection.emergency"),
        ("I am in danger!!", "protection.emergency"),
        ("au secours, je suis en danger", "protection.emergency"),
        ("me quieren matar en Tapachula", "protection.emergency"),
        ("yo vle touye m", "protection.emergency"),
        ("they want to kill me", "protection.emergency"),
        ("ils veulent me tuer", "protection.emergency"),
        ("¿es peligroso el camino?", ""),
        ("quiero un pasaporte", ""),
    ],
)
def test_danger_is_found_in_every_language(lexicon: Lexicon, said: str, expected: str) -> None:
    assert lexicon.find(said).danger == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *((word, "meta.more") for word in ("MAS", "más", "PLIS", "MORE", "plus")),
        *((word, "meta.human") for word in ("persona", "moun", "PERSON", "personne", "0")),
        *((word, "meta.menu") for word in ("MENÚ", "meni", "menu", "9")),
        *((word, "meta.stop") for word in ("PARAR", "sispann", "Stop!", "arrêter")),
        *((word, "meta.delete_data") for word in ("borrar", "efase", "delete", "effacer")),
        *((word, "meta.greet") for word in ("hola", "bonjou", "hello", "bonjour")),
        *((word, "meta.thanks") for word in ("gracias", "mèsi", "thanks", "merci")),
        *((word, "yes") for word in ("sí", "wi", "yes", "oui")),
        *((word, "no") for word in ("no", "non", "nope")),
        ("no entiendo", "simpler"),
        ("mwen pa konprann", "simpler"),
        ("I don't understand", "simpler"),
        ("je ne comprends pas", "simpler"),
        ("la otra", "other"),
        ("lòt chwa a", "other"),
        ("the other one", "other"),
        ("lòt la", "other"),
        ("l'autre", "other"),
        ("stop the bus", ""),
        ("pasaporte", ""),
    ],
)
def test_a_whole_message_may_be_a_command(lexicon: Lexicon, said: str, expected: str) -> None:
    assert lexicon.find(said).command == expected


def test_the_word_that_brings_the_rest_is_a_command_in_every_language(
    content: Knowledge, lexicon: Lexicon
) -> None:
    words = [language.settings.more for language in content.languages.values()]

    assert {word: lexicon.find(word).command for word in words} == dict.fromkeys(
        words, "meta.more"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3", 3),
        (" 3. ", 3),
        ("12", 12),
        ("0", 0),
        ("la 3", 3),
        ("el 3", 3),
        ("opción 2", 2),
        ("opcion2", 2),
        ("número 4", 4),
        ("nimewo 4", 4),
        ("option 5", 5),
        ("number 5", 5),
        ("le 2", 2),
        ("no. 2", 2),
        ("n° 2", 2),
        ("#7", 7),
        ("opsyon 2", 2),
        ("chwa 2", 2),
        ("opção 3", 3),
        ("²", None),
        ("2 visas", None),
        ("pasaporte 2", None),
        ("123", None),
        ("3 4", None),
        ("tengo 3 hijos", None),
        ("tres", None),
        ("", None),
    ],
)
def test_a_number_picks_a_choice(lexicon: Lexicon, said: str, expected: int | None) -> None:
    assert lexicon.find(said).number == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("español", "es"),
        ("Kreyòl", "ht"),
        ("creole", "ht"),
        ("English", "en"),
        ("franse", "fr"),
        ("Français", "fr"),
        ("en francés", "fr"),
        ("hablo español en casa", ""),
    ],
)
def test_a_whole_message_may_be_a_language(lexicon: Lexicon, said: str, expected: str) -> None:
    assert lexicon.find(said).language == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("¿puede escribir en español por favor?", ["es"]),
        ("tanpri pale kreyòl avè m", ["ht"]),
        ("can you write in English", ["en"]),
        ("je voudrais parler en français", ["fr"]),
        ("no en inglés, en español; ¡español!", ["en", "es"]),
        ("change the language", []),
    ],
)
def test_languages_can_be_named_among_other_words(
    lexicon: Lexicon, said: str, expected: list[str]
) -> None:
    assert lexicon.languages_named(said) == expected


def test_every_language_is_known_by_its_own_name(content: Knowledge, lexicon: Lexicon) -> None:
    names = {code: language.settings.name for code, language in content.languages.items()}

    assert {code: lexicon.find(name).language for code, name in names.items()} == {
        code: code for code in names
    }


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Pasaporte", "documents.passport"),
        ("paspò", "documents.passport"),
        ("PASSPORT", "documents.passport"),
        ("Passeport", "documents.passport"),
        ("Documents", "group:documents"),
        ("H-2 visas", "group:h2"),
        ("my passport", ""),
    ],
)
def test_the_words_of_a_button_are_the_button(lexicon: Lexicon, said: str, expected: str) -> None:
    assert lexicon.find(said).payload == expected


def test_a_command_is_not_hidden_by_the_label_of_something_else(
    content: Knowledge, lexicon: Lexicon
) -> None:
    commands = lexicon.commands.keys() & lexicon.labels.keys()

    hidden = {x for x in commands if lexicon.labels[x].startswith("group:")}

    assert hidden == set()


@pytest.mark.parametrize(
    "said",
    [
        "¿y en Honduras?",
        "y cuánto cuesta allá?",
        "e nan Ondiras?",
        "konbyen?",
        "and in Honduras?",
        "how much is it there",
        "et au Honduras ?",
        "ça coûte combien ?",
    ],
)
def test_a_follow_up_holds_nothing_else(lexicon: Lexicon, said: str) -> None:
    assert lexicon.find(said).rest == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("pasaporte en Honduras", ("pasaporte",)),
        ("paspò an Ayiti", ("paspo",)),
        ("passport in Haiti", ("passport",)),
        ("combien coûte le passeport", ("passeport",)),
    ],
)
def test_what_is_asked_for_is_the_rest(
    lexicon: Lexicon, said: str, expected: tuple[str, ...]
) -> None:
    assert lexicon.find(said).rest == expected


def test_a_message_without_words_holds_nothing(lexicon: Lexicon) -> None:
    assert lexicon.find("😀 ?!") == Found()


def small(content: Knowledge, **tables: dict[str, dict[str, list[str]]]) -> Lexicon:
    """A lexicon of Spanish and Creole that have these tables only."""
    nothing = {"countries": {}, "aspects": {}, "danger": {}, "commands": {}, "fillers": []}
    languages = {
        code: replace(
            content.languages[code], **{**nothing, **{x: y[code] for x, y in tables.items()}}
        )
        for code in ("es", "ht")
    }
    return Lexicon.of(replace(content, languages=languages))


def test_where_two_languages_disagree_the_first_keeps_the_word(content: Knowledge) -> None:
    lexicon = small(content, commands={"es": {"yes": ["si"]}, "ht": {"no": ["si"]}})

    assert lexicon.find("si").command == "yes"


def test_the_longest_phrase_wins(content: Knowledge) -> None:
    words = {"cost": ["cuanto"], "time": ["cuanto tiempo"]}
    lexicon = small(content, aspects={"es": words, "ht": {}})

    assert lexicon.find("cuanto tiempo").aspects == ("time",)


def test_the_longest_phrase_has_six_words(content: Knowledge) -> None:
    lexicon = small(content, danger={"es": {"a.b": ["uno dos tres cuatro cinco seis"]}, "ht": {}})

    assert lexicon.find("y uno dos tres cuatro cinco seis y").danger == "a.b"


def test_no_phrase_of_the_content_is_longer_than_what_is_looked_for(lexicon: Lexicon) -> None:
    tables = (lexicon.countries, lexicon.aspects, lexicon.danger, lexicon.languages)

    assert [phrase for table in tables for phrase in table if len(phrase.split()) > 6] == []


def test_danger_is_found_also_where_a_country_has_the_same_words(content: Knowledge) -> None:
    lexicon = small(
        content,
        danger={"es": {"a.b": ["salvador ayuda"]}, "ht": {}},
        aspects={"es": {"cost": ["salvador"]}, "ht": {}},
    )

    assert lexicon.find("salvador ayuda").danger == "a.b"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("necesito mi pasaporte", ("documents:passport",)),
        ("batistè mwen", ("documents:birth_certificate",)),
        ("my birth certificate", ("documents:birth_certificate",)),
        ("une carte d'identité", ("documents:national_id",)),
        ("visa y pasaporte", ("documents:visa", "documents:passport")),
        ("pasaporte, paspò, passport", ("documents:passport",)),
        ("yon visa H-2A", ("documents:visa", "programmes:h2")),
        ("je parle", ()),
        ("", ()),
    ],
)
def test_documents_and_programmes_are_found_in_every_language(
    lexicon: Lexicon, said: str, expected: tuple[str, ...]
) -> None:
    assert lexicon.find(said).things == expected


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("pasaporte no, dui", "dui"),
        ("no pasaporte, sino el DUI", "el dui"),
        ("pa paspò a, men kat la", "kat la"),
        ("pa paspò a men kat la", "kat la"),
        ("not the passport but the id card", "the id card"),
        ("pas le passeport plutôt la carte d'identité", "la carte d identite"),
        ("no, la partida de nacimiento", "la partida de nacimiento"),
    ],
)
def test_what_is_only_ruled_out_is_not_asked(lexicon: Lexicon, said: str, asked: str) -> None:
    assert lexicon.question(said) == asked


@pytest.mark.parametrize(
    "said",
    [
        "no tengo pasaporte, ¿cómo lo saco?",
        "no puedo pagar la visa, ¿qué hago?",
        "no el pasaporte",
        "no",
        "pas de visa",
        "quiero la visa, pero también el pasaporte",
    ],
)
def test_a_denial_of_anything_else_is_part_of_the_question(lexicon: Lexicon, said: str) -> None:
    assert lexicon.question(said) == normalise(said)


def test_courtesy_and_what_is_ruled_out_both_go(lexicon: Lexicon) -> None:
    said = "Buenos días. Pasaporte no, la visa por favor. ¡Muchas gracias!"

    assert lexicon.question(said) == "la visa por favor"


@pytest.mark.parametrize(
    "said",
    [
        "¿cómo saco el pasaporte? ¿cuánto cuesta la visa?",
        "cómo saco el pasaporte. Cuánto cuesta la visa",
        "cómo saco el pasaporte\ncuánto cuesta la visa",
        "cómo saco el pasaporte y también cuánto cuesta la visa",
        "cómo saco el pasaporte ADEMÁS cuánto cuesta la visa",
        "hola, cómo saco el pasaporte? cuánto cuesta la visa, gracias",
        "cómo saco el pasaporte epi tou cuánto cuesta la visa",
        "cómo saco el pasaporte et aussi cuánto cuesta la visa",
        "cómo saco el pasaporte and also cuánto cuesta la visa",
    ],
)
def test_a_message_with_two_questions_is_parted(lexicon: Lexicon, said: str) -> None:
    assert lexicon.questions(said) == ["como saco el pasaporte", "cuanto cuesta la visa"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "¿cómo saco el pasaporte?",
        "la visa y el pasaporte",
        "¿cómo saco el pasaporte? gracias",
        "hola. ¿cómo saco el pasaporte?",
        "uno dos tres. cuatro cinco seis. siete ocho nueve. diez once doce",
    ],
)
def test_what_is_one_question_or_a_story_is_not(lexicon: Lexicon, said: str) -> None:
    assert lexicon.questions(said) == []
