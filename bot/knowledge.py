"""Loads the content and finds answers, phrases and names in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot import places, schema, yaml_file
from bot.desk import desk_rules
from bot.errors import ContentError
from bot.schema import ANY, Forms
from bot.text import normalise

if TYPE_CHECKING:
    from bot.counts.common_words import Sieve

T = TypeVar("T")
_Commands = dict[str, list[str] | dict[str, list[str]]]


@dataclass(frozen=True)
class Language:
    """One folder under `languages/`."""

    code: str
    settings: schema.LanguageSettings
    phrases: dict[str, schema.Phrase]
    labels: schema.Labels
    countries: dict[str, schema.CountryName]
    commands: dict[str, list[str]]
    language_commands: dict[str, list[str]]
    aspects: dict[str, list[str]]
    fillers: list[str]
    denials: list[str]
    joiners: list[str]
    contrasts: list[str]
    numbers: list[str]
    things: dict[str, dict[str, list[str]]]
    danger: dict[str, list[str]]
    pages: dict[str, Any]
    texts: dict[str, dict[str, schema.Text]]
    glossary: dict[str, schema.TermText]
    terms: list[schema.Word]


@dataclass(frozen=True)
class Knowledge:
    """All content, as it stands in the files."""

    topics: dict[str, str]
    countries: dict[str, schema.Country]
    contacts: list[schema.Contact]
    hubs: list[schema.Hub]
    named_places: list[schema.NamedPlace]
    not_places: list[list[str]]
    glossary: dict[str, schema.Term]
    answers: dict[str, schema.Answer]
    aspects: dict[str, dict[str, str]]
    desk: desk_rules.Desk
    languages: dict[str, Language]
    faults: list[str] = field(default_factory=list)

    @property
    def unread(self) -> set[str]:
        """The files that have a fault of form."""
        return {fault.split(": ", 1)[0] for fault in self.faults}

    @cached_property
    def hub_places(self) -> dict[str, set[str]]:
        """Each name of a town that has hubs, in normal form, and the ids of its hubs."""
        places: dict[str, set[str]] = {}
        for hub in self.hubs:
            for name in (hub.city, *hub.aliases):
                places.setdefault(normalise(name), set()).add(hub.id)
        return places

    @cached_property
    def gazetteer(self) -> places.Gazetteer:
        """The towns and border posts by name. The first use takes two seconds."""
        return places.gazetteer(self)

    @cached_property
    def sieve(self) -> Sieve:
        """What is left out of messages before words that recur are looked for."""
        from bot.counts.common_words import Sieve  # here: it reads content itself

        return Sieve.of(self)

    @cached_property
    def terms(self) -> dict[str, str]:
        """The id of each word of the glossary by every way to write it, in normal form."""
        ways: dict[str, str] = {}
        for language in self.languages.values():
            for term, text in language.glossary.items():
                for way in (text.term, *text.aliases):
                    ways.setdefault(normalise(way), term)
        ways.pop("", None)
        return ways

    def term(self, language: str, term: str) -> schema.TermText:
        """A word of the glossary in a language, or its fallback."""
        return next(x.glossary[term] for x in self._chain(language) if term in x.glossary)

    def phrase(self, language: str, key: str, **values: object) -> Forms:
        """What the bot says for `key`, filled in. Falls back along the languages."""
        phrase = next(
            tongue.phrases[key] for tongue in self._chain(language) if key in tongue.phrases
        )
        if isinstance(phrase, dict):
            raise TypeError(f"phrase {key} is a table of words; use `words`")
        forms = phrase if isinstance(phrase, Forms) else Forms(short=phrase, full=phrase)
        return Forms(short=forms.short.format(**values), full=forms.full.format(**values))

    def words(self, language: str, key: str) -> dict[str, str]:
        """A table of words, as `contact` or `days`."""
        table = next(
            tongue.phrases[key] for tongue in self._chain(language) if key in tongue.phrases
        )
        if not isinstance(table, dict):
            raise TypeError(f"phrase {key} is a text; use `phrase`")
        return table

    def page_words(self, language: str) -> dict[str, Any]:
        """The words of the pages; what a language lacks comes from its fallbacks."""
        words: dict[str, Any] = {}
        for tongue in self._chain(language):
            words = _over(tongue.pages, words)
        return words

    def label(self, language: str, topic: str) -> str:
        """The button label of a topic or of a group of topics."""
        for tongue in self._chain(language):
            found = tongue.labels.topics.get(topic) or tongue.labels.groups.get(topic)
            if found:
                return found
        return topic

    def country_name(self, language: str, country: str) -> str:
        """The name of a country, or its code where no language has a name."""
        for tongue in self._chain(language):
            if country in tongue.countries:
                return tongue.countries[country].name
        return country

    def country_inside(self, language: str, country: str) -> str:
        """Where somebody is who is in a country: "in Haiti"."""
        for tongue in self._chain(language):
            if country in tongue.countries:
                return tongue.countries[country].inside
        return country

    def text(self, topic: str, variant: str, language: str) -> tuple[schema.Text, str] | None:
        """The words of an answer and their language: the one asked for, or a fallback."""
        for tongue in self._chain(language):
            text = tongue.texts.get(topic, {}).get(variant)
            if text:
                return text, tongue.code
        return None

    def group(self, group: str) -> list[str]:
        """The topic ids of a group, in the order of the catalogue."""
        return [topic for topic in self.topics if topic.startswith(f"{group}.")]

    def groups(self) -> list[str]:
        """The groups of the catalogue, in order."""
        return list(dict.fromkeys(topic.split(".")[0] for topic in self.topics))

    def programme_countries(self) -> list[str]:
        """The countries in which the programme works, in the order of `countries.yml`."""
        return [code for code, country in self.countries.items() if country.programme]

    def country_language(self, country: str) -> str:
        """The likeliest language of a country that we speak; of an unknown one our first."""
        known = self.countries.get(country)
        likely = known.languages if known else []
        return next(
            (code for code in likely if code in self.languages), next(iter(self.languages))
        )

    def variant_for(self, topic: str, country: str) -> str | None:
        """The variant of an answer that holds for a country, or None where there is none."""
        answer = self.answers.get(topic)
        if answer is None:
            return None
        return next((v for v in (country, ANY) if v in answer.variants), None)

    def _chain(self, language: str) -> Iterator[Language]:
        """The language itself, its fallbacks, then all the others: the last resort is any text."""
        seen: list[str] = []
        code = language
        while code in self.languages and code not in seen:
            seen.append(code)
            yield self.languages[code]
            code = self.languages[code].settings.fallback
        yield from (tongue for c, tongue in self.languages.items() if c not in seen)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Words over the words of a fallback, also within their groups."""
    both = {key for key in below if isinstance(below[key], dict) and key in above}
    return {**below, **above, **{key: _over(below[key], above[key]) for key in both}}


