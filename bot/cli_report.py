"""`alo report`: the figures of a period as a file for people or for programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import knowledge, reports, settings
from bot.counts.days import Period
from bot.errors import SettingsError
from bot.knowledge import Knowledge
from bot.store import opened

console = Console(highlight=False, soft_wrap=True, markup=False)
_KINDS = ", ".join(reports.FORMATS)


def report(
    period: Annotated[str, typer.Argument(help="A quarter, month or year, as 2026-Q3.")],
    kind: Annotated[str, typer.Option("--format", help=f"One of: {_KINDS}.")] = "pdf",
    language: Annotated[str, typer.Option(help="Of the report, as ht.")] = "en",
    output: Annotated[Path | None, typer.Option(help="The file; else alo-2026-Q3-en.pdf.")] = None,
    note: Annotated[str, typer.Option(help="A line under the title, as a draft has.")] = "",
    tests: Annotated[bool, typer.Option("--tests", help="Only tests on the phone page.")] = False,
) -> None:
    """Writes the report of a quarter, month or year."""
    wanted, config = Period.of(period), settings.load()
    content = knowledge.load(config.knowledge)
    _check(content, kind, language)
    file = output or Path(reports.file_name(wanted, language, kind))
    if not file.absolute().parent.is_dir():
        raise SettingsError(f"{file.parent}: there is no such folder; make it first")
    from bot.reports import loading

    with opened(config) as rows:
        document = loading.load(rows, config, content, wanted, language, trial=tests)
    file.write_bytes(reports.write(document, content, kind, note))
    console.print(f"Written: {file}")


def _check(content: Knowledge, kind: str, language: str) -> None:
    if kind not in reports.FORMATS:
        raise SettingsError(f"--format: `{kind}` is none; choose of {_KINDS}")
    if language not in content.languages:
        known = ", ".join(content.languages)
        raise SettingsError(f"--language: `{language}` is no language here; choose of {known}")
