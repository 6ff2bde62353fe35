"""Pseudonyms and encryption.

A phone number or chat id becomes a keyed pseudonym at the edge. What is needed to reply and what
was written are encrypted in the database. Several keys may be known: the first one writes, all of
them read, so that a key can be changed while everything goes on. How long things are kept stands
in `bot/purge.py`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Secret


class Keys:
    """What is made from the secrets: a key for pseudonyms, and keys for encryption.

    `old` are secrets of before, the latest first; they only read. Pseudonyms come from a secret
    of their own or, without one, from the oldest: so they stay the same when a key is changed.
    """

    def __init__(
        self, secret: Secret, old: tuple[Secret, ...] = (), pseudonym: Secret | None = None
    ) -> None:
        secrets = (secret, *old)
        self._pseudonym = _derive(pseudonym or secrets[-1], b"pseudonym")
        self._present = _fernet(secret)
        self._all = MultiFernet([_fernet(each) for each in secrets])

    def pseudonym(self, channel: str, address: str) -> str:
        """The conversation id of an address: 32 hex digits that say nothing without the key."""
        message = f"{channel}\0{address}".encode()
        return hmac.new(self._pseudonym, message, hashlib.sha256).hexdigest()[:32]

    def seal(self, value: Any) -> bytes:
        """Any JSON value, encrypted."""
        return self._present.encrypt(json.dumps(value).encode())

    def unseal(self, sealed: bytes) -> Any:
        """The value that `seal` encrypted. Raises cryptography.fernet.InvalidToken."""
        return json.loads(self._all.decrypt(sealed))

    def opened(self, sealed: bytes | None) -> Any:
        """The value that was sealed; None where it is erased, or no key can read it."""
        try:
            return self.unseal(bytes(sealed)) if sealed else None
        except InvalidToken:
            return None

    def is_present(self, sealed: bytes) -> bool:
        """Whether the present key encrypted it."""
        try:
            self._present.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def reseal(self, sealed: bytes) -> bytes:
        """The same value under the present key. Raises cryptography.fernet.InvalidToken."""
        return self._all.rotate(sealed)


def _fernet(secret: Secret) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(secret, b"encryption")))


def _derive(secret: Secret, purpose: bytes) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alo " + purpose)
    return kdf.derive(secret.reveal().encode())
