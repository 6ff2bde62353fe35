"""The table of hubs in a spreadsheet: the whole table goes out and the whole table comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from pydantic import ValidationError

from bot.errors import SheetError
from bot.knowledge import Knowledge
from bot.schema import Hub
from bot.sheets import changes, files, grid
from bot.sheets.changes import Change
from bot.sheets.grid import Row

FILE = "hubs.yml"
LAST = ("source", "date", "verified", "review_by", "confidence")
COLUMNS = (*(name for name in Hub.__fields__ if name not in LAST), *LAST)
OPTIONAL = {name for name, field in Hub.__fields__.items() if not field.required}
BETWEEN = ";"  # names in the cell of the aliases

Table = dict[str, dict[str, str]]  # id → column → text


def export(knowledge: Knowledge, path: Path) -> None:
    """Writes the present table as a workbook."""
    book = Workbook()
    sheet = book.active
    sheet.title = "hubs"
    sheet.append(COLUMNS)
    for row in _present(knowledge).values():
        sheet.append([row.get(column, "") for column in COLUMNS])
    sheet.freeze_panes = "B2"
    book.save(path)


def _present(knowledge: Knowledge) -> Table:
    return {hub.id: _texts(hub) for hub in knowledge.hubs}


def _texts(hub: Hub) -> dict[str, str]:
    values = {name: getattr(hub, name) for name in COLUMNS}
    values["aliases"] = f"{BETWEEN} ".join(hub.aliases)
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def read(path: Path) -> tuple[Table, dict[str, str]]:
    """The table of a file, and the address of each row. Raises SheetError with every fault."""
    sheet = grid.read(path)[0]
    missing = [name for name in COLUMNS if name not in (*sheet.headings, *OPTIONAL)]
    unknown = [name for name in sheet.headings if name and name not in COLUMNS]
    faults = [f"{sheet.name}!A1: the column `{name}` is missing; add it" for name in missing]
    faults += [f"{sheet.name}!A1: the column `{name}` is unknown; delete it" for name in unknown]
    if not sheet.rows:
        faults.append(f"{sheet.name}!A2: there is no hub; nothing is replaced by nothing")
    table: Table = {}
    where: dict[str, str] = {}
    for row in sheet.rows if not faults else ():
        wrong = list(_row_faults(row, where))
        faults += wrong
        where.setdefault(row.text("id"), row.address)
        table[row.text("id")] = {name: row.text(name) for name in COLUMNS if row.text(name)}
    if faults:
        raise SheetError(faults)
    return table, where


def _row_faults(row: Row, where: dict[str, str]) -> Iterator[str]:
    if row.text("id") in where:
        yield f"{row.where('id')}: `{row.text('id')}` stands in {where[row.text('id')]} already"
    try:
        Hub(**_values({name: row.text(name) for name in COLUMNS if row.text(name)}))
    except ValidationError as error:
        for item in error.errors():
            yield f"{row.where(str(item['loc'][0]))}: {item['loc'][0]}: {item['msg']}"


def _values(row: dict[str, str]) -> dict[str, Any]:
    """The row as the file holds it."""
    names = [name.strip() for name in row.get("aliases", "").split(BETWEEN) if name.strip()]
    return {**row, "aliases": names} if names else {k: v for k, v in row.items() if k != "aliases"}


def differences(knowledge: Knowledge, table: Table, where: dict[str, str]) -> list[Change]:
    """What would change, hub by hub and column by column; a hub that comes or goes is one."""
    before = _present(knowledge)
    found = []
    for hub_id in dict.fromkeys([*before, *table]):
        old, new = before.get(hub_id, {}), table.get(hub_id, {})
        columns = [name for name in COLUMNS if old.get(name, "") != new.get(name, "")]
        for name in columns if old and new else ["id"] if columns else []:
            place = where.get(hub_id, "")
            found.append(Change(f"{hub_id} {name}", place, _shown(old, name), _shown(new, name)))
    return found


def _shown(row: dict[str, str], name: str) -> str:
    """A column, or for a hub that comes or goes its name and town."""
    return f"{row['name']}, {row['city']}" if name == "id" and row else row.get(name, "")


def refused(folder: Path, today: date, table: Table, where: dict[str, str]) -> list[str]:
    """Why the table may not be taken over, each fault with its row."""
    faults = changes.new_faults(folder, today, lambda copy: apply(copy, table))
    return [f"{_address(fault.message, where)}: {fault.message}" for fault in faults]


def _address(message: str, where: dict[str, str]) -> str:
    return where.get(message.split(":")[0], f"knowledge/{FILE}")


def apply(folder: Path, table: Table) -> None:
    """Writes the table into a content folder, under the words at the head of the file."""
    path = folder / FILE
    lines = path.read_text("utf-8").splitlines(keepends=True)
    head = [line for line in lines[: _first_row(lines)] if line.strip()][:2]
    files.write(path, [_values(row) for row in table.values()])
    path.write_text("".join(head) + "\n" + path.read_text("utf-8"), "utf-8")


def _first_row(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines) if line.startswith("-")), len(lines))
