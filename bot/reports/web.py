"""The report as one page that needs nothing else: styles and charts are inside."""

from __future__ import annotations

import base64

from jinja2 import Environment, FileSystemLoader, select_autoescape

from bot.knowledge import Knowledge
from bot.reports import pictures
from bot.reports.document import Document
from bot.settings import ROOT

PAGES = ROOT / "bot" / "pages"


def write(document: Document, content: Knowledge, note: str = "") -> bytes:
    """The page as a file."""
    made = Environment(
        loader=FileSystemLoader(PAGES / "templates"), autoescape=select_autoescape()
    )
    styles = [(PAGES / "static" / f"{name}.css").read_text("utf-8") for name in ("staff", "stats")]
    shown = made.get_template("report.html").render(
        document=document,
        content=content,
        pictures=pictures,
        styles="\n".join(styles),
        curve=_address(pictures.curve(document, content)) if pictures.has_curve(document) else "",
        map=_address(pictures.map_of(document, content)) if pictures.has_map(document) else "",
        note=note,
    )
    return shown.encode()


def _address(drawn: bytes) -> str:
    """A picture as an address that holds the picture itself."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawn).decode()
