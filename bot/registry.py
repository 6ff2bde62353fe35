"""Finds the channels: every public module of the package `channels` that holds one.

By name and not by import, so that `bot` stays below `channels`.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from types import ModuleType
from typing import Any


def module(name: str) -> ModuleType:
    """The module of a channel."""
    return importlib.import_module(f"channels.{name}")


@lru_cache(maxsize=1)
def channels() -> dict[str, Any]:
    """Each channel by its name."""
    package = importlib.import_module("channels")
    base = module("base").Channel
    names = [x.name for x in pkgutil.iter_modules(package.__path__) if not x.name.startswith("_")]
    found: dict[str, Any] = {}
    for name in names:
        for kind in vars(module(name)).values():
            if isinstance(kind, type) and issubclass(kind, base) and kind is not base:
                found[kind.name] = kind()
    return found
