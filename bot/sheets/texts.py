"""The texts of the answers in a workbook: one sheet a group, the languages side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot import answers
from bot.errors import SheetError
from bot.knowledge import Knowledge
from bot.schema import PARTS, Text
from bot.sheets import changes, files, grid
from bot.sheets.changes import Change
from bot.sheets.grid import Row
from bot.text import gsm_form, septets

SHORT = "short"
KEYS = ("topic", "country", "part")
WIDTHS = {"topic": 26, "country": 9, "part": 9}
TEXT_WIDTH, COUNT_WIDTH = 60, 9


@dataclass(frozen=True)
class Place:
    """Where a text of an answer stands."""

    topic: str
    variant: str
    part: str
    language: str

    @property
    def file(self) -> str:
        """The file below the content folder."""
        return f"languages/{self.language}/answers/{self.topic.replace('.', '/', 1)}.yml"


def export(knowledge: Knowledge, path: Path, languages: list[str]) -> None:
    """Writes the workbook with these languages, the first one as the one to translate from."""
    book = Workbook()
    book.remove(book.active)
    for group in knowledge.groups():
        topics = [topic for topic in knowledge.group(group) if topic in knowledge.answers]
        if topics:
            _fill(book.create_sheet(group), knowledge, topics, languages)
    book.save(path)


def _fill(sheet: Worksheet, knowledge: Knowledge, topics: list[str], languages: list[str]) -> None:
    headings = [*KEYS, *(name for code in languages for name in (code, f"SMS {code}"))]
    sheet.append(headings)
    for topic in topics:
        for variant in knowledge.answers[topic].variants:
            for part in (SHORT, *PARTS):
                places = [Place(topic, variant, part, code) for code in languages]
                if any(text_at(knowledge, place) for place in places):
                    _add(sheet, knowledge, places)
    _dress(sheet, headings)


def _add(sheet: Worksheet, knowledge: Knowledge, places: list[Place]) -> None:
    number, first = sheet.max_row + 1, places[0]
    values: list[str] = [first.topic, first.variant, first.part]
    for place in places:
        text = text_at(knowledge, place)
        column = get_column_letter(len(values) + 1)
        short = place.part == SHORT and text
        values += [text, _segments(knowledge, place, f"{column}{number}") if short else ""]
    sheet.append(values)


def _segments(knowledge: Knowledge, place: Place, cell: str) -> str:
    """A formula that counts the SMS of a short text as it is sent, also while it is edited."""
    country = "" if place.variant == "any" else place.variant
    sent = answers.paragraph(knowledge, answers.Question(place.topic, place.language, country))
    whole = septets(gsm_form(sent.short)) if sent else 0
    added = whole - len(text_at(knowledge, place))
    length = f"(LEN({cell})+{added})"
    return f"=IF({length}<=160,1,ROUNDUP({length}/153,0))"


def text_at(knowledge: Knowledge, place: Place) -> str:
    """The text at a place, or nothing."""
    text = knowledge.languages[place.language].texts.get(place.topic, {}).get(place.variant)
    return _part(text, place.part).strip() if text else ""


def _part(text: Text, part: str) -> str:
    return text.short if part == SHORT else text.full.get(part, "")


def _dress(sheet: Worksheet, headings: list[str]) -> None:
    sheet.freeze_panes = "D2"
    for number, heading in enumerate(headings, 1):
        letter = get_column_letter(number)
        counts = heading.startswith("SMS ")
        width = WIDTHS.get(heading, COUNT_WIDTH if counts else TEXT_WIDTH)
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)


def read(knowledge: Knowledge, path: Path) -> dict[Place, Change]:
    """What a workbook would change. Raises SheetError with every fault, each naming its cell."""
    found: dict[Place, Change] = {}
    faults: list[str] = []
    seen: dict[tuple[str, ...], str] = {}
    for sheet in grid.read(path):
        languages = [code for code in sheet.headings if code in knowledge.languages]
        if sheet.headings[:3] != KEYS or not languages:
            text = f"the headings must be {', '.join(KEYS)} and codes of languages"
            faults.append(f"{sheet.name}!A1: {text}; do not change the first row")
            continue
        for row in sheet.rows:
            keys = tuple(row.text(key) for key in KEYS)
            faults += _row_faults(knowledge, row, seen.setdefault(keys, row.address))
            found |= dict(_changes(knowledge, row, languages)) if not faults else {}
    if faults:
        raise SheetError(faults)
    return found


def _row_faults(knowledge: Knowledge, row: Row, first: str) -> Iterator[str]:
    """What is wrong with the keys of a row; `first` is the first row with the same keys."""
    topic, variant, part = (row.text(key) for key in KEYS)
    answer = knowledge.answers.get(topic)
    if answer is None:
        yield f"{row.where('topic')}: `{topic}` is no topic with an answer; do not change column A"
    elif variant not in answer.variants:
        yield f"{row.where('country')}: {topic} has no `{variant}`; do not change column B"
    elif part not in (SHORT, *PARTS):
        yield f"{row.where('part')}: `{part}` is no part; write {SHORT}, {', '.join(PARTS)}"
    if first != row.address:
        yield f"{row.address}: says the same place as {first}; keep one of the rows"


def _changes(
    knowledge: Knowledge, row: Row, languages: list[str]
) -> Iterator[tuple[Place, Change]]:
    topic, variant, part = (row.text(key) for key in KEYS)
    for code in languages:
        place = Place(topic, variant, part, code)
        before, after = text_at(knowledge, place), row.text(code)
        if before != after:
            name = f"{topic} {variant} {part} [{code}]"
            yield place, Change(name, row.where(code), before, after)


def refused(folder: Path, today: date, found: dict[Place, Change]) -> list[str]:
    """Why the changes may not be taken over: each fault they would bring, with its cell."""
    faults = changes.new_faults(folder, today, lambda copy: apply(copy, found))
    return [f"{_address(fault.path, fault.message, found)}: {fault.message}" for fault in faults]


def _address(path: str, message: str, found: dict[Place, Change]) -> str:
    """The cell that a fault comes from: the change in its file that fits its words best."""
    near = [(place, x) for place, x in found.items() if path.endswith(place.file)]
    said = {word.strip("`,;.") for word in message.split()}

    def fits(item: tuple[Place, Change]) -> tuple[bool, int, bool]:
        place, change = item
        quoted = sum(word in change.after for word in said if len(word) > 2)
        return place.variant in said, quoted, (place.part == SHORT) == (SHORT in said)

    return max(near, key=fits)[1].address if near else path


def apply(folder: Path, found: dict[Place, Change]) -> None:
    """Writes the changed texts into a content folder."""
    by_file: dict[str, dict[Place, Change]] = {}
    for place, change in found.items():
        by_file.setdefault(place.file, {})[place] = change
    for name, those in by_file.items():
        data = files.read(folder / name)
        for place, change in those.items():
            _put(data.setdefault(place.variant, {"short": "", "full": {}}), place, change.after)
        files.write(folder / name, data)


def _put(text: dict[str, object], place: Place, words: str) -> None:
    """Sets a part of a text; a part without words is taken out."""
    parts = text["full"]
    assert isinstance(parts, dict)
    if place.part == SHORT:
        text["short"] = files.scalar(words)
    elif words:
        parts[place.part] = files.scalar(words)
    else:
        parts.pop(place.part, None)
