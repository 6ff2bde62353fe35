"""The people who work here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["operator", "campaign", "admin"]


@dataclass(frozen=True)
class User:
    """Somebody with an account. `teams` are ids of desk.yml."""

    id: int
    name: str
    role: Role
    language: str
    teams: tuple[str, ...]
    second_factor: bool
