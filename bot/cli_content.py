"""`alo content`: the content for people who edit and translate it, without programming."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import knowledge, settings, status
from bot.errors import SettingsError, SheetError
from bot.knowledge import Knowledge
from bot.sheets import hubs, texts
from bot.sheets.changes import Change

app = typer.Typer(no_args_is_help=True, help="The content in spreadsheets, and how it stands.")
console = Console(highlight=False, soft_wrap=True, markup=False)

Existing = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask before writing.")]


@app.command("export")
def export_texts(
    file: Annotated[Path, typer.Argument(help="The .xlsx file to write.")],
    languages: Annotated[str, typer.Option(help="Codes, as es,ht: the first is the source.")] = "",
) -> None:
    """Writes the texts of the answers into a workbook, a sheet a group, languages side by side."""
    content = _content()
    texts.export(content, _workbook(file), _chosen(content, languages))
    console.print(f"Written: {file}")


@app.command("import")
def import_texts(file: Existing, yes: Sure = False) -> None:
    """Brings a workbook back: checks it, shows what changes, and asks before it writes."""
    folder, content = settings.load().knowledge, _content()
    found = texts.read(content, file)
    faults = texts.refused(folder, _today(), found) if found else []
    _refuse(faults)
    if _agreed(list(found.values()), yes):
        texts.apply(folder, found)
        console.print(f"{len(found)} texts changed.")


@app.command("hubs")
def hub_table(
    file: Annotated[Path, typer.Argument(help="The .xlsx or .csv file.")],
    export: Annotated[bool, typer.Option("--export", help="Write the present table.")] = False,
    yes: Sure = False,
) -> None:
    """Replaces the table of hubs by that of a file; with --export writes the present one first."""
    content = _content()
    if export:
        hubs.export(content, _workbook(file))
        console.print(f"Written: {file}")
        return
    if not file.is_file():
        raise SettingsError(f"{file}: there is no such file; --export writes one to start from")
    folder = settings.load().knowledge
    table, where = hubs.read(file)
    found = hubs.differences(content, table, where)
    _refuse(hubs.refused(folder, _today(), table, where) if found else [])
    if _agreed(found, yes):
        hubs.apply(folder, table)
        console.print(f"{len(table)} hubs in the table.")


@app.command("status")
def show_status(
    html: Annotated[Path | None, typer.Option(help="Write it as a page, for a manager.")] = None,
    lang: Annotated[str, typer.Option(help="The language of the report.")] = "en",
) -> None:
    """How the content stands: what is missing, stale, unverified or too long; how easy to read."""
    language = _chosen(_content(), lang)[0]
    folder = settings.load().knowledge
    report = status.of(folder, settings.ROOT / "nlu", _today(), language)
    if html:
        html.write_text(status.as_html(report), "utf-8")
        console.print(f"Written: {html}")
        return
    console.print(status.as_text(report))


def _content() -> Knowledge:
    return knowledge.load(settings.load().knowledge)


def _today() -> date:
    return datetime.now(timezone.utc).date()


def _workbook(file: Path) -> Path:
    if file.suffix.lower() != ".xlsx":
        raise SettingsError(f"{file}: the name must end in .xlsx")
    if not file.absolute().parent.is_dir():
        raise SettingsError(f"{file.parent}: there is no such folder; make it first")
    return file


def _chosen(content: Knowledge, languages: str) -> list[str]:
    codes = [code.strip() for code in languages.split(",") if code.strip()]
    for code in codes:
        if code not in content.languages:
            known = ", ".join(content.languages)
            raise SettingsError(f"--languages: `{code}` is no language here; choose of {known}")
    return codes or list(content.languages)


def _refuse(faults: list[str]) -> None:
    if faults:
        raise SheetError([*faults, "Nothing was changed."])


def _agreed(found: list[Change], yes: bool) -> bool:
    """Shows what changes, and whether it may be written."""
    for change in found:
        console.print(f"{change.name}  ({change.address or 'not in the file'})")
        _side("-", change.before, "red")
        _side("+", change.after, "green")
    if not found:
        console.print("Nothing changes.")
        return False
    return yes or typer.confirm(f"{len(found)} changes. Write them?")


def _side(sign: str, words: str, colour: str) -> None:
    for line in words.splitlines():
        console.print(f"  {sign} {line}", style=colour)
