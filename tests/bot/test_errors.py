"""An error says in one line what is wrong; what a person wrote is in none."""

from __future__ import annotations

import inspect

import pytest

from bot import errors
from bot.errors import AloError, ChannelError, ContentError, Retryable, Undeliverable

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_is_one_that_people_are_shown_as_one_line(kind: type[Exception]) -> None:
    assert issubclass(kind, AloError)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_stands_in_the_overview(kind: type[Exception]) -> None:
    assert kind.__name__ in str(errors.__doc__)


@pytest.mark.parametrize("kind", [Retryable, Undeliverable])
def test_a_failed_call_has_a_code_for_the_log(kind: type[ChannelError]) -> None:
    assert (kind("busy").code, str(kind("busy"))) == ("busy", "busy")


def test_what_may_be_tried_again_is_not_what_must_not() -> None:
    assert (issubclass(Retryable, Undeliverable), issubclass(Undeliverable, Retryable)) == (
        False,
        False,
    )


def test_faults_of_the_content_are_told_one_a_line() -> None:
    assert str(ContentError(["one fault", "another"])) == "one fault\nanother"
