"""The errors of this program. Each says in one line what is wrong and what to do.

AloError
├── SettingsError     a setting is missing or wrong
├── ContentError      content cannot be loaded; carries every fault at once
├── SheetError        a spreadsheet cannot be taken over; carries every fault with its cell
├── PeriodError       it is no year, quarter or month
├── EntryError        an entry code cannot be one, is taken, or does not exist
├── AccountError      an account cannot be made or changed so
├── ModelMissing      there is no trained model
├── EngineFailed      the dialogue engine gave no reply to a message
├── ChannelError      a provider call failed
│   ├── Retryable     it may be tried again
│   │   └── Unsure    nobody knows whether the provider has taken it
│   ├── WindowClosed  the service lets nobody write to this person until they write again
│   └── Undeliverable it must not be tried again
│       └── Blocked   the person has stopped or blocked us
├── LeaseLost         another worker has taken the conversation over
├── NotYours          another operator, or nobody, has the conversation
└── CaseChanged       a person took the conversation, or gave it back, in mid-work
"""

from __future__ import annotations


class AloError(Exception):
    """Base of all errors that are shown to people as one line."""


class SettingsError(AloError):
    """A setting is missing or wrong; the message names it and says what to do."""


class ContentError(AloError):
    """Content that cannot be loaded. `faults` has one line for each fault."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class SheetError(ContentError):
    """A spreadsheet that cannot be taken over. `faults` name the cell and what to do."""


class PeriodError(AloError):
    """It is no year, quarter or month; the message says how to write one."""


class EntryError(AloError):
    """An entry code cannot be one, is taken, or does not exist."""


class AccountError(AloError):
    """An account cannot be made or changed so; the message says what to do."""


class ModelMissing(AloError):
    """There is no trained model, or it does not fit the present content."""


class EngineFailed(AloError):
    """The dialogue engine gave no reply. The message never holds what the person wrote."""


class ChannelError(AloError):
    """A provider call failed. `code` is stable and safe to log."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Retryable(ChannelError):
    """The call may be tried again, not sooner than `after` seconds from now.

    `everybody` is set where the provider wants no call at all for so long.
    """

    def __init__(self, code: str, after: float = 0.0, *, everybody: bool = False) -> None:
        super().__init__(code)
        self.after = after
        self.everybody = everybody


class Unsure(Retryable):
    """The connection broke before the provider's answer: it may have taken the message."""


class WindowClosed(ChannelError):
    """The service lets us write to this person only after they have written again."""


class Undeliverable(ChannelError):
    """The call must not be tried again."""


class Blocked(Undeliverable):
    """The person has stopped or blocked us; they are written to again once they write."""


class LeaseLost(AloError):
    """The lease ran out in mid-work and another worker has taken the conversation."""


class NotYours(AloError):
    """An operator wanted to change a conversation that they do not have."""


class CaseChanged(AloError):
    """A conversation went to a person, or came back, while a message of it was worked on."""
