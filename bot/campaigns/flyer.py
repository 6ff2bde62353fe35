"""What a campaign prints: QR codes of its links, and a flyer of A5 in its language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import phonenumbers
import segno
from fpdf import FPDF

from bot.campaigns.entry import Entry, Link
from bot.knowledge import Knowledge

MARGIN = 12.0  # millimetres, as all lengths here
WIDTH, HEIGHT = 148.0, 210.0
QR_SIZE, ROW = 38.0, 46.0  # at most
FOOT = HEIGHT - MARGIN - 10
GAP = 7.0
INK, ACCENT, GREY = (22, 32, 43), (11, 92, 110), (85, 95, 105)


def codes(links: list[Link], folder: Path) -> list[Path]:
    """A QR code of each link, as SVG. Returns the files."""
    written = []
    for link in links:
        path = folder / f"{link.channel}.svg"
        segno.make(link.address, error="m").save(str(path), scale=8, border=4)
        written.append(path)
    return written


def flyer(content: Knowledge, entry: Entry, links: list[Link], path: Path) -> None:
    """Writes the flyer (PDF): the greeting, the word to send, a QR code for each channel."""
    words = content.page_words(entry.language)["flyer"]
    page = _page(entry)
    _head(page, entry, words)
    row = min(ROW, (FOOT - page.get_y()) / max(1, len(links)))
    for link in links:
        _row(page, link, entry, words, row)
    _foot(page, words)
    page.output(str(path))


def _page(entry: Entry) -> FPDF:
    page = FPDF(unit="mm", format=(WIDTH, HEIGHT))
    page.set_title(entry.name)
    page.set_lang(entry.language)
    page.set_margin(MARGIN)
    page.set_auto_page_break(False)
    page.add_page()
    return page


def _head(page: FPDF, entry: Entry, words: dict[str, Any]) -> None:
    _text(page, words["title"], size=20, bold=True, colour=ACCENT)
    _text(page, entry.greeting or words["about"], size=12)
    page.ln(2)
    _text(page, words["send"], size=12)
    _text(page, entry.code.upper(), size=22, bold=True)
    page.ln(2)


def _row(page: FPDF, link: Link, entry: Entry, words: dict[str, Any], height: float) -> None:
    """The QR code on the left, beside it the channel and what to do without a camera."""
    top, side = page.get_y(), min(QR_SIZE, height - 4)
    _qr(page, link.address, MARGIN, top, side)
    page.set_left_margin(MARGIN + side + GAP)
    page.set_xy(MARGIN + side + GAP, top + 3)
    _text(page, words["channels"][link.channel], size=15, bold=True)
    if note := words["costs"].get(link.channel):
        _text(page, note, size=10, colour=GREY)
    _text(page, words["scan"], size=11)
    if link.number:
        _text(
            page,
            words["by_hand"].format(number=_spaced(link.number), code=entry.code.upper()),
            size=11,
        )
    page.set_left_margin(MARGIN)
    page.set_xy(MARGIN, top + height)


def _spaced(number: str) -> str:
    """A number as people copy it: +509 37 00 11 22. A name stays."""
    if not number.startswith("+"):
        return number
    spaced = phonenumbers.format_number(
        phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(spaced).replace(" ", "\u00a0")  # a number stays on its line


def _qr(page: FPDF, address: str, left: float, top: float, size: float) -> None:
    """Draws the code as squares: sharp on paper of any size."""
    rows = [list(row) for row in segno.make(address, error="m").matrix]
    side = size / len(rows)
    page.set_fill_color(*INK)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                page.rect(left + x * side, top + y * side, side, side, style="F")


def _foot(page: FPDF, words: dict[str, Any]) -> None:
    page.set_xy(MARGIN, FOOT)
    _text(page, words["privacy"], size=9, colour=GREY)


def _text(
    page: FPDF, text: str, *, size: int, bold: bool = False, colour: tuple[int, int, int] = INK
) -> None:
    page.set_font("Helvetica", "B" if bold else "", size)
    page.set_text_color(*colour)
    page.multi_cell(0, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")
