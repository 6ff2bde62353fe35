"""Entry codes: the word on a poster or in a radio spot with which a person first writes.

A code is counted with the conversation and kept no longer than it. In Telegram it comes in a link
(`t.me/NAME?start=CODE`), elsewhere it is the first word of the first message.
"""

from __future__ import annotations

from dataclasses import replace

from bot.model import Incoming

MENU = "meta.menu"  # what a code without a question asks for


def marked(incoming: Incoming, codes: tuple[str, ...]) -> Incoming:
    """The message with the code it begins with, if it is one of ours; a code alone asks for all.

    `codes` are in lower case.
    """
    first, _, rest = incoming.text.strip().partition(" ")
    code = first.lstrip("#").rstrip(".,:!").lower()
    if incoming.code or code not in codes:
        return incoming
    if rest.strip():
        return replace(incoming, code=code, text=rest.strip())
    return replace(incoming, code=code, text="", choice=MENU)