@lru_cache(maxsize=4)
def load(folder: Path) -> Knowledge:
    """The content of a folder. Raises ContentError with every fault of form at once."""
    knowledge = read(folder)
    if knowledge.faults:
        raise ContentError(knowledge.faults)
    return knowledge


def read(folder: Path) -> Knowledge:
    """The content of a folder as far as it can be read; what cannot is in `faults`."""
    return _Reader(folder).knowledge()


class _Reader:
    """Reads the files of one content folder and gathers the faults."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def knowledge(self) -> Knowledge:
        catalogue = self._parse("topics.yml", dict[str, dict[str, str]]) or {}
        topics = {f"{g}.{t}": text for g, items in catalogue.items() for t, text in items.items()}
        return Knowledge(
            topics=topics,
            countries=self._parse("countries.yml", dict[str, schema.Country]) or {},
            contacts=self._parse("contacts.yml", list[schema.Contact]) or [],
            hubs=self._parse("hubs.yml", list[schema.Hub]) or [],
            named_places=self._parse("places.yml", list[schema.NamedPlace]) or [],
            not_places=self._parse("not_places.yml", list[list[str]]) or [],
            glossary=self._parse("glossary.yml", dict[str, schema.Term]) or {},
            answers=self._folder("answers", schema.Answer),
            aspects=self._parse("aspects.yml", dict[str, dict[str, str]]) or {},
            desk=self._parse("desk.yml", desk_rules.Desk) or desk_rules.NOBODY,
            languages=self._languages(),
            faults=self.faults,
        )

    def _languages(self) -> dict[str, Language]:
        folders = sorted(path for path in (self.folder / "languages").glob("*") if path.is_dir())
        languages = [language for path in folders if (language := self._language(path.name))]
        return {x.code: x for x in sorted(languages, key=lambda x: x.settings.order)}

    def _language(self, code: str) -> Language | None:
        base = f"languages/{code}"
        settings = self._parse(f"{base}/language.yml", schema.LanguageSettings)
        labels = self._parse(f"{base}/topics.yml", schema.Labels)
        commands: dict[str, Any] = self._parse(f"{base}/commands.yml", _Commands) or {}
        aspects = self._parse(f"{base}/aspects.yml", dict[str, list[str]]) or {}
        rest = dict(
            phrases=self._parse(f"{base}/phrases.yml", dict[str, schema.Phrase]) or {},
            countries=self._parse(f"{base}/countries.yml", dict[str, schema.CountryName]) or {},
            language_commands=commands.pop("language", {}),
            commands=commands,
            fillers=aspects.pop("fillers", []),
            denials=aspects.pop("denials", []),
            joiners=aspects.pop("joiners", []),
            contrasts=aspects.pop("contrasts", []),
            numbers=aspects.pop("numbers", []),
            things=self._parse(f"{base}/things.yml", dict[str, dict[str, list[str]]]) or {},
            aspects=aspects,
            danger=self._parse(f"{base}/danger.yml", dict[str, list[str]]) or {},
            pages=self._pages(base),
            texts=self._folder(f"{base}/answers", dict[str, schema.Text]),
            glossary=self._parse(f"{base}/glossary.yml", dict[str, schema.TermText]) or {},
            terms=self._parse(f"{base}/terms.yml", list[schema.Word]) or [],
        )
        if settings is None or labels is None:
            return None
        return Language(code=code, settings=settings, labels=labels, **rest)

    def _pages(self, base: str) -> dict[str, Any]:
        """The words of `pages.yml`, and of each file in `pages/` under the file's name."""
        words: dict[str, Any] = self._parse(f"{base}/pages.yml", dict[str, Any]) or {}
        for path in sorted((self.folder / base / "pages").glob("*.yml")):
            words[path.stem] = self._parse(f"{base}/pages/{path.name}", dict[str, Any]) or {}
        return words

    def _folder(self, folder: str, shape: type[T]) -> dict[str, T]:
        """topic → content, for each `<group>/<topic>.yml` below a folder."""
        paths = sorted((self.folder / folder).glob("*/*.yml"))
        names = {f"{path.parent.name}.{path.stem}": path for path in paths}
        parsed = {
            topic: self._parse(str(path.relative_to(self.folder)), shape)
            for topic, path in names.items()
        }
        return {topic: content for topic, content in parsed.items() if content is not None}

    def _parse(self, name: str, shape: type[T]) -> T | None:
        """One file in its shape, or None and a fault."""
        shown = f"{self.folder.name}/{name}"
        return yaml_file.read(self.folder / name, shown, shape, self.faults)
