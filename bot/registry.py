"""Finds the channels: every public module of the package `channels` that holds one.

By name and not by import, so that `bot` stays below `channels`.
"""

from __future__ import annotations

import importlib
import inspect
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
    base: Any = module("base").Channel
    names = [x.name for x in pkgutil.iter_modules(package.__path__) if not x.name.startswith("_")]
    members: list[Any] = [kind for name in names for kind in vars(module(name)).values()]
    return {kind.name: kind() for kind in members if _is_channel(kind, base)}


def _is_channel(kind: Any, base: Any) -> bool:
    return inspect.isclass(kind) and issubclass(kind, base) and kind is not base
