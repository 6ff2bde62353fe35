"""What a drill does to the program."""

from __future__ import annotations

from dataclasses import dataclass

CHANNELS = ("whatsapp", "sms", "telegram")


@dataclass
class Plan:
    """What is done to the program.

    Where `canned` is 1, replies are canned and no model is needed: then only edge, outbox, sender
    and channels are tried.
    """

    people: int
    turns: int = 2
    fail: float = 0.2
    repeat: float = 0.1
    rate: float = 30.0
    kill_sender: float = 6.0
    kill_worker: float = 40.0
    canned: int = 0
    seed: int = 5
