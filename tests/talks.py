"""What the tests of conversations share: first questions, and the words of a reply."""

from __future__ import annotations

from bot.model import Reply
from tests.conftest import Talk

LANGUAGES = ("es", "ht", "en", "fr")
PASSPORT = {
    "es": "como saco el pasaporte en honduras",
    "ht": "kijan pou m fe paspo an ayiti",
    "en": "how do i get my passport in guatemala",
    "fr": "comment faire mon passeport en haiti",
}


def text(reply: Reply) -> str:
    """The long form of a reply."""
    return "\n".join(part.full for part in reply.paragraphs)


def payloads(reply: Reply) -> list[str]:
    """What the choices of a reply stand for."""
    return [choice.payload for choice in reply.choices]


def greeted(talk: Talk) -> Talk:
    """The same conversation after the first words."""
    talk.say("hola")
    return talk
