"""Calls to a Chatwoot installation, and what its errors mean for us.

The person is a contact of an inbox of the kind "API" and writes through the client API; notes and
states go through the application API, with the access token of an agent or an agent bot.

- https://developers.chatwoot.com/api-reference/contacts-api/create-a-contact
- https://developers.chatwoot.com/api-reference/messages-api/create-a-message
- https://developers.chatwoot.com/api-reference/conversations/toggle-status
- https://developers.chatwoot.com/api-reference/contacts/delete-contact
- https://github.com/chatwoot/docs/pull/554 (429: 3000 requests a minute from one address)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from bot.errors import ChannelError, Retryable, Undeliverable, Unsure
from bot.settings import Settings
from bot.wire import Finding

TIMEOUT = 15.0  # seconds; the lease of a hand-over is longer than all its calls
REFUSED_WAIT = 60.0  # until settings that were refused are tried again
LONGEST = 20_000  # letters of one message; Chatwoot takes 150,000
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
REFUSED = (401, 403)
INCOMING = 0


class Refused(Retryable):
    """Chatwoot does not know the token, or the token may not do this."""


class Gone(Undeliverable):
    """Chatwoot has no such thing, or no more."""


@dataclass(frozen=True)
class Contact:
    """A person over there: `source` is how the client API calls them."""

    number: int
    source: str


@dataclass(frozen=True)
class Talk:
    """A conversation over there. `last` is the highest number of its messages."""

    number: int
    status: str
    last: int


class Chatwoot:
    """The calls. All of them raise ChannelError, without Chatwoot's text."""

    def __init__(self, config: Settings) -> None:
        def value(name: str) -> str:
            return config.channel[f"CHATWOOT_{name}"].reveal()

        self.public_url = config.public_url
        self._base = value("URL").rstrip("/")
        self._name = value("INBOX")
        self._inbox = f"/public/api/v1/inboxes/{quote(self._name, safe='')}/contacts"
        self._account = f"/api/v1/accounts/{value('ACCOUNT')}"
        self._token = {"api_access_token": value("TOKEN")}
        self._http = httpx.AsyncClient(timeout=TIMEOUT)

    async def contact(self, source: str, name: str, about: dict[str, Any]) -> Contact:
        """The person of this name. Asked again with the same `source`, it is the same one."""
        sent = {"source_id": source, "identifier": source, "name": name}
        made = await self._call("POST", self._inbox, {**sent, "custom_attributes": about})
        return Contact(_number(made.get("id")), str(made.get("source_id") or source))

    async def known(self, source: str) -> Contact:
        """The person who has this `source`."""
        found = await self._call("GET", f"{self._inbox}/{source}")
        return Contact(_number(found.get("id")), source)

    async def talks(self, contact: str) -> list[Talk]:
        """The conversations of a person."""
        found = await self._call("GET", f"{self._inbox}/{contact}/conversations")
        return [_talk(each) for each in found]

    async def begin(self, contact: str, about: dict[str, Any]) -> Talk:
        """A new conversation; where the inbox allows one for each person, that one."""
        path = f"{self._inbox}/{contact}/conversations"
        return _talk(await self._call("POST", path, {"custom_attributes": about}))

    async def write(self, contact: str, number: int, text: str, echo: str) -> int:
        """The person writes. Returns the number of the message."""
        sent = {"content": text[:LONGEST], "echo_id": echo}
        made = await self._call("POST", self._messages(contact, number), sent)
        return _number(made.get("id"))

    async def written(self, contact: str, number: int, after: int) -> int | None:
        """The number of what the person wrote after this message, if they did."""
        found = await self._call("GET", self._messages(contact, number))
        new = [_number(x.get("id")) for x in found if x.get("message_type") in (0, "incoming")]
        return min((x for x in new if x > after), default=None)

    async def note(self, number: int, text: str) -> None:
        """A private note, which only agents see."""
        sent = {"content": text, "message_type": "outgoing", "private": True}
        await self._apply(f"/conversations/{number}/messages", sent)

    async def status(self, number: int, status: str) -> None:
        """`open` or `resolved`."""
        await self._apply(f"/conversations/{number}/toggle_status", {"status": status})

    async def urgent(self, number: int) -> None:
        """Puts a conversation first."""
        await self._apply(f"/conversations/{number}/toggle_priority", {"priority": "urgent"})

    async def erase(self, number: int) -> None:
        """Erases a contact with all its conversations. Only the token of an administrator may."""
        await self._call("DELETE", f"{self._account}/contacts/{number}", headers=self._token)

    async def check(self) -> list[Finding]:
        """Whether the token works, the inbox is there, and its webhook points here."""
        found = await self._call("GET", f"{self._account}/inboxes", headers=self._token)
        mine = [x for x in found.get("payload", []) if x.get("inbox_identifier") == self._name]
        if not mine:
            todo = "set CHATWOOT_INBOX to the inbox identifier of an inbox of the kind API"
            return [Finding(False, "there is no such inbox in this account", todo)]
        return [Finding(True, "the inbox is there"), self._hook(str(mine[0].get("webhook_url")))]

    def _hook(self, url: str) -> Finding:
        wanted = f"{self.public_url}/hooks/chatwoot"
        if self.public_url and url.split("?")[0] == wanted:
            return Finding(True, "its webhook points here")
        if not self.public_url:
            return Finding(False, "Chatwoot cannot reach this machine", "set ALO_PUBLIC_URL")
        return Finding(False, "its webhook points elsewhere", f"in the inbox, set it to {wanted}")

    async def close(self) -> None:
        """Gives connections back."""
        await self._http.aclose()

    def _messages(self, contact: str, number: int) -> str:
        return f"{self._inbox}/{contact}/conversations/{number}/messages"

    async def _apply(self, path: str, sent: dict[str, Any]) -> None:
        await self._call("POST", self._account + path, sent, headers=self._token)

    async def _call(
        self,
        method: str,
        path: str,
        sent: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        try:
            answer = await self._http.request(
                method, self._base + path, json=sent, headers=headers
            )
        except NEVER_LEFT as error:
            raise Retryable(f"chatwoot {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise Unsure(f"chatwoot {type(error).__name__}") from None
        if answer.is_success:
            return _read(answer)
        raise _meaning(answer)


def _meaning(answer: httpx.Response) -> ChannelError:
    """The error of ours for one of Chatwoot's."""
    code = f"chatwoot {answer.status_code}"
    if answer.status_code in REFUSED:
        return Refused(f"{code}: refused, see `alo doctor`", REFUSED_WAIT)
    if answer.status_code == 429:
        wait = answer.headers.get("retry-after", "")
        return Retryable(code, float(wait) if wait.isdigit() else REFUSED_WAIT, everybody=True)
    if answer.status_code == 404:
        return Gone(code)
    if answer.status_code in (400, 413, 422):
        return Undeliverable(code)
    return Unsure(code)


def _read(answer: httpx.Response) -> Any:
    """What it says. Only `toggle_priority` and DELETE answer nothing."""
    if not answer.content.strip():
        return {}
    try:
        return answer.json()
    except ValueError:
        raise Unsure("chatwoot answered no JSON: is CHATWOOT_URL right?") from None


def _talk(found: dict[str, Any]) -> Talk:
    messages = [_number(each.get("id")) for each in found.get("messages") or []]
    return Talk(_number(found.get("id")), str(found.get("status")), max(messages, default=0))


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise Unsure("chatwoot answered without a number: is CHATWOOT_URL right?") from None
