"""What the desk shows of a hand-over and of a conversation, in the operator's language."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from starlette.requests import Request

from bot import knowledge
from bot.desk.cases import Case
from bot.desk.reach import Reach
from bot.desk.transcript import Line
from bot.knowledge import Knowledge
from bot.pages import access, language
from bot.staff.accounts import User

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
SHOWS = ("all", "waiting", "mine", "teams")


@dataclass(frozen=True)
class View:
    """Who looks, in which language, at which content.

    `words` are those of the desk, `reasons` those for what did not arrive; `names` of accounts.
    """

    content: Knowledge
    language: str
    user: User
    words: dict[str, Any]
    reasons: dict[str, str]
    names: dict[int, str]

    def age(self, seconds: float) -> str:
        """`12 min`, `3 h 5 min`, `2 days`."""
        ages, minutes = self.words["age"], int(max(0.0, seconds) // MINUTE)
        if minutes < 1:
            return str(ages["now"])
        if seconds < HOUR:
            return str(ages["minutes"]).format(number=minutes)
        if seconds < 2 * DAY:
            return str(ages["hours"]).format(hours=minutes // 60, minutes=minutes % 60)
        return str(ages["days"]).format(number=int(seconds // DAY))

    def tongue(self, code: str) -> str:
        """The name of the language of a person, as it calls itself."""
        found = self.content.languages.get(code)
        return found.settings.name if found else code

    def country(self, code: str) -> str:
        """The name of a country, or the words for one that is not known."""
        known = self.content.country_name(self.language, code) if code else ""
        return known or str(self.words["unknown_country"])

    def topic(self, topic: str) -> str:
        """The label of a topic, or the words for none."""
        return self.content.label(self.language, topic) or str(self.words["unknown_topic"])

    def choice(self, payload: str) -> str:
        """What a person tapped, in words."""
        kind, _, value = payload.partition(":")
        if kind == "country" and value:
            return self.country(value)
        return self.tongue(value) if kind == "language" and value else self.topic(payload)

    def holder(self, case: Case) -> str:
        """Who has a conversation."""
        if case.operator == self.user.id:
            return str(self.words["with_you"])
        name = self.names.get(case.operator or 0, "")
        return str(self.words["with"]).format(name=name) if name else ""

    def mine(self, case: Case) -> bool:
        """Whether the one who looks has the conversation."""
        return case.state == "taken" and case.operator == self.user.id


def of(request: Request, names: dict[int, str]) -> View:
    """The view of the one who asks. `names` are those of the accounts."""
    content = knowledge.load(access.settings(request).knowledge)
    user: User = request.state.user
    code = language.chosen(request, content, user.language)
    words = content.page_words(code)
    return View(content, code, user, words["desk"], words["delivery"], names)


def shown(view: View, cases: list[Case], show: str) -> list[dict[str, Any]]:
    """The rows of the queue, in its order, that a filter lets through."""
    return [row(view, case) for case in cases if _wanted(view, case, show)]


def _wanted(view: View, case: Case, show: str) -> bool:
    if show == "waiting":
        return case.state == "waiting"
    if show == "mine":
        return view.mine(case)
    if show == "teams":
        return not case.team or case.team in view.user.teams
    return True


def row(view: View, case: Case) -> dict[str, Any]:
    """One hand-over: labels for what the table has as codes."""
    answered_at = case.operator_at or case.taken_at or case.began_at
    since = case.began_at if case.state == "waiting" else case.person_at
    words = view.words["waits" if case.state == "waiting" else "wrote"]
    labels = {"language": view.tongue(case.language), "country": view.country(case.country)}
    return {
        "case": case,
        **labels,
        "channel": view.words["channels"].get(case.channel, case.channel),
        "topic": view.topic(case.topic) if case.topic else view.words["unknown_topic"],
        "why": view.words["why"].get(case.why, case.why),
        "holder": view.holder(case),
        "team": view.content.desk.team_names().get(case.team, case.team),
        "since": words.format(time=view.age(time.time() - since)),
        "new": view.mine(case) and case.person_at > answered_at,
        "said": view.words["urgent_now"].format(name=case.alias, **labels),
    }


def line(view: View, said: Line) -> dict[str, Any]:
    """One line of the transcript with its words."""
    words = view.words
    delivery = "again" if said.reason == "again" else said.delivery
    return {
        "line": said,
        "who": _who(view, said),
        "kind": words["kinds"].get(said.kind, "") if said.kind != "text" else "",
        "choice": words["said_choice"].format(choice=view.choice(said.choice))
        if said.choice
        else "",
        "choices": words["choices"].format(choices=" · ".join(said.choices))
        if said.choices
        else "",
        "topic": view.topic(said.topic) if said.topic and said.who == "bot" else "",
        "delivery": words["delivery"].get(delivery, "") if delivery else "",
        "reason": view.reasons.get(said.reason, "") if said.delivery == "failed" else "",
        "clock": datetime.fromtimestamp(said.at, timezone.utc),
    }


def _who(view: View, said: Line) -> str:
    if said.who == "note":
        return f"{view.words['note']}, {said.name}"
    if said.who == "operator":
        return said.name + (f" ({view.words['you']})" if said.name == view.user.name else "")
    return str(view.words[said.who])


def warnings(view: View, case: Case, reach: Reach) -> list[tuple[str, str]]:
    """What stands between the operator and the person: a class and the words."""
    words = view.words
    if reach.erased:
        return [("warn", words["address_erased"])]
    if reach.stopped:
        return [("warn", words["blocked" if reach.stopped == "blocked" else "silence"])]
    if reach.left is None or case.state == "ended":
        return []
    if reach.left > 0:
        return [("", words["window_open"].format(time=view.age(reach.left)))]
    return [("warn", words["window_closed"])]


def visitors(view: View, there: list[Any]) -> str:
    """Who else has the conversation open, and who writes."""
    others = [visitor for visitor in there if visitor.user != view.user.id]
    typing = ", ".join(visitor.name for visitor in others if visitor.typing)
    reading = ", ".join(visitor.name for visitor in others if not visitor.typing)
    said = []
    if typing:
        said.append(view.words["also_typing"].format(names=typing))
    if reading:
        said.append(view.words["also_here"].format(names=reading))
    return ". ".join(said)
