"""`alo user`, as an admin types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.errors import AloError
from bot.staff import accounts, codes, sessions
from bot.staff.accounts import User
from bot.store import Store
from tests.conftest import SECRET
from tests.staff import PASSWORD, code, user

OTHER = "another good sentence"


@pytest.fixture(autouse=True)
def _settings(
    store: Store, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALO_SECRET_KEY", SECRET)
    monkeypatch.setenv("ALO_VAR", str(tmp_path))
    monkeypatch.setenv("ALO_DATABASE_URL", database_url)


def alo(*words: str, typed: str = "") -> Result:
    """What the command says; raises the error that `alo` would print in one line."""
    result = CliRunner().invoke(app, ["user", *words], input=typed)
    if isinstance(result.exception, AloError):
        raise result.exception
    return result


def twice(password: str) -> str:
    """A password typed twice."""
    return f"{password}\n{password}\n"


def test_an_account_is_made_with_a_password_typed_twice(store: Store) -> None:
    words = ["Marie", "--role", "operator", "--language", "ht", "--team", "consulate"]
    alo("add", *words, "--team", "hubs", typed=twice(PASSWORD))

    made = accounts.enter(store, "marie", PASSWORD)
    assert made == User(1, "marie", "operator", "ht", ("consulate", "hubs"), False)


def test_the_password_that_is_typed_is_not_shown(store: Store) -> None:
    assert PASSWORD not in alo("add", "marie", "--role", "admin", typed=twice(PASSWORD)).output


def test_a_generated_password_is_printed_and_opens_the_account(store: Store) -> None:
    printed = alo("add", "marie", "--role", "admin", "--generate").output
    password = printed.split("Password: ")[1].split()[0]

    assert accounts.enter(store, "marie", password) is not None


@pytest.mark.parametrize(
    ("words", "typed", "error"),
    [
        (["marie", "--role", "boss"], "", "the role must be one of: operator, campaign, admin"),
        (["m", "--role", "admin"], "", "a name has 2 to 64 letters"),
        (["paul", "--role", "admin"], "", "there is an account paul already"),
        (["marie", "--role", "admin", "--language", "xx"], "", "--language: `xx`"),
        (["marie", "--role", "admin", "--team", "A b"], "", "--team: a team has small letters"),
        (["marie", "--role", "admin"], "short\n", "12 to 200 letters or digits"),
        (["marie", "--role", "admin"], f"{PASSWORD}\n{OTHER}\n", "are not the same"),
    ],
)
def test_a_mistake_makes_no_account_and_is_said_in_one_line(
    store: Store, words: list[str], typed: str, error: str
) -> None:
    user(store, name="paul")
    with pytest.raises(AloError, match=error) as raised:
        alo("add", *words, typed=typed)

    assert "\n" not in str(raised.value)
    assert [x.name for x in accounts.all(store)] == ["paul"]


def test_accounts_are_listed(store: Store) -> None:
    user(store, "admin", "marie")
    accounts.set_active(store, user(store, name="paul"), False)
    lines = [line.split() for line in alo("list").output.splitlines()[1:]]

    assert lines == [["marie", "admin", "no", "yes"], ["paul", "operator", "no", "no"]]


def test_where_there_is_none_the_list_says_so() -> None:
    assert "There is no account yet." in alo("list").output


def test_a_new_password_replaces_the_old_one(store: Store) -> None:
    user(store, name="marie")
    alo("password", "marie", typed=twice(OTHER))

    opened = [accounts.enter(store, "marie", x) is not None for x in (PASSWORD, OTHER)]
    assert opened == [False, True]


def test_another_role_ends_the_sessions(store: Store) -> None:
    token = sessions.begin(store, user(store, name="marie"), complete=True)
    alo("role", "marie", "admin")

    assert accounts.named(store, "marie").role == "admin"
    assert sessions.find(store, token, 12) is None


def test_an_account_is_switched_off_and_on(store: Store) -> None:
    user(store, name="marie")
    alo("disable", "marie")
    off = accounts.enter(store, "marie", PASSWORD)
    alo("enable", "marie")

    assert (off, accounts.enter(store, "marie", PASSWORD) is None) == (None, False)


def test_codes_of_a_lost_phone_are_reset(store: Store) -> None:
    made, secret = user(store, name="marie"), codes.new_secret()
    codes.set_up(store, made, secret, code(secret))
    before = alo("second-factor", "marie").output
    alo("second-factor", "marie", "--reset")

    assert "has one-time codes" in before
    assert not accounts.named(store, "marie").second_factor


@pytest.mark.parametrize("command", ["password", "disable", "enable", "second-factor"])
def test_an_account_that_is_not_there_is_said(command: str) -> None:
    with pytest.raises(AloError, match="there is no account nobody; there are: none yet"):
        alo(command, "nobody")
