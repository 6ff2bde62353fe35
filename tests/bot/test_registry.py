"""A channel is found because its file is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import registry
from bot.settings import ROOT
from channels.base import Channel, Sending

PIGEON = """
from channels.base import Channel

class Pigeon(Channel):
    name = "pigeon"
    longest = 20
"""
FIND = """
import sys, channels
channels.__path__.append(sys.argv[1])
from bot import registry
print(*sorted(registry.channels()))
"""


def found(folder: Path) -> list[str]:
    """The channels that another process finds if this folder is one of those of `channels`."""
    command = [sys.executable, "-c", FIND, str(folder)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return ended.stdout.split()


def test_every_channel_is_found_by_its_name() -> None:
    assert sorted(registry.channels()) == ["sms", "telegram", "web", "whatsapp"]


@pytest.mark.parametrize("name", ["sms", "telegram", "web", "whatsapp"])
def test_a_channel_stands_in_the_file_of_its_name(name: str) -> None:
    assert type(registry.channels()[name]).__module__ == f"channels.{name}"


def test_every_channel_can_render() -> None:
    assert [isinstance(channel, Channel) for channel in registry.channels().values()] == [True] * 4


def test_the_phone_page_can_be_sent_to() -> None:
    assert isinstance(registry.channels()["web"], Sending)


def test_a_new_file_is_a_new_channel(tmp_path: Path) -> None:
    (tmp_path / "pigeon.py").write_text(PIGEON)

    assert found(tmp_path) == ["pigeon", "sms", "telegram", "web", "whatsapp"]


def test_a_private_file_is_no_channel(tmp_path: Path) -> None:
    (tmp_path / "_pigeon.py").write_text(PIGEON)

    assert found(tmp_path) == ["sms", "telegram", "web", "whatsapp"]
