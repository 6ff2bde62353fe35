"""What the program says of a hand-over, in the transaction that changes it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot import knowledge, outbox
from bot.desk.cases import Case
from bot.model import Paragraph, Reply
from bot.store import Store
from bot.tables import conversations


def tell(store: Store, connection: Connection, case: Case, key: str) -> None:
    """What the program says of a change, in the person's language."""
    forms = knowledge.load(store.knowledge).phrase(case.language, key)
    put(store, connection, case, (Paragraph(forms.full, forms.short),))


def put(
    store: Store, connection: Connection, case: Case, paragraphs: tuple[Paragraph, ...]
) -> None:
    """Puts it into the outbox; nothing goes to a person who wants silence."""
    here = conversations.c.id == case.conversation
    if connection.execute(sa.select(conversations.c.stopped).where(here)).scalar() == "":
        said = reply(case, *paragraphs)
        outbox.put(store, connection, case.conversation, case.channel, said, None)


def reply(case: Case, *paragraphs: Paragraph) -> Reply:
    """A reply that belongs to a hand-over."""
    return Reply(
        paragraphs=paragraphs,
        topic=case.topic,
        language=case.language,
        country=case.country,
        outcome="handover",
    )
