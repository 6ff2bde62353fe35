"""Logging that cannot hold a person: no text, number or name, whatever a library wants to say.

Rasa at DEBUG prints what people write, and an exception can carry it. So Rasa speaks from WARNING
up, its structured fields are dropped, and of an exception only its type and place are shown.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog

_QUIET = ("rasa", "rasa_sdk", "httpx", "httpcore", "telegram", "twilio", "urllib3", "asyncio")
_EVENT_ONLY = {"event", "level"}

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Formatter(logging.Formatter):
    """One line a record; exceptions without their message."""

    def formatException(self, ei: ExcInfo) -> str:
        frames = traceback.extract_tb(ei[2])[-3:]
        places = " < ".join(f"{os.path.basename(f.filename)}:{f.lineno}" for f in reversed(frames))
        return f"{ei[0].__name__ if ei[0] else 'exception'} at {places}"


class _NoPerson(logging.Filter):
    """Libraries may log that something happened, not what: their arguments are dropped."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.split(".")[0] in _QUIET:
            record.msg, record.args = f"{record.levelname} in {record.funcName}", ()
        return True


def configure(process: str) -> None:
    """Sets up logging for a process of ours. `process` is shown in front of each line."""
    os.environ["LOG_LEVEL"] = "WARNING"  # Rasa reads it; nobody may set it to DEBUG
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter(f"%(asctime)s {process} %(levelname)s %(message)s"))
    handler.addFilter(_NoPerson())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("apscheduler", "alembic", "matplotlib"):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _uncaught
    logging.captureWarnings(True)  # of libraries about libraries: nobody here can mend them
    logging.getLogger("py.warnings").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, _only_event, _as_text],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        cache_logger_on_first_use=False,
    )


def _uncaught(
    kind: type[BaseException], error: BaseException, place: TracebackType | None
) -> None:
    """What ends a process is logged without its message: that may hold what a person wrote."""
    logging.getLogger("alo").critical("ended by an error", exc_info=(kind, error, place))


def _only_event(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Rasa's structured logs put texts into fields: keep the name of the event alone."""
    return {key: value for key, value in event.items() if key in _EVENT_ONLY}


def _as_text(_logger: object, _method: str, event: dict[str, Any]) -> str:
    return f"rasa {event.get('level', '')} {event.get('event', '')}"
