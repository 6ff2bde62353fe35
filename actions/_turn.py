"""What an action knows of the conversation at this moment, and how it says something.

The underscore: this is no action.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot import answers, contacts, dialogue, hubs, knowledge, settings
from bot.knowledge import Knowledge
from bot.model import Choice, Paragraph, Reply
from bot.schema import Forms

Events = list[dict[str, Any]]
LONGEST = 8  # choices of a list; 9 and 0 mean the menu and a person


@dataclass(frozen=True)
class Turn:
    """One message of a person, with what is remembered of the conversation.

    `countries` are those the message names, of the programme first. `point` is where they are
    (latitude, longitude), if they sent it: used now and never kept. `desk` is `open` or `closed`
    where people can take over, and nothing where nobody can.
    """

    knowledge: Knowledge
    text: str
    point: tuple[float, float] | None
    intent: str
    confidence: float
    ranking: dict[str, float]
    entities: dict[str, Any]
    countries: tuple[str, ...]
    language: str
    region: str
    slots: dict[str, Any]
    desk: str = ""

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """The turn that a tracker stands at."""
        content = knowledge.load(settings.load().knowledge)
        message = tracker.latest_message
        text = message.get("text") or ""
        metadata = message.get("metadata") or {}
        ranked = {x["name"]: float(x["confidence"]) for x in message.get("intent_ranking", [])}
        return cls(
            knowledge=content,
            text="" if text.startswith("/") else text,  # a command is ours, not the person's
            point=_point(metadata),
            intent=message["intent"].get("name") or "",
            confidence=float(message["intent"].get("confidence") or 0.0),
            ranking={name: chance for name, chance in ranked.items() if name in content.topics},
            entities=_entities(message.get("entities", [])),
            countries=_countries(content, message.get("entities", [])),
            language=metadata.get("language") or _language(content, tracker),
            region=metadata.get("region", ""),
            slots=dict(tracker.slots),
            desk=metadata.get("desk", ""),
        )

    @property
    def country(self) -> str:
        """The country the person named, now or before; nothing if never."""
        return str(next(iter(self.countries), "") or self.slots.get("country") or "")

    @property
    def settled(self) -> bool:
        """Whether the intent is certain: a command, a button or a number, and no guess."""
        return self.confidence == 1.0

    @property
    def asked(self) -> str:
        """The topic for which the country was asked with the last message."""
        return str(self.slots.get("asked") or "")

    def phrase(self, key: str, **values: object) -> Forms:
        """What the bot says for `key`, in the language of the turn."""
        return self.knowledge.phrase(self.language, key, **values)

    def paragraph(self, key: str, **values: object) -> Paragraph:
        """The same as a paragraph."""
        forms = self.phrase(key, **values)
        return Paragraph(full=forms.full, short=forms.short)

    def topic_choices(self, topics: list[str] | tuple[str, ...]) -> tuple[Choice, ...]:
        """Topics, or `group:…`, as choices."""
        label = self.knowledge.label
        return tuple(Choice(label(self.language, t.removeprefix("group:")), t) for t in topics)

    def person_choice(self) -> Choice:
        """The choice of a person instead of a machine."""
        return Choice(self.phrase("person").full, "meta.human")

    def country_choices(self, codes: list[str]) -> tuple[Choice, ...]:
        """Countries as choices: that of the number first, then those that speak the language.

        At most LONGEST: any other country can be written.
        """
        ordered = sorted(codes, key=lambda code: (code != self.region, not self._spoken_in(code)))
        name = self.knowledge.country_name
        shown = ordered[:LONGEST]
        return tuple(Choice(name(self.language, code), f"country:{code}") for code in shown)

    def _spoken_in(self, country: str) -> bool:
        return self.language in self.knowledge.countries[country].languages

    def with_(self, **changes: Any) -> Turn:
        """The same turn with something changed."""
        return replace(self, **changes)


def _language(content: Knowledge, tracker: Tracker) -> str:
    message = tracker.latest_message
    text = message.get("text") or ""
    heard = message.get("language") or {"name": "", "confidence": 0.0}
    command = text.startswith("/")  # a button: its words are ours
    return dialogue.language_of(
        content,
        dialogue.Heard(
            language="" if command else heard["name"],
            confidence=heard["confidence"],
            words=sum(any(map(str.isalpha, word)) for word in text.split()),
        ),
        remembered=tracker.slots.get("language") or "",
        region=(message.get("metadata") or {}).get("region", ""),
    )


def _countries(content: Knowledge, found: list[dict[str, Any]]) -> tuple[str, ...]:
    """The countries that are named; where one goes comes behind where one is from."""
    named = dict.fromkeys(str(x["value"]) for x in found if x["entity"] == "country")
    programme = content.programme_countries()
    return tuple(sorted(named, key=lambda code: code not in programme))


def _point(metadata: dict[str, Any]) -> tuple[float, float] | None:
    point = metadata.get("point")
    return (float(point[0]), float(point[1])) if point else None


def _entities(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The first value of each entity."""
    values: dict[str, Any] = {}
    for entity in found:
        values.setdefault(entity["entity"], entity["value"])
    return values


