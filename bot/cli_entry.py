"""`alo entry`: the words and links by which a campaign is known."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from bot import knowledge, registry, settings
from bot.campaigns import entry
from bot.campaigns.entry import Entry, Link
from bot.errors import ChannelError, EntryError
from bot.knowledge import Knowledge
from bot.settings import Settings
from bot.store import opened

app = typer.Typer(no_args_is_help=True, help="Words, links and flyers of campaigns.")
console = Console(highlight=False, soft_wrap=True, markup=False)
Code = Annotated[str, typer.Argument(help="The word, as radio-ouanaminthe.")]


@app.command()
def add(
    code: Code,
    name: Annotated[str, typer.Argument(help='For your team, as "Radio spot, August".')],
    language: Annotated[str, typer.Option(help="The campaign's language, as ht.")],
    greeting: Annotated[str, typer.Option(help="What it says first; else the usual words.")] = "",
) -> None:
    """Makes a code, with its links, QR codes and flyer."""
    config = settings.load()
    content = knowledge.load(config.knowledge)
    new = Entry(code.strip().lower(), name.strip(), language, greeting.strip())
    _check(content, new)
    with opened(config) as rows:
        entry.add(rows, new)
    _show(config, content, new)


@app.command("list")
def list_all() -> None:
    """Lists all codes."""
    with opened(settings.load()) as rows:
        for found in entry.all_of(rows):
            over = "" if found.active else "  (closed)"
            console.print(f"{found.code:32} {found.language}  {found.name}{over}")


@app.command()
def show(code: Code) -> None:
    """Writes links, QR codes and flyer of a code again, as after a change of number."""
    config = settings.load()
    with opened(config) as rows, rows.read() as connection:
        found = entry.find(connection, code.lower())
    if found is None:
        raise EntryError(f"there is no code {code}; see: alo entry list")
    _show(config, knowledge.load(config.knowledge), found)


@app.command()
def close(code: Code) -> None:
    """Ends a campaign: its word is no code any more, its counts stay."""
    with opened(settings.load()) as rows:
        entry.close(rows, code.lower())
    console.print(f"Closed: {code}")


def _check(content: Knowledge, new: Entry) -> None:
    """Raises EntryError for a language that is none, or a word that means something already."""
    if new.language not in content.languages:
        raise EntryError(f"--language: choose one of {', '.join(content.languages)}")
    words = new.code.replace("-", " ")
    commands = (
        found for tongue in content.languages.values() for found in tongue.commands.values()
    )
    if any(words in found for found in commands):
        raise EntryError(f"{new.code} is a word that people write anyway; choose another")


def _show(config: Settings, content: Knowledge, found: Entry) -> None:
    from bot.campaigns import flyer  # here: what draws it takes most of a second to load

    links = asyncio.run(_links(config, found.code))
    console.print(f"Word:      {found.code.upper()}")
    for link in links:
        console.print(f"{link.channel + ':':10} {link.address}")
    if not links:
        console.print("No links: connect WhatsApp, SMS or Telegram first, then: alo entry show")
        return
    folder = config.var / "entries" / found.code
    folder.mkdir(parents=True, exist_ok=True)
    paper = folder / "flyer.pdf"
    flyer.flyer(content, found, links, paper)
    for path in [*flyer.codes(links, folder), paper]:
        console.print(f"Written:   {path}")


async def _links(config: Settings, code: str) -> list[Link]:
    """A link for each channel that is connected; one that does not answer is named."""
    found = []
    for name, channel in registry.connected(config).items():
        try:
            address, number = await channel.link(code)
        except ChannelError as error:
            console.print(f"{name}: {error.code}, no link; see: alo doctor")
            continue
        finally:
            await channel.close()
        if address:
            found.append(Link(name, address, number))
    return found
