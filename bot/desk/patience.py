"""When waiting has lasted too long: for a person without anybody, for an operator's silence."""

from __future__ import annotations

from bot.desk import opening
from bot.desk.cases import Case
from bot.desk.desk_rules import Desk

MINUTE, HOUR = 60.0, 3600.0
DAY, WEEK = 24 * HOUR, 7 * 24 * HOUR


def is_late(desk: Desk, case: Case, now: float) -> bool:
    """Whether nobody has come for too long while the desk was open, and nobody said so yet."""
    since = opening.open_since(desk, now)
    if since is None or case.state != "waiting" or case.told_at:
        return False
    return now - max(since, case.began_at) >= desk.nobody_minutes * MINUTE


def is_silent(desk: Desk, case: Case, now: float) -> bool:
    """Whether the operator who has a conversation has not written for too long."""
    if case.state != "taken":
        return False
    return now - max(case.taken_at or 0.0, case.operator_at or 0.0) >= desk.silent_hours * HOUR


def may_say(desk: Desk, case: Case, now: float) -> bool:
    """Whether it is long enough ago that the person was told that somebody was called."""
    return now - (case.said_at or 0.0) >= desk.line_minutes * MINUTE


def may_warn(desk: Desk, case: Case, now: float) -> bool:
    """The same for the numbers to call in danger."""
    return now - (case.warned_at or 0.0) >= desk.line_minutes * MINUTE
