"""Pseudonyms, encryption, and how long things are kept.

A phone number or chat id becomes a keyed pseudonym at the edge. What is needed to reply and what
was written are encrypted in the database and erased after the conversation's last message plus a
set time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.settings import Secret


class Keys:
    """The two keys made from the secret: one for pseudonyms, one for encryption."""

    def __init__(self, secret: Secret) -> None:
        self._pseudonym = _derive(secret, b"pseudonym")
        self._fernet = Fernet(base64.urlsafe_b64encode(_derive(secret, b"encryption")))

    def pseudonym(self, channel: str, address: str) -> str:
        """The conversation id of an address: 32 hex digits that say nothing without the key."""
        message = f"{channel}\0{address}".encode()
        return hmac.new(self._pseudonym, message, hashlib.sha256).hexdigest()[:32]

    def seal(self, value: Any) -> bytes:
        """Any JSON value, encrypted."""
        return self._fernet.encrypt(json.dumps(value).encode())

    def unseal(self, sealed: bytes) -> Any:
        """The value that `seal` encrypted. Raises cryptography.fernet.InvalidToken."""
        return json.loads(self._fernet.decrypt(sealed))


def _derive(secret: Secret, purpose: bytes) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"alo " + purpose)
    return kdf.derive(secret.reveal().encode())
