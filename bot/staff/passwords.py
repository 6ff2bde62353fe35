"""Passwords are kept as argon2 makes them, with the parameters that its library advises."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from bot.errors import AccountError

SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5  # different ones
AT_ONCE = 2  # each check takes 64 MiB and some of a processor
FAULTS = {
    "short": f"the password must have {SHORTEST} to {LONGEST} letters or digits",
    "weak": f"the password needs {FEWEST_LETTERS} different letters, and not the name in it",
}

_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(AT_ONCE)


def digest(password: str) -> str:
    """What is stored of a password."""
    with _turns:
        return _hasher.hash(_normal(password))


def right(stored: str | None, password: str) -> bool:
    """Whether it is the password. Where there is none, the answer no takes as long."""
    nobodys = _nobodys()
    with _turns:
        try:
            return _hasher.verify(stored or nobodys, _normal(password)) and stored is not None
        except VerifyMismatchError:
            return False


def outdated(stored: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def generate() -> str:
    """A password that nobody can guess."""
    return secrets.token_urlsafe(15)


def fault(password: str, name: str) -> str:
    """Why it is too easy to guess, as a key of FAULTS; empty if it is not."""
    if not SHORTEST <= len(password) <= LONGEST:
        return "short"
    named = name.casefold() in password.casefold()
    return "weak" if named or len(set(password)) < FEWEST_LETTERS else ""


def check(password: str, name: str) -> None:
    """Raises AccountError if the password is too easy to guess."""
    found = fault(password, name)
    if found:
        raise AccountError(FAULTS[found])


@lru_cache
def _nobodys() -> str:
    """A password that opens nothing."""
    return digest(secrets.token_urlsafe())


def _normal(password: str) -> str:
    """The same letters, whichever keyboard wrote them."""
    return unicodedata.normalize("NFKC", password)
