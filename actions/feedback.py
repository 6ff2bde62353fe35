"""What a person says about an answer: thanks, or a way on where it did not help.

No action of Rasa: these are choices that were offered.
"""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from actions._turn import Events, Turn, say
from bot import answers
from bot.model import Choice, Reply


def helped(dispatcher: CollectingDispatcher, turn: Turn, value: str) -> Events:
    """`yes`: thanks, and what people ask next. `no`: other topics, the menu, a person."""
    topic = str(turn.slots.get("topic") or "")
    following = answers.next_choices(turn.knowledge, topic, turn.language)
    if value == "yes":
        reply = Reply(
            paragraphs=(turn.paragraph("helped_thanks"),),
            choices=following,
            prompt=turn.phrase("also").full,
            optional=True,
            topic="meta.feedback_good",
            effect="helpful",
        )
        return say(dispatcher, turn, reply)
    menu = Choice(turn.phrase("more_topics").full, "meta.menu")
    reply = Reply(
        paragraphs=(turn.paragraph("helped_sorry"),),
        choices=(*following, menu, turn.person_choice()),
        topic="meta.feedback_bad",
        effect="unhelpful",
    )
    return say(dispatcher, turn, reply)


def kept(dispatcher: CollectingDispatcher, turn: Turn, _value: str) -> Events:
    """The person agreed that their question is kept to learn from it."""
    reply = Reply(
        paragraphs=(turn.paragraph("keep_thanks"),),
        choices=(turn.person_choice(),),
        topic="meta.feedback_good",
        effect="keep",
    )
    return say(dispatcher, turn, reply)
