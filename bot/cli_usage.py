"""`alo usage`: the counts in the terminal, and erasing old ones."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot import settings
from bot.counts import figures, upkeep
from bot.counts.days import Period
from bot.counts.figures import Figures, Table
from bot.errors import PeriodError
from bot.store import Store

app = typer.Typer(no_args_is_help=True, help="What was counted: no names, no small numbers.")
Trial = Annotated[bool, typer.Option("--trial", help="Those of the phone page instead.")]


@app.command()
def show(
    period: Annotated[str, typer.Argument(help="A year, quarter or month: 2026-Q4, 2026-11.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    trial: Trial = False,
) -> None:
    """Shows the figures of a period and of the one before."""
    config = settings.load()
    store = _store()
    found = figures.figures(store, Period.of(period), trial=trial, floor=config.count_floor)
    store.close()
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
        return
    for line in lines(found):
        typer.echo(line)


@app.command()
def purge(
    before: Annotated[str, typer.Option(help="The first month that is kept, as 2025-01.")],
) -> None:
    """Erases all counts of the months before one. It cannot be undone."""
    first = Period.of(before)
    if first.length != 1:
        raise PeriodError(f"--before {before}: write a month, as 2025-01")
    store = _store()
    typer.echo(f"Erased {upkeep.purge(store, first.name)} rows of the months before {first.name}.")
    store.close()


def _store() -> Store:
    store = Store(settings.load())
    store.upgrade()
    return store


def lines(found: Figures) -> list[str]:
    """The figures as lines of text; a count that is too small is said to be so."""
    few = f"<{found.floor}"
    head = [f"{found.period}: {found.start} up to {found.end}"]
    if found.pending:
        head.append(f"without figures (not over, or not kept): {', '.join(found.pending)}")
    totals = [
        f"{name:14} {_at_least(total.at_least)}{few if total.count is None else total.count}"
        for name, total in found.totals.items()
    ]
    everybody = found.people[0]
    people = few if everybody.most is None else f"{everybody.least} to {everybody.most}"
    faults = [f"{f.day}: {f.kind} was down for {f.minutes} minutes" for f in found.faults]
    tables = [line for table in found.tables.values() for line in _table(table)]
    return [*head, *totals, f"people (about)  {people}", *faults, *tables]


def _table(table: Table) -> list[str]:
    rows = [f"  {row.key or '-':38} {_at_least(row.at_least)}{row.count}" for row in table.rows]
    rest = [f"  {'all others':38} {table.rest}"] if table.rest else []
    return [table.name, *rows, *rest] if rows or rest else []


def _at_least(unsure: bool) -> str:
    return "at least " if unsure else ""
