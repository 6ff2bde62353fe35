"""One-time codes: right ones, wrong ones, and never the same one twice."""

from __future__ import annotations

import threading
from urllib.parse import unquote

import pytest

from bot.staff import accounts, codes, sessions
from bot.staff.accounts import User
from bot.store import Store
from bot.tables import users
from tests import samples
from tests.staff import code, user


@pytest.fixture
def secret() -> str:
    """A secret as a phone would have it."""
    return codes.new_secret()


def with_codes(store: Store, secret: str) -> User:
    """Somebody who has set up codes: the next one is of the next step."""
    made = user(store, name="marie")
    assert codes.set_up(store, made, secret, code(secret))
    return made


def test_the_code_of_the_phone_sets_it_up(store: Store, secret: str) -> None:
    made = with_codes(store, secret)

    assert accounts.named(store, made.name).second_factor


def test_setting_up_ends_all_sessions(store: Store, secret: str) -> None:
    token = sessions.begin(store, user(store, name="marie"), complete=True)
    with_codes(store, secret)

    assert sessions.find(store, token, 12) is None


@pytest.mark.parametrize("wrong", ["", "abcdef", "12345", "٠١٢٣٤٥"])
def test_a_wrong_code_sets_up_nothing(store: Store, secret: str, wrong: str) -> None:
    made = user(store)

    assert not codes.set_up(store, made, secret, wrong)
    assert not accounts.named(store, made.name).second_factor


def test_the_secret_is_not_readable_in_the_table(store: Store, secret: str) -> None:
    with_codes(store, secret)

    assert secret.encode() not in bytes(samples.column(store, users.c.second_factor)[0])


def test_the_next_code_is_accepted(store: Store, secret: str) -> None:
    made = with_codes(store, secret)

    assert codes.accept(store, made, code(secret, 1))


def test_a_code_may_be_written_with_a_space(store: Store, secret: str) -> None:
    made, now = with_codes(store, secret), code(secret, 1)

    assert codes.accept(store, made, f" {now[:3]} {now[3:]}")


@pytest.mark.parametrize("steps", [-20, 20])
def test_a_code_of_another_time_is_not(store: Store, secret: str, steps: int) -> None:
    made = with_codes(store, secret)

    assert not codes.accept(store, made, code(secret, steps))


def test_no_code_is_accepted_twice(store: Store, secret: str) -> None:
    made, now = with_codes(store, secret), code(secret, 1)

    assert [codes.accept(store, made, now) for _ in range(2)] == [True, False]


def test_the_code_that_set_it_up_does_not_count_again(store: Store, secret: str) -> None:
    made, now = user(store), code(secret)
    codes.set_up(store, made, secret, now)

    assert not codes.accept(store, made, now)


def test_of_the_same_code_at_the_same_time_one_is_accepted(store: Store, secret: str) -> None:
    made, now = with_codes(store, secret), code(secret, 1)
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(codes.accept(store, made, now)))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 5 + [True]


def test_who_has_no_codes_gives_none(store: Store) -> None:
    assert not codes.accept(store, user(store), "000000")


def test_the_picture_is_an_image_in_its_own_address(store: Store, secret: str) -> None:
    picture = unquote(codes.picture(user(store), secret))

    assert picture.startswith("data:image/svg+xml")
    assert "<svg" in picture
