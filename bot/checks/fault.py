"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. Errors stop the program from being released; warnings inform."""

    level: Literal["error", "warning"]
    path: str
    message: str

    @classmethod
    def error(cls, path: str, message: str) -> Fault:
        """Something that must be mended."""
        return cls("error", path, message)

    @classmethod
    def warning(cls, path: str, message: str) -> Fault:
        """Something that somebody should look at."""
        return cls("warning", path, message)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def review_due(path: str, where: str, review_by: str, today: date) -> list[Fault]:
    """A warning where the month of the review has passed."""
    if review_by < today.strftime("%Y-%m"):
        text = f"{where}review was due in {review_by}; hold it against its sources again"
        return [Fault.warning(path, text)]
    return []
