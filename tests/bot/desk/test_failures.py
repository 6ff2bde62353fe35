"""What did not reach a person has a reason, and each reason has words in every language."""

from __future__ import annotations

import pytest

from bot import calls, outbox, registry, tables
from bot.desk import failures
from bot.desk.failures import REASONS, Failure
from bot.knowledge import Knowledge
from bot.outbox import Parcel
from bot.store import Store
from bot.wire import Receipt
from tests import samples


def parcel(store: Store, channel: str = "sms") -> Parcel:
    """A reply in the hands of the sender."""
    samples.answer(store)
    samples.change(store, tables.outbox, channel=channel)
    found = outbox.claim(store)
    assert found
    return found


def of(store: Store, sent: Parcel) -> list[Failure]:
    """What did not reach its person."""
    with store.read() as connection:
        return failures.of(connection, sent.conversation)


@pytest.mark.parametrize(
    ("channel", "code", "reason"),
    [
        ("sms", "twilio 21610", "blocked"),
        ("sms", "twilio 21211", "unreachable"),
        ("sms", "twilio 21408", "region"),
        ("sms", "twilio 99999", "refused"),
        ("sms", "twilio http 400", "refused"),
        ("whatsapp", "twilio 63013", "filtered"),
        ("whatsapp", "twilio 20003: credentials refused, see `alo doctor`", "credentials"),
        ("telegram", "telegram Forbidden", "blocked"),
        ("telegram", "telegram BadRequest", "refused"),
    ],
)
def test_what_was_given_up_says_why(store: Store, channel: str, code: str, reason: str) -> None:
    sent = parcel(store, channel)
    calls.refused(store, calls.begin(store, sent, 0, None).number, code)
    outbox.give_up(store, sent)

    assert [(x.reason, x.code, x.waits) for x in of(store, sent)] == [(reason, code, False)]


def test_what_the_provider_could_not_deliver_later_says_why(store: Store) -> None:
    sent = parcel(store)
    calls.taken(store, calls.begin(store, sent, 0, None).number, "SM9")
    outbox.sent(store, sent)
    calls.keep(store, Receipt("SM9", "failed", "30003"), registry.sending()["sms"].meaning)

    assert [x.reason for x in of(store, sent)] == ["unreachable"]


def test_what_is_held_waits_for_the_person(store: Store) -> None:
    sent = parcel(store, "whatsapp")
    outbox.hold(store, sent)

    assert [(x.reason, x.waits) for x in of(store, sent)] == [("window", True)]


def test_what_never_came_to_a_call_could_not_be_read(store: Store) -> None:
    sent = parcel(store)
    outbox.give_up(store, sent)

    assert [x.reason for x in of(store, sent)] == ["unreadable"]


def test_of_several_messages_the_one_with_a_code_says_why(store: Store) -> None:
    sent = parcel(store)
    calls.taken(store, calls.begin(store, sent, 0, None).number, "SM8")
    calls.refused(store, calls.begin(store, sent, 1, None).number, "twilio 21610")
    outbox.give_up(store, sent)

    assert [x.reason for x in of(store, sent)] == ["blocked"]


def test_what_arrived_is_no_failure(store: Store) -> None:
    sent = parcel(store)
    calls.taken(store, calls.begin(store, sent, 0, None).number, "SM9")
    outbox.sent(store, sent)

    assert of(store, sent) == []


def test_every_reason_of_a_channel_is_known() -> None:
    named = {reason for x in registry.sending().values() for reason in x.meaning.values()}

    assert named <= set(REASONS)


def test_every_reason_has_words_in_every_language(content: Knowledge) -> None:
    for language in content.languages:
        words = content.page_words(language)["delivery"]

        assert [x for x in (*REASONS, "title") if not words.get(x)] == []
