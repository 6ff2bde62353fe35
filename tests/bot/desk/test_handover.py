"""A conversation goes to a person and back: each change once, seen in the audit log, and said."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot import dialogues, outbox
from bot.desk import handover
from bot.desk.handover import Case
from bot.errors import NotYours
from bot.knowledge import Knowledge
from bot.store import Store
from bot.tables import audit, handovers, usage
from bot.tables import outbox as outbox_table
from tests import desks, samples
from tests.desks import ADMIN, ANNA, BOB


def actions(store: Store) -> list[str]:
    """The audit log: who did what."""
    users, done = (samples.column(store, column) for column in (audit.c.user, audit.c.action))
    return [f"{user} {action}" for user, action in zip(users, done, strict=True)]


def remembered(store: Store, case: Case) -> dict[str, Any] | None:
    """What the engine will know of the conversation."""
    with store.read() as connection:
        return dialogues.load(store, connection, case.conversation)


def test_a_conversation_waits(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content)
    with store.read() as connection:
        assert handover.of(connection, case.conversation) == case


def test_to_begin_is_an_entry(store: Store, content: Knowledge) -> None:
    desks.waiting(store, content)

    assert actions(store) == ["alo began"]


def test_it_begins_only_once(store: Store, content: Knowledge) -> None:
    first = desks.waiting(store, content)
    again = {"why": "failed", "urgent": False, "channel": "web", "language": "en"}
    with store.write() as connection:
        second = handover.begin(
            connection, first.conversation, country="", topic="", desk=content.desk, **again
        )

    assert (second, actions(store)) == (first, ["alo began"])


def test_danger_makes_one_that_waits_urgent(store: Store, content: Knowledge) -> None:
    first = desks.waiting(store, content)
    again = {"why": "danger", "urgent": True, "channel": "web", "language": "en"}
    with store.write() as connection:
        second = handover.begin(
            connection, first.conversation, country="", topic="", desk=content.desk, **again
        )

    assert (second.urgent, actions(store)) == (True, ["alo began", "alo urgent"])


@pytest.mark.parametrize(
    ("language", "topic", "team"),
    [
        ("es", "h2.apply", "visas"),
        ("ht", "documents.passport", "creole"),
        ("es", "documents.passport", ""),
    ],
)
def test_the_first_team_that_fits_gets_it(
    store: Store, content: Knowledge, language: str, topic: str, team: str
) -> None:
    case = desks.waiting(store, content, language=language, topic=topic, country="GT")

    assert case.team == team


def test_a_second_time_the_invented_name_is_the_same(store: Store, content: Knowledge) -> None:
    first = desks.taken(store, content)
    handover.hand_back(store, first.id, ANNA)
    with store.write() as connection:
        second = handover.begin(
            connection, first.conversation, why="asked", urgent=False, channel="web",
            language="en", country="", topic="", desk=content.desk,
        )  # fmt: skip

    assert (second.id > first.id, second.alias) == (True, first.alias)


def test_who_claims_has_it(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)

    assert (case.state, case.operator, case.taken_at is not None) == ("taken", ANNA.id, True)


def test_the_person_is_told_that_somebody_is_there(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content, language="es")
    handover.claim(store, case.id, ANNA)

    assert desks.said(store) == [content.phrase("es", "person_here").full]


def test_what_another_has_is_not_claimed(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)

    assert not handover.claim(store, case.id, BOB)


def test_what_is_ended_is_not_claimed(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.hand_back(store, case.id, ANNA)

    assert not handover.claim(store, case.id, BOB)


def test_of_many_who_claim_at_once_one_has_it(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content)
    with ThreadPoolExecutor(8) as pool:
        users = [ANNA, BOB] * 4
        won = list(pool.map(lambda user: handover.claim(store, case.id, user), users))

    claimed = [done for done in actions(store) if done.endswith("claimed")]

    assert (sorted(won), len(claimed), len(desks.said(store))) == ([False] * 7 + [True], 1, 1)


def test_an_answer_waits_to_be_sent_with_its_writer(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    number = handover.answer(store, case.id, ANNA, "Good morning")

    assert (
        samples.column(store, outbox_table.c.author, outbox_table.c.id == number),
        desks.said(store),
    ) == ([ANNA.id], ["Good morning"])


def test_an_answer_is_sent_as_any_reply_is(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.answer(store, case.id, ANNA, "Good morning")

    assert outbox.claim(store).address == samples.ADDRESS


@pytest.mark.parametrize(
    "change",
    [
        lambda store, case: handover.answer(store, case.id, BOB, "Hello"),
        lambda store, case: handover.hand_back(store, case.id, BOB),
        lambda store, case: handover.close(store, case.id, BOB, "answered"),
        lambda store, case: handover.transfer(store, case.id, BOB, team="visas"),
        lambda store, case: handover.answer(store, 99, ANNA, "Hello"),
    ],
)
def test_what_another_has_nobody_else_changes(
    store: Store, content: Knowledge, change: Callable[[Store, Case], Any]
) -> None:
    case = desks.taken(store, content)
    with pytest.raises(NotYours):
        change(store, case)

    assert (desks.now(store, case), desks.said(store)) == (case, [])


def test_an_admin_may_take_it_from_somebody(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.transfer(store, case.id, ADMIN, to=BOB)

    assert desks.now(store, case).operator == BOB.id


def test_after_it_is_handed_back_nobody_answers_in_it(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.hand_back(store, case.id, ANNA)
    with pytest.raises(NotYours):
        handover.answer(store, case.id, ANNA, "One more thing")


def test_handing_back_is_said(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content, language="ht")
    handover.hand_back(store, case.id, ANNA)

    assert desks.said(store) == [content.phrase("ht", "person_gone").full]


def test_the_program_knows_what_was_talked_about(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.hand_back(store, case.id, ANNA)

    assert remembered(store, case) == {
        "language": "ht",  # what it had remembered itself
        "country": "HT",
        "topic": "documents.passport",
        "greeted": True,
        "misses": 0,
        "choices": [],
        "others": [],
    }


def test_an_outcome_is_kept(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.close(store, case.id, ANNA, "unsafe")

    assert (desks.now(store, case).outcome, desks.now(store, case).state) == ("unsafe", "ended")


def test_an_unknown_outcome_changes_nothing(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    with pytest.raises(ValueError, match="answered, referred"):
        handover.close(store, case.id, ANNA, "bored")

    assert desks.now(store, case) == case


def test_a_colleague_goes_on_in_silence(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.transfer(store, case.id, ANNA, to=BOB)

    assert (desks.now(store, case).operator, desks.said(store)) == (BOB.id, [])


def test_another_team_has_it_waiting(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.transfer(store, case.id, ANNA, team="visas")
    after = desks.now(store, case)

    assert (after.state, after.operator, after.team) == ("waiting", None, "visas")


def test_of_another_team_the_person_is_told(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content, language="fr")
    handover.transfer(store, case.id, ANNA, team="visas")

    assert desks.said(store) == [content.phrase("fr", "person_other_team").full]


def test_each_change_is_one_entry(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.answer(store, case.id, ANNA, "Hello")
    handover.note(store, case.id, ANNA, "Needs the visa team")
    handover.transfer(store, case.id, ANNA, team="visas")
    handover.claim(store, case.id, BOB)
    handover.close(store, case.id, BOB, "referred")

    assert actions(store) == [
        "alo began", "anna claimed", "anna answered", "anna noted", "anna transferred",
        "bob claimed", "bob ended",
    ]  # fmt: skip


def test_a_note_is_for_operators_only(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.note(store, case.id, ANNA, "Needs the visa team")

    assert (
        [(note.user, note.text) for note in handover.notes(store, case.id)],
        desks.said(store),
    ) == ([(ANNA.id, "Needs the visa team")], [])


def test_of_who_is_forgotten_nothing_is_left(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.note(store, case.id, ANNA, "Needs the visa team")
    with store.write() as connection:
        handover.forget(connection, case.conversation)

    assert (
        samples.column(store, handovers.c.state),
        handover.notes(store, case.id),
        desks.said(store),
    ) == ([], [], [])


def test_to_who_wants_silence_nothing_is_said(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    desks.stop(store)
    handover.hand_back(store, case.id, ANNA)

    assert desks.said(store) == []


def test_a_second_hand_over_works_as_the_first(store: Store, content: Knowledge) -> None:
    first = desks.taken(store, content)
    handover.close(store, first.id, ANNA, "answered")
    samples.change(store, outbox_table, state="sent")
    with store.write() as connection:
        second = handover.begin(
            connection, first.conversation, why="asked", urgent=False, channel="web",
            language="en", country="HT", topic="", desk=content.desk,
        )  # fmt: skip
    handover.claim(store, second.id, BOB)
    handover.answer(store, second.id, BOB, "Me again")
    handover.hand_back(store, second.id, BOB)

    assert desks.said(store) == [
        content.phrase("en", "person_here").full,
        "Me again",
        content.phrase("en", "person_gone").full,
    ]


def counted(store: Store) -> list[str]:
    """What was counted of hand-overs."""
    rows = zip(samples.column(store, usage.c.measure), samples.column(store, usage.c.value),
               strict=True)  # fmt: skip
    wanted = {"handover", "wait", "closed"}
    return sorted(f"{measure} {value}" for measure, value in rows if measure in wanted)


def test_why_it_began_how_long_it_took_and_what_came_of_it_are_counted(
    store: Store, content: Knowledge
) -> None:
    case = desks.waiting(store, content, why="failed")
    desks.ago(store, 600, "began_at")
    handover.claim(store, case.id, ANNA)
    handover.close(store, case.id, ANNA, "referred")

    assert counted(store) == ["closed referred", "handover failed", "wait under_30m"]


def test_who_was_passed_on_has_waited_once(store: Store, content: Knowledge) -> None:
    case = desks.taken(store, content)
    handover.transfer(store, case.id, ANNA, team="visas")
    handover.claim(store, case.id, BOB)

    assert counted(store) == ["handover asked", "wait under_5m"]


def test_who_went_back_has_waited_in_vain(store: Store, content: Knowledge) -> None:
    case = desks.waiting(store, content)
    with store.write() as connection:
        handover.heard(store, connection, case, samples.reply(effect="program"))

    assert counted(store) == ["handover asked", "wait never"]


def test_a_reply_whose_form_is_sent_twice_is_one_reply(store: Store, content: Knowledge) -> None:
    desks.staff(store)
    case = desks.taken(store, content)
    first, again, other = (
        handover.answer(store, case.id, ANNA, "hello", key=key) for key in ("a", "a", "b")
    )

    assert first == again != other
    assert desks.said(store) == ["hello", "hello"]