def say(dispatcher: CollectingDispatcher, turn: Turn, reply: Reply, **slots: Any) -> Events:
    """Sends a reply and returns what to remember.

    The first reply to a person begins with who we are; in danger that comes last.
    """
    reply = replace(
        reply, language=reply.language or turn.language, country=reply.country or turn.country
    )
    reply = _introduced(turn, reply)
    if reply.choices and not reply.choose:
        open_list = turn.phrase("open_list").full
        reply = replace(reply, choose=turn.phrase("choose").full, open_list=open_list)
    dispatcher.utter_message(
        text="\n\n".join(part.full for part in reply.paragraphs),
        buttons=[{"title": c.label, "payload": _rasa_payload(c)} for c in reply.choices],
        reply=reply.as_json(),
    )
    remembered: dict[str, Any] = {"language": reply.language, "greeted": True, "misses": 0}
    if not (turn.intent.startswith("meta.") and not reply.choices):
        # "Thank you" in the middle leaves open what was asked.
        remembered |= {"choices": [c.payload for c in reply.choices], "asked": None}
    return [SlotSet(name, value) for name, value in (remembered | slots).items()]


def _rasa_payload(choice: Choice) -> str:
    """What a button sends in Rasa's own shell."""
    return f'/choice{{"payload": "{choice.payload}"}}'


def _introduced(turn: Turn, reply: Reply) -> Reply:
    if turn.slots.get("greeted"):
        return reply
    codes = dialogue.greeting_languages(turn.knowledge, reply.language, turn.region)
    forms = [turn.knowledge.phrase(code, "intro") for code in codes]
    # In SMS one language, and the short form: every letter costs.
    first = [Paragraph(full="\n\n".join(x.full for x in forms), short=forms[0].short)]
    parts = (
        [*reply.paragraphs, *first] if "danger" in turn.entities else [*first, *reply.paragraphs]
    )
    return replace(reply, paragraphs=tuple(parts))


def answer(turn: Turn, topic: str, country: str, aspect: str = "") -> Reply | None:
    """The reply with the answer to a topic, or None where there is none for the country."""
    question = answers.Question(
        topic, turn.language, country, aspect, turn.text, turn.region, turn.point
    )
    paragraph = answers.paragraph(turn.knowledge, question)
    if paragraph is None:
        return None
    return Reply(
        paragraphs=(paragraph,),
        choices=answers.next_choices(turn.knowledge, topic, turn.language),
        prompt=turn.phrase("also").full,
        optional=True,
        topic=topic,
        confidence=turn.confidence,
        country=country,
        sources=answers.sources(turn.knowledge, topic, country),
        place=hubs.pin(turn.knowledge, _search(turn, country)) if topic == hubs.NEAREST else None,
        hub=hubs.shown(turn.knowledge, _search(turn, country)) if topic in hubs.SHOWING else "",
    )


def emergency(turn: Turn, country: str) -> Paragraph:
    """The numbers to call, of the country and of that of the person's number."""
    return contacts.first(turn.knowledge, turn.language, [country, turn.region])


def _search(turn: Turn, country: str) -> hubs.Search:
    return hubs.Search(turn.text, country, turn.region, turn.point)
