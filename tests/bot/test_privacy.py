"""Pseudonyms that say nothing, and texts that only the key opens."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from cryptography.fernet import InvalidToken

from bot.privacy import Keys
from bot.settings import Secret
from tests.conftest import SECRET

KEYS = Keys(Secret(SECRET))
OTHER = Keys(Secret(SECRET + "!"))
NUMBER = "+50937001234"
WRITTEN = "Mwen bezwen yon paspò 🙏"


def test_a_pseudonym_is_32_hex_digits() -> None:
    assert re.fullmatch("[0-9a-f]{32}", KEYS.pseudonym("sms", NUMBER))


def test_the_same_address_has_the_same_pseudonym() -> None:
    assert Keys(Secret(SECRET)).pseudonym("sms", NUMBER) == KEYS.pseudonym("sms", NUMBER)


@pytest.mark.parametrize(
    ("keys", "channel", "address"),
    [
        pytest.param(KEYS, "whatsapp", NUMBER, id="another channel"),
        pytest.param(KEYS, "sms", NUMBER[:-1] + "5", id="another address"),
        pytest.param(OTHER, "sms", NUMBER, id="another key"),
        pytest.param(KEYS, "sm", "s" + NUMBER, id="a letter moved to the address"),
    ],
)
def test_another_pseudonym_for(keys: Keys, channel: str, address: str) -> None:
    assert keys.pseudonym(channel, address) != KEYS.pseudonym("sms", NUMBER)


@pytest.mark.parametrize(
    "value", [WRITTEN, "", None, 7, 1.5, True, ["a", {"b": None}], {"topic": "documents.passport"}]
)
def test_what_was_sealed_can_be_unsealed(value: Any) -> None:
    assert KEYS.unseal(KEYS.seal(value)) == value


def test_a_sealed_text_cannot_be_read() -> None:
    sealed = KEYS.seal(WRITTEN)

    opened = base64.urlsafe_b64decode(sealed)
    assert [word for word in WRITTEN.split() if word.encode() in sealed + opened] == []


def test_the_same_text_is_never_sealed_alike() -> None:
    assert KEYS.seal(WRITTEN) != KEYS.seal(WRITTEN)


def test_another_key_cannot_unseal() -> None:
    with pytest.raises(InvalidToken):
        OTHER.unseal(KEYS.seal(WRITTEN))


def test_the_same_secret_unseals_after_a_restart() -> None:
    assert Keys(Secret(SECRET)).unseal(KEYS.seal(WRITTEN)) == WRITTEN


def test_a_sealed_text_that_was_changed_is_refused() -> None:
    sealed = bytearray(KEYS.seal(WRITTEN))
    sealed[40] ^= 1

    with pytest.raises(InvalidToken):
        KEYS.unseal(bytes(sealed))


def test_the_secret_itself_is_not_kept() -> None:
    assert SECRET not in repr(vars(KEYS))


def test_a_present_key_reads_what_an_old_one_sealed() -> None:
    changed = Keys(Secret("a new secret, and long enough for it"), (Secret(SECRET),))

    assert changed.unseal(KEYS.seal(WRITTEN)) == WRITTEN


@pytest.mark.parametrize(
    "changed",
    [
        Keys(Secret("n" * 32), (Secret(SECRET),)),
        Keys(Secret("n" * 32), (Secret("m" * 32), Secret(SECRET))),
        Keys(Secret("n" * 32), pseudonym=Secret(SECRET)),
        Keys(Secret("n" * 32), (Secret("m" * 32),), Secret(SECRET)),
    ],
    ids=["one change", "two changes", "the old one dropped", "the oldest one dropped"],
)
def test_a_person_has_the_same_pseudonym_after(changed: Keys) -> None:
    assert changed.pseudonym("sms", NUMBER) == KEYS.pseudonym("sms", NUMBER)


def test_the_secret_of_pseudonyms_opens_nothing() -> None:
    with pytest.raises(InvalidToken):
        Keys(Secret("n" * 32), pseudonym=Secret(SECRET)).unseal(KEYS.seal(WRITTEN))
