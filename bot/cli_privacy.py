"""`alo purge` and `alo keys`: what is erased, and how the key is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console

from bot import purge, rotation, settings
from bot.rotation import Count
from bot.settings import Settings
from bot.store import Store

keys = typer.Typer(no_args_is_help=True, help="The keys of what is encrypted.")
console = Console(highlight=False, soft_wrap=True, markup=False)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")]


def erase_old(dry_run: DryRun = False) -> None:
    """Erases what is older than it may be. The sender does the same every hour."""
    with _store() as (config, store):
        gone = purge.would_go(store, config) if dry_run else purge.purge(store, config)
    for lifetime in purge.LIFETIMES:
        console.print(f"{gone[lifetime.name]:8}  {lifetime.what}")
    if dry_run:
        console.print("Nothing was erased.")


@keys.command("status")
def show() -> None:
    """Shows how much each kind of key has encrypted. Never shows a key."""
    with _store() as (config, store):
        _say(config, rotation.count(store))


@keys.command("rotate")
def rotate() -> None:
    """Encrypts again with ALO_SECRET_KEY what an old key has encrypted."""
    with _store() as (config, store):
        found = rotation.rotate(store)
        console.print(f"{found.old} values were encrypted again.")
        _say(config, rotation.count(store))


def _say(config: Settings, count: Count) -> None:
    console.print(f"{count.present} values are encrypted with ALO_SECRET_KEY.")
    console.print(f"{count.old} are encrypted with one of ALO_OLD_SECRET_KEYS.")
    if count.unknown:
        console.print(f"{count.unknown} are encrypted with none of them: nobody can read them.")
    if config.old_secret_keys and not config.pseudonym_key:
        console.print("Before you drop old keys, set ALO_PSEUDONYM_KEY to the oldest of them.")
    elif config.old_secret_keys and not count.old:
        console.print("The old keys can be dropped.")


@contextmanager
def _store() -> Iterator[tuple[Settings, Store]]:
    config = settings.load()
    store = Store(config)
    store.upgrade()
    try:
        yield config, store
    finally:
        store.close()
