"""Finds the channels: every public module of the package `channels` that holds one.

By name and not by import, so that `bot` stays below `channels`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import lru_cache
from types import ModuleType
from typing import Any, get_origin

from bot.settings import Settings


def module(name: str) -> ModuleType:
    """The module of a channel."""
    return importlib.import_module(f"channels.{name}")


@lru_cache(maxsize=1)
def channels() -> dict[str, Any]:
    """Each channel by its name, to render with; it knows no settings and cannot send."""
    package = importlib.import_module("channels")
    base: Any = module("base").Channel
    names = [x.name for x in pkgutil.iter_modules(package.__path__) if not x.name.startswith("_")]
    found: list[Any] = [
        kind for name in names for kind in vars(module(name)).values() if _is_channel(kind, base)
    ]
    return {kind.name: kind() for kind in found}


def connected(config: Settings) -> dict[str, Any]:
    """The channels that reach people and have all their settings, ready to send."""
    kinds = {name: type(channel) for name, channel in sending().items()}
    return {name: kind(config) for name, kind in kinds.items() if not kind.missing(config)}


def sending() -> dict[str, Any]:
    """The channels that can reach people once they have their settings."""
    reaching: Any = module("base").Sending
    return {name: x for name, x in channels().items() if isinstance(x, reaching)}


def _is_channel(kind: Any, base: Any) -> bool:
    return (
        inspect.isclass(kind)
        and get_origin(kind) is None  # an alias such as list[str] only looks like a class
        and issubclass(kind, base)
        and not inspect.isabstract(kind)
        and "name" in vars(kind)
    )
