"""`alo entry` as a campaign team types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import alo

TWILIO = {
    "ALO_PUBLIC_URL": "https://alo.example.org",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "a-token-of-nobody",
    "TWILIO_WHATSAPP_FROM": "+15005550006",
    "TWILIO_SMS_FROM": "+15005550006",
}
ADD = ["entry", "add", "radio-ouanaminthe", "Radio spot, Ouanaminthe, August", "--language", "ht"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a campaign was made."""
    made = tmp_path_factory.mktemp("entry")
    ended = alo(made, *ADD, **TWILIO)
    assert ended.returncode == 0, ended.stderr
    (made / "said").write_text(ended.stdout)
    return made


@pytest.mark.parametrize(
    "line",
    [
        "Word:      RADIO-OUANAMINTHE",
        "whatsapp:  https://wa.me/15005550006?text=RADIO-OUANAMINTHE",
        "sms:       sms:+15005550006?body=RADIO-OUANAMINTHE",
    ],
)
def test_adding_a_code_prints_its_links(folder: Path, line: str) -> None:
    assert line in (folder / "said").read_text().splitlines()


def test_adding_a_code_writes_squares_and_a_flyer(folder: Path) -> None:
    written = folder / "entries" / "radio-ouanaminthe"

    assert sorted(x.name for x in written.iterdir()) == ["flyer.pdf", "sms.svg", "whatsapp.svg"]


def test_the_list_has_the_campaign(folder: Path) -> None:
    said = alo(folder, "entry", "list").stdout

    assert said.split(maxsplit=2) == [
        "radio-ouanaminthe", "ht", "Radio spot, Ouanaminthe, August\n",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ADD, "alo: the code radio-ouanaminthe exists already; choose another\n"),
        (["entry", "add", "stop", "x", "--language", "es"],
         "alo: stop is a word that people write anyway; choose another\n"),
        (["entry", "add", "radio2", "x", "--language", "xx"],
         "alo: --language: choose one of es, ht, en, fr, pt\n"),
        (["entry", "close", "nothing"], "alo: there is no code nothing; see: alo entry list\n"),
        (["entry", "show", "nothing"], "alo: there is no code nothing; see: alo entry list\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_line(folder: Path, words: list[str], said: str) -> None:
    ended = alo(folder, *words)

    assert (ended.returncode, ended.stderr) == (1, said)


def test_without_a_channel_it_says_what_to_do(tmp_path: Path) -> None:
    said = alo(tmp_path, *ADD).stdout

    assert "connect WhatsApp, SMS or Telegram first" in said
