"""A flyer leads where it says: its squares are read as a telephone reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from bot.campaigns import flyer
from bot.campaigns.entry import Entry, Link
from bot.knowledge import Knowledge

LINKS = [
    Link("whatsapp", "https://wa.me/15005550006?text=RADIO-OUANAMINTHE", "+15005550006"),
    Link("sms", "sms:+15005550006?body=RADIO-OUANAMINTHE", "+15005550006"),
    Link("telegram", "https://t.me/alo_test_bot?start=radio-ouanaminthe", "@alo_test_bot"),
]
LANGUAGES = ["es", "ht", "en", "fr"]
GREETING = "Koute emisyon an chak samdi a 7è. "


def paper(content: Knowledge, folder: Path, language: str, greeting: str = "") -> Any:
    """The only page of a flyer."""
    path = folder / "flyer.pdf"
    entry = Entry("radio-ouanaminthe", "Radio", language, greeting)
    flyer.flyer(content, entry, LINKS, path)
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    return document[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("greeting", ["", GREETING * 8])
def test_every_square_of_the_flyer_can_be_read(
    content: Knowledge, tmp_path: Path, language: str, greeting: str
) -> None:
    picture = paper(content, tmp_path, language, greeting).render(scale=3).to_pil()
    read = {found.text for found in zxingcpp.read_barcodes(picture)}

    assert read == {link.address for link in LINKS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_flyer_says_the_word_and_the_number(
    content: Knowledge, tmp_path: Path, language: str
) -> None:
    text = paper(content, tmp_path, language).get_textpage().get_text_range()

    assert "RADIO-OUANAMINTHE" in text
    assert "+1 500-555-0006" in text.replace("\u00a0", " ").replace("\ufffe", "-")
    assert "@alo_test_bot" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_flyer_is_in_the_language_of_the_campaign(
    content: Knowledge, tmp_path: Path, language: str
) -> None:
    text = paper(content, tmp_path, language).get_textpage().get_text_range()

    assert content.page_words(language)["flyer"]["title"] in text


def test_there_is_a_square_of_its_own_for_each_channel(tmp_path: Path) -> None:
    written = flyer.codes(LINKS, tmp_path)

    assert [path.name for path in written] == ["whatsapp.svg", "sms.svg", "telegram.svg"]
    assert all(path.read_text().startswith("<?xml") for path in written)
