"""Accounts: how they are made, opened and changed, and that a change ends what was open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from bot.errors import AccountError
from bot.staff import accounts, audit, sessions
from bot.staff.accounts import User
from bot.staff.audit import Filter
from bot.store import Store
from bot.tables import users
from tests.staff import PASSWORD, user

OTHER = "another good sentence"


def actions(store: Store) -> list[tuple[str, str, str, str]]:
    """What the log says, oldest first."""
    with store.read() as connection:
        found = audit.entries(connection, Filter(), 100)
    return [(x.user, x.action, x.subject, x.detail) for x in reversed(found)]


def test_an_account_is_kept_as_it_was_made(store: Store) -> None:
    made = accounts.add(store, "Marie.P ", PASSWORD, "operator", "ht", ["consulate", "hubs"])

    kept = User(made.id, "marie.p", "operator", "ht", ("consulate", "hubs"), False)
    assert (made, accounts.by_id(store, made.id)) == (kept, kept)


def test_making_an_account_is_noted(store: Store) -> None:
    user(store, "admin", "marie")

    assert actions(store) == [("alo", "user_added", "marie", "admin")]


@pytest.mark.parametrize("name", ["", "x", "marie pierre", "alo", "a" * 65, "<b>", "mar/ie"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(AccountError, match="a name has 2 to 64 letters"):
        accounts.add(store, name, PASSWORD, "admin")


@pytest.mark.parametrize("name", ["marie", "MARIE", " marie "])
def test_a_name_is_given_once(store: Store, name: str) -> None:
    user(store, name="marie")

    with pytest.raises(AccountError, match="there is an account marie already"):
        accounts.add(store, name, PASSWORD, "admin")


def test_a_name_that_is_taken_is_known_before_a_password_is_asked_for(store: Store) -> None:
    user(store, name="marie")

    with pytest.raises(AccountError, match="there is an account marie already"):
        accounts.check_new(store, "Marie", "admin")


def test_a_role_that_is_none_is_refused(store: Store) -> None:
    with pytest.raises(AccountError, match="operator, campaign, admin"):
        accounts.add(store, "marie", PASSWORD, "boss")


def test_an_account_that_is_not_there_is_named_with_those_that_are(store: Store) -> None:
    user(store, name="marie")

    with pytest.raises(AccountError, match="there is no account jean; there are: marie"):
        accounts.named(store, "jean")


def test_accounts_are_listed_by_name(store: Store) -> None:
    made = [user(store, name=name) for name in ("paul", "anne")]

    assert accounts.all(store) == made[::-1]


@pytest.mark.parametrize("name", ["marie", " Marie"])
def test_name_and_password_open_the_account(store: Store, name: str) -> None:
    made = user(store, name="marie")

    assert accounts.enter(store, name, PASSWORD) == made


@pytest.mark.parametrize(("name", "password"), [("marie", OTHER), ("jean", PASSWORD), ("", "")])
def test_anything_else_does_not(store: Store, name: str, password: str) -> None:
    user(store, name="marie")

    assert accounts.enter(store, name, password) is None


def test_an_account_that_is_off_does_not_open(store: Store) -> None:
    accounts.set_active(store, user(store, name="marie"), False)

    assert accounts.enter(store, "marie", PASSWORD) is None


def test_a_password_of_old_parameters_is_kept_anew(store: Store) -> None:
    made = user(store, name="marie")
    weak = PasswordHasher(time_cost=1, memory_cost=1024).hash(PASSWORD)
    with store.write() as connection:
        connection.execute(sa.update(users).values(password=weak))
    accounts.enter(store, "marie", PASSWORD)

    with store.read() as connection:
        assert connection.execute(sa.select(users.c.password)).scalar_one() != weak
    assert accounts.enter(store, "marie", PASSWORD) == made


CHANGES: dict[str, tuple[Callable[[Store, User], None], tuple[str, str, str]]] = {
    "password": (
        lambda store, who: accounts.set_password(store, who, OTHER, by=who.name),
        ("marie", "password_set", ""),
    ),
    "role": (lambda s, who: accounts.set_role(s, who, "admin"), ("alo", "role_set", "admin")),
    "off": (lambda s, who: accounts.set_active(s, who, False), ("alo", "user_disabled", "")),
    "on": (lambda s, who: accounts.set_active(s, who, True), ("alo", "user_enabled", "")),
    "factor": (accounts.remove_second_factor, ("alo", "factor_removed", "")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_noted_and_ends_the_sessions_of_this_account_alone(
    store: Store, change: str
) -> None:
    marie, paul = user(store, name="marie"), user(store, name="paul")
    tokens = [sessions.begin(store, who, complete=True) for who in (marie, paul)]
    made, (by, action, detail) = CHANGES[change]
    made(store, marie)

    assert [sessions.find(store, token, 12) is None for token in tokens] == [True, False]
    assert actions(store)[-1] == (by, action, "marie", detail)


def test_a_new_password_is_the_only_one(store: Store) -> None:
    made = user(store, name="marie")
    accounts.set_password(store, made, OTHER)

    opened = [accounts.enter(store, "marie", x) is not None for x in (PASSWORD, OTHER)]
    assert opened == [False, True]


def test_the_language_of_the_pages_ends_no_session(store: Store) -> None:
    made = user(store)
    token = sessions.begin(store, made, complete=True)
    accounts.set_language(store, made, "ht")

    found = sessions.find(store, token, 12)
    assert found is not None
    assert found.user.language == "ht"
