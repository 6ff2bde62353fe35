"""Passwords are kept as argon2 makes them, with the parameters that its library advises."""

from __future__ import annotations

import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from bot.errors import AccountError

SHORTEST, LONGEST = 12, 200
FEWEST_LETTERS = 5  # different ones
AT_ONCE = 2  # each check takes 64 MiB and a good part of a second

_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(AT_ONCE)
_nobodys = _hasher.hash(secrets.token_urlsafe())


def digest(password: str) -> str:
    """What is stored of a password."""
    with _turns:
        return _hasher.hash(_normal(password))


def right(stored: str | None, password: str) -> bool:
    """Whether it is the password. Where there is none, the answer no takes as long."""
    with _turns:
        try:
            return _hasher.verify(stored or _nobodys, _normal(password)) and stored is not None
        except VerifyMismatchError:
            return False


def outdated(stored: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def generate() -> str:
    """A password that nobody can guess."""
    return secrets.token_urlsafe(15)


def check(password: str, name: str) -> None:
    """Raises AccountError if the password is too easy to guess."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(f"the password must have {SHORTEST} to {LONGEST} letters or digits")
    if name.casefold() in password.casefold():
        raise AccountError("the name may not be in the password")
    if len(set(password)) < FEWEST_LETTERS:
        raise AccountError(f"the password needs {FEWEST_LETTERS} different letters or digits")


def _normal(password: str) -> str:
    """The same letters, whichever keyboard wrote them."""
    return unicodedata.normalize("NFKC", password)
