"""`alo user`: the accounts of the people who work here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import knowledge, settings
from bot.errors import AccountError
from bot.staff import accounts, passwords
from bot.staff.accounts import ROLES, User
from bot.store import Store

app = typer.Typer(no_args_is_help=True, help="Accounts of operators, campaign teams and admins.")
console = Console(highlight=False, soft_wrap=True, markup=False)
_TEAM = re.compile(r"[a-z0-9_-]{1,32}")

Name = Annotated[str, typer.Argument(help="The name with which somebody signs in.")]
Role = Annotated[str, typer.Option(help=f"One of: {', '.join(ROLES)}.")]
Generate = Annotated[bool, typer.Option("--generate", help="Make a password and print it once.")]


@app.command()
def add(
    name: Name,
    role: Role,
    language: Annotated[str, typer.Option(help="Of the pages, as ht.")] = "",
    team: Annotated[list[str] | None, typer.Option(help="A team; may be given again.")] = None,
    generate: Generate = False,
) -> None:
    """Makes an account; asks for its password."""
    teams = [_checked_team(x) for x in team or []]
    with _store() as store:
        _check_language(language)
        accounts.check_new(store, name, role)
        made = accounts.add(store, name, _new_password(name, generate), role, language, teams)
    console.print(f"{made.name} can sign in as {made.role}.")


@app.command("list")
def list_accounts() -> None:
    """All accounts."""
    table = Table("name", "role", "teams", "language", "one-time codes", "may sign in", box=None)
    with _store() as store:
        for user in accounts.all(store):
            codes, active = ("yes" if x else "no" for x in (user.second_factor, user.active))
            row = (user.name, user.role, ", ".join(user.teams), user.language, codes, active)
            table.add_row(*row)
    console.print(table if table.row_count else "There is no account yet.")


@app.command()
def password(name: Name, generate: Generate = False) -> None:
    """A new password; ends all sessions of the account."""
    with _account(name) as (store, user):
        accounts.set_password(store, user, _new_password(user.name, generate))
        console.print(f"{user.name} signs in with the new password from now on.")


@app.command()
def role(name: Name, role: Annotated[str, typer.Argument(help=f"{', '.join(ROLES)}")]) -> None:
    """Another role; ends all sessions of the account."""
    with _account(name) as (store, user):
        accounts.set_role(store, user, role)
        console.print(f"{user.name} is {role} now.")


@app.command()
def disable(name: Name) -> None:
    """Lets an account in no more, and ends its sessions at once."""
    with _account(name) as (store, user):
        accounts.set_active(store, user, False)
        console.print(f"{user.name} can no longer sign in.")


@app.command()
def enable(name: Name) -> None:
    """Lets an account in again."""
    with _account(name) as (store, user):
        accounts.set_active(store, user, True)
        console.print(f"{user.name} can sign in again.")


@app.command("second-factor")
def second_factor(
    name: Name,
    reset: Annotated[bool, typer.Option("--reset", help="As when the phone is lost.")] = False,
) -> None:
    """Whether an account has one-time codes; with --reset it sets them up anew."""
    with _account(name) as (store, user):
        if reset:
            accounts.remove_second_factor(store, user)
            console.print(f"{user.name} sets up one-time codes anew at the next sign-in.")
            return
        console.print(f"{user.name} has {'' if user.second_factor else 'no '}one-time codes.")


@contextmanager
def _store() -> Iterator[Store]:
    store = Store(settings.load())
    store.upgrade()
    yield store
    store.close()


@contextmanager
def _account(name: str) -> Iterator[tuple[Store, User]]:
    with _store() as store:
        yield store, accounts.named(store, name)


def _new_password(name: str, generate: bool) -> str:
    """The password that somebody types twice, or a new one, printed this once."""
    if generate:
        made = passwords.generate()
        console.print(f"Password: {made}")
        return made
    console.print(f"At least {passwords.SHORTEST} letters or digits. A sentence is good.")
    given: str = typer.prompt("Password", hide_input=True)
    passwords.check(given, name)
    if typer.prompt("Once more", hide_input=True) != given:
        raise AccountError("the two passwords are not the same; nothing was changed")
    return given


def _check_language(language: str) -> None:
    known = knowledge.load(settings.load().knowledge).languages
    if language and language not in known:
        raise AccountError(f"--language: `{language}` is no language here; {', '.join(known)}")


def _checked_team(team: str) -> str:
    if not _TEAM.fullmatch(team):
        raise AccountError("--team: a team has small letters, digits or dashes, as consulate")
    return team
