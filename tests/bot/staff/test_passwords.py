"""What is kept of a password, and which ones are too easy."""

from __future__ import annotations

import threading
import time

import pytest
from argon2 import PasswordHasher

from bot.errors import AccountError
from bot.staff import passwords

GOOD = "four calm words here"


@pytest.fixture(autouse=True)
def _real_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())


def test_the_right_password_opens_what_is_stored() -> None:
    assert passwords.right(passwords.digest(GOOD), GOOD)


@pytest.mark.parametrize("other", ["four calm words her", "Four calm words here", ""])
def test_another_password_does_not(other: str) -> None:
    assert not passwords.right(passwords.digest(GOOD), other)


def test_what_is_stored_does_not_hold_the_password() -> None:
    stored = passwords.digest(GOOD)

    assert (stored.startswith("$argon2id$"), GOOD in stored) == (True, False)


def test_an_accent_is_the_same_from_every_keyboard() -> None:
    composed, apart = "mwen renmen kafé nwa", "mwen renmen kafe\u0301 nwa"

    assert passwords.right(passwords.digest(composed), apart)


def test_where_there_is_no_account_the_check_is_made_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    passwords.right(None, GOOD)
    checked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            checked.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_hasher", Watched())

    assert (passwords.right(None, GOOD), len(checked)) == (False, 1)


def test_weaker_parameters_are_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(GOOD)

    assert (passwords.outdated(weak), passwords.outdated(passwords.digest(GOOD))) == (True, False)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        (GOOD, ""),
        ("short words", "short"),
        ("x" * 201, "short"),
        ("my name is Marie-P", "weak"),
        ("111111111111", "weak"),
        ("abcabcabcabcabc", "weak"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(password: str, fault: str) -> None:
    assert passwords.fault(password, "marie-p") == fault


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(AccountError, match="12 to 200 letters or digits"):
        passwords.check("short", "marie")


def test_a_generated_password_is_good_and_never_the_same() -> None:
    made = {passwords.generate() for _ in range(20)}

    assert (len(made), {passwords.fault(x, "marie") for x in made}) == (20, {""})


def test_no_more_than_a_few_checks_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    class Slow:
        def hash(self, _password: str) -> str:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            time.sleep(0.02)
            with lock:
                running -= 1
            return ""

    monkeypatch.setattr(passwords, "_hasher", Slow())
    threads = [threading.Thread(target=passwords.digest, args=(GOOD,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most == passwords.AT_ONCE
