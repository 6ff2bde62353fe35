"""Calls to Twilio with its own client, in threads, and what its errors mean for us.

Error codes: https://www.twilio.com/docs/api/errors
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from bot.errors import Blocked, ChannelError, Retryable, Undeliverable, Unsure, WindowClosed

if TYPE_CHECKING:
    from twilio.base.exceptions import TwilioRestException
    from twilio.rest import Client

Result = TypeVar("Result")
THREADS = 16
TIMEOUT = 30.0  # seconds; the lease of a reply is longer
REFUSED_WAIT = 60.0  # until credentials that were refused are tried again

# What a code stands for: see failures.REASONS.
MEANING = {
    code: reason
    for reason, codes in {
        "blocked": ("21610",),
        "window": ("63016",),
        "busy": ("14107", "20429", "21611", "30001", "30022", "63018"),
        "credentials": ("20003", "20005", "20008"),
        "unreachable": ("21211", "21214", "21614", "30003", "30005", "30006", "63003",
                        "63024"),
        "filtered": ("30004", "30007", "63013"),
        "region": ("21408", "21612"),
    }.items()
    for code in codes
}  # fmt: skip


class Api:
    """An account at Twilio. `base` takes the place of all of Twilio's hosts, in tests."""

    def __init__(self, account: str, token: str, base: str = "") -> None:
        self._account, self._token, self._base = account, token, base.rstrip("/")
        # A client for each thread: the library keeps the last response in the client.
        self._local = threading.local()
        self._pool = ThreadPoolExecutor(THREADS, "twilio")

    async def call(self, work: Callable[[Client], Result]) -> Result:
        """The result of work with a client. Raises ChannelError."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._guarded, work)

    def _guarded(self, work: Callable[[Client], Result]) -> Result:
        import requests
        from twilio.base.exceptions import TwilioException, TwilioRestException

        try:
            return work(self._client())
        except ChannelError:
            raise
        except TwilioRestException as error:
            raise meaning(error) from None
        except requests.RequestException as error:
            raise _broken(error) from None
        except (TwilioException, ValueError) as error:
            # An answer that is none: the provider may well have done what it was told.
            raise Unsure(f"twilio {type(error).__name__}") from None

    def _client(self) -> Client:
        if not hasattr(self._local, "client"):
            from twilio.rest import Client

            transport = _transport(self._base)
            self._local.client = Client(self._account, self._token, http_client=transport)
        client: Client = self._local.client
        return client

    def close(self) -> None:
        """Lets the threads go."""
        self._pool.shutdown(wait=False)


def _transport(base: str) -> Any:
    """Twilio's own transport, which knows the stand-in and waits when Twilio says so."""
    from twilio.http.http_client import TwilioHttpClient

    class Transport(TwilioHttpClient):
        def request(self, method: str, url: str, *args: Any, **more: Any) -> Any:
            response = super().request(method, _moved(url, base), *args, **more)
            if response.status_code == 429:
                raise Retryable("twilio http 429", _wait(response.headers), everybody=True)
            if response.status_code >= 500:
                raise Unsure(f"twilio http {response.status_code}")
            return response

    return Transport(timeout=TIMEOUT)


def _moved(url: str, base: str) -> str:
    """The address at the stand-in, where there is one."""
    if not base:
        return url
    parts = urlsplit(url)
    return base + parts.path + (f"?{parts.query}" if parts.query else "")


def _wait(headers: Any) -> float:
    try:
        return min(300.0, max(1.0, float((headers or {}).get("Retry-After", 1))))
    except ValueError:
        return 1.0


def meaning(error: TwilioRestException) -> ChannelError:
    """The error of ours for one of Twilio's; the text is left behind, it may name a person."""
    code = str(error.code or "")
    name = f"twilio {code or f'http {error.status}'}"
    reason = MEANING.get(code)
    if reason == "blocked":
        return Blocked(name)
    if reason == "window":
        return WindowClosed(name)
    if reason == "busy":
        return Retryable(name)
    if reason == "credentials" or (not reason and error.status in (401, 403)):
        return Retryable(f"{name}: credentials refused, see `alo doctor`", REFUSED_WAIT)
    return Undeliverable(name)


def _broken(error: Exception) -> ChannelError:
    """Whether a connection broke before the request was out, or nobody knows when."""
    import requests
    from urllib3.exceptions import NewConnectionError

    reason = getattr(error.args[0], "reason", None) if error.args else None
    never = isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)
    name = f"twilio {type(error).__name__}"
    return Retryable(name) if never else Unsure(name)
