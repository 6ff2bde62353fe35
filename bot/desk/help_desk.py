"""Another help desk (Chatwoot) has each hand-over as well: what it is told, and in which order.

Of a person it gets an invented name, a pseudonym that is used nowhere else, what was said so far,
and from then on every message. What comes back is in bot/desk/outside.py.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

from bot import knowledge
from bot.desk import mirrors, retold
from bot.desk.cases import Case
from bot.desk.chatwoot import Chatwoot, Gone, Refused, Talk
from bot.desk.mirrors import Mirror
from bot.errors import ChannelError, Retryable, Undeliverable
from bot.settings import Settings
from bot.staff.accounts import OUTSIDE
from bot.store import Store

EVERY = 1.0  # seconds between two looks when there is nothing to do
AT_ONCE = 10  # messages; then it is another one's turn

log = logging.getLogger(__name__)


async def go_on(store: Store, config: Settings, sender: str = "") -> None:
    """Tells it, where there is one, until cancelled. Ends otherwise only with an error."""
    if not config.help_desk:
        return
    if sender:  # whoever had this name before is dead
        mirrors.release(store, sender)
    await asyncio.to_thread(knowledge.load, config.knowledge)
    desk = HelpDesk(store, config, sender)
    try:
        while True:
            if not await desk.step():
                await asyncio.sleep(EVERY)
    finally:
        await desk.close()


class HelpDesk:
    """The other help desk, and what it is still to be told."""

    def __init__(self, store: Store, config: Settings, sender: str = "") -> None:
        self._store = store
        self._sender = sender
        self._there = Chatwoot(config)
        self._words = retold.Words(config)

    async def close(self) -> None:
        """Gives connections back."""
        await self._there.close()

    async def step(self) -> bool:
        """Tells all that is due of one hand-over. False if there was nothing."""
        mirror = mirrors.claim(self._store, self._sender)
        if mirror is None:
            return False
        try:
            await self._bring(mirror)
        except Retryable as error:
            log.warning("%s, to be tried again", error.code)
            mirrors.later(self._store, mirror, error.after)
        except ChannelError as error:
            log.error("%s, see `alo doctor`; to be tried again", error.code)
            mirrors.later(self._store, mirror, mirrors.LONGEST_WAIT)
        except Exception:
            log.exception("the other help desk: a mistake of ours, to be tried again")
            mirrors.later(self._store, mirror)
        return True

    async def _bring(self, mirror: Mirror) -> None:
        """Brings a hand-over up to date over there."""
        case = mirror.case
        if case is None:
            await self._erase(mirror)
            return
        if case.state == "ended":
            await self._end(mirror)
        else:
            number = mirror.number or await self._place(mirror, case)
            await self._messages(mirror, case)
            await self._changes(mirror, case, number)
        await self._notes(mirror)
        mirrors.done(self._store, mirror)

    async def _place(self, mirror: Mirror, case: Case) -> int:
        """Makes person and conversation, or finds those of a try that broke off."""
        source = self._store.keys.pseudonym(OUTSIDE.name, case.conversation)
        mirrors.change(self._store, mirror, contact=source)
        about = self._words.about(case)
        contact = await self._there.contact(source, case.alias, about)
        mirrors.change(self._store, mirror, contact=contact.source, contact_id=contact.number)
        talk = await self._found(contact.source, case)
        talk = talk or await self._there.begin(contact.source, about)
        if talk.status == "pending":  # an agent bot has it first: agents do not see it
            await self._there.status(talk.number, "open")
        mirrors.placed(self._store, mirror, talk.number, talk.last)
        return talk.number

    async def _found(self, contact: str, case: Case) -> Talk | None:
        """A conversation of the person that goes on and belongs to no other hand-over."""
        known = mirrors.known(self._store, case)
        talks = await self._there.talks(contact)
        mine = [x for x in talks if x.number not in known and x.status != "resolved"]
        return mine[0] if mine else None

    async def _messages(self, mirror: Mirror, case: Case) -> None:
        """What the person wrote, in order; a call that broke off is asked about first."""
        mirror = mirrors.again(self._store, mirror)
        try:
            if broken := mirrors.in_the_air(self._store, mirror):
                await self._ask(mirror, case, broken)
            for _ in range(AT_ONCE):
                if not (new := mirrors.next_ones(self._store, mirror)):
                    break
                mirrors.calling(self._store, mirror, new)
                await self._write(mirror, case, new)
        except Gone:
            mirrors.lost(self._store, mirror)  # somebody has deleted it over there
            raise Retryable("chatwoot: the conversation is gone, begun anew") from None

    async def _ask(self, mirror: Mirror, case: Case, messages: list[int]) -> None:
        last = mirrors.again(self._store, mirror).last
        found = await self._there.written(mirror.contact, mirror.number or 0, last)
        if found is None:
            await self._write(mirror, case, messages)
        else:
            mirrors.taken(self._store, mirror, messages, found)

    async def _write(self, mirror: Mirror, case: Case, messages: list[int]) -> None:
        first = mirrors.is_first(self._store, mirror)
        text = self._words.said(self._store, case, messages, first=first)
        echo = f"{case.id}-{messages[-1]}"
        try:
            number = await self._there.write(mirror.contact, mirror.number or 0, text, echo)
        except Undeliverable as error:
            if isinstance(error, Gone):
                raise
            log.error("%s: a message is not taken, left out", error.code)
            number = mirrors.again(self._store, mirror).last
        mirrors.taken(self._store, mirror, messages, number)

    async def _changes(self, mirror: Mirror, case: Case, number: int) -> None:
        """That it is urgent, that our own desk has it, that it goes on."""
        elsewhere = case.state == "taken" and case.operator != OUTSIDE.id
        if case.urgent and not mirror.urgent:
            await self._if_there(self._there.urgent(number))
        if elsewhere and not mirror.elsewhere:
            await self._if_there(self._there.note(number, self._words.note("taken")))
        if mirror.closed:
            await self._if_there(self._there.status(number, "open"))
        mirrors.change(self._store, mirror, urgent=case.urgent, elsewhere=elsewhere, closed=False)

    async def _notes(self, mirror: Mirror) -> None:
        """Why replies of theirs did not go to the person as they are."""
        number = mirrors.again(self._store, mirror).number
        for reply, name in mirrors.to_say(self._store, mirror):
            if number:
                await self._if_there(self._there.note(number, self._words.note(name)))
            mirrors.said(self._store, reply)

    async def _end(self, mirror: Mirror) -> None:
        if mirror.number and not mirror.closed:
            await self._if_there(self._there.status(mirror.number, "resolved"))
        mirrors.change(self._store, mirror, closed=True)

    async def _erase(self, mirror: Mirror) -> None:
        """What was erased here is erased there; where we may not, an agent is asked to do it."""
        if mirror.contact:
            try:
                contact = mirror.contact_id or (await self._there.known(mirror.contact)).number
                await self._there.erase(contact)
            except Gone:
                log.info("chatwoot: erased there already")
            except Refused:
                await self._ask_to_erase(mirror.number)
        mirrors.forget(self._store, mirror)

    async def _ask_to_erase(self, number: int | None) -> None:
        if number:
            await self._if_there(self._there.note(number, self._words.note("erase")))
            await self._if_there(self._there.status(number, "resolved"))

    async def _if_there(self, call: Awaitable[None]) -> None:
        """Of a conversation that was deleted over there, nobody need be told anything."""
        try:
            await call
        except Gone as error:
            log.warning("%s: there is no such conversation", error.code)
