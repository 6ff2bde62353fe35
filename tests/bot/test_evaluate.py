"""An examination: what counts as right, offered, wrong or missed, and the shares of each."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import evaluate
from bot.errors import SettingsError
from bot.evaluate import Case, Result
from bot.model import Reply

TOPIC, OTHER = "h2.cost", "h2.what"
NOTHING = "meta.out_of_scope"
KEYS = ["country", "language", "missed", "n", "offered", "right", "wrong"]
CASE = Case("cuanto cuesta", TOPIC, "es")
GOOD = '{"text": "hola", "topic": "meta.greet", "lang": "es"}'


def result(verdict: Any, topic: str = TOPIC, taken: str = TOPIC, **more: str) -> Result:
    """A case in Spanish, answered in Spanish, that came out like this."""
    case = Case("a text", topic, more.get("lang", "es"), country=more.get("country", ""))
    reply = Reply(topic=taken, language="es", country=more.get("answered_for", ""))
    return Result(case, reply, verdict)


def cases(folder: Path, *lines: str) -> list[Case]:
    """What is read from a file of these lines."""
    path = folder / "cases.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return evaluate.read(path)


@pytest.mark.parametrize(
    ("topic", "reply", "verdict"),
    [
        (TOPIC, {"outcome": "answered", "topic": TOPIC}, "right"),
        (TOPIC, {"outcome": "answered", "topic": OTHER}, "wrong"),
        (TOPIC, {"outcome": "answered", "topic": ""}, "wrong"),
        (TOPIC, {"outcome": "asked", "topic": TOPIC}, "right"),
        (TOPIC, {"outcome": "asked", "topic": OTHER}, "wrong"),
        (TOPIC, {"outcome": "handover", "topic": "meta.human"}, "wrong"),
        ("meta.human", {"outcome": "handover", "topic": "meta.human"}, "right"),
        (TOPIC, {"outcome": "stopped", "topic": "meta.stop"}, "wrong"),
        ("meta.stop", {"outcome": "stopped", "topic": "meta.stop"}, "right"),
        (TOPIC, {"outcome": "clarified", "options": (OTHER, TOPIC)}, "offered"),
        (TOPIC, {"outcome": "clarified", "options": (OTHER,)}, "missed"),
        (TOPIC, {"outcome": "clarified", "options": (OTHER,), "topic": TOPIC}, "missed"),
        (TOPIC, {"outcome": "fallback", "topic": ""}, "missed"),
        (TOPIC, {"outcome": "fallback", "topic": NOTHING}, "missed"),
        (TOPIC, {"outcome": "fallback", "topic": TOPIC}, "missed"),
        (NOTHING, {"outcome": "fallback", "topic": NOTHING}, "right"),
        (NOTHING, {"outcome": "fallback", "topic": ""}, "right"),
        (NOTHING, {"outcome": "answered", "topic": TOPIC}, "wrong"),
        (NOTHING, {"outcome": "clarified", "options": (TOPIC,)}, "missed"),
    ],
)
def test_how_a_reply_counts(topic: str, reply: dict[str, Any], verdict: str) -> None:
    assert evaluate.verdict(replace(CASE, topic=topic), Reply(**reply)) == verdict


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ({"outcome": "answered", "topic": OTHER}, "right"),
        ({"outcome": "clarified", "options": (OTHER,)}, "offered"),
        ({"outcome": "answered", "topic": "fraud.scam"}, "wrong"),
    ],
)
def test_other_topics_may_be_right_too(reply: dict[str, Any], verdict: str) -> None:
    assert evaluate.verdict(replace(CASE, also=(OTHER,)), Reply(**reply)) == verdict


def test_a_fallback_is_right_where_out_of_scope_is_right_too() -> None:
    assert evaluate.verdict(replace(CASE, also=(NOTHING,)), Reply(outcome="fallback")) == "right"


def test_the_shares_of_the_verdicts() -> None:
    verdicts = ["right"] * 4 + ["offered"] * 2 + ["wrong", "missed"]
    shares = evaluate.shares([result(verdict) for verdict in verdicts])

    shown = {name: shares[name] for name in evaluate.VERDICTS}
    assert shown == {"right": 0.5, "offered": 0.25, "wrong": 0.125, "missed": 0.125}


def test_the_share_in_the_right_language() -> None:
    results = [result("right"), result("wrong", lang="ht"), result("right"), result("missed")]

    assert evaluate.shares(results)["language"] == 0.75


def test_the_share_for_the_right_country() -> None:
    results = [
        result("right", country="HT", answered_for="HT"),
        result("right", country="HT", answered_for="GT"),
        result("right", answered_for="GT"),
        result("wrong", country="HT", answered_for="GT"),
    ]

    assert evaluate.shares(results)["country"] == 0.5


def test_the_number_of_cases() -> None:
    assert evaluate.shares([result("right"), result("wrong")])["n"] == 2


def test_a_share_has_four_places() -> None:
    shares = evaluate.shares([result("right"), result("wrong"), result("wrong")])

    assert (shares["right"], shares["wrong"]) == (0.3333, 0.6667)


def test_of_no_case_there_is_no_number() -> None:
    assert evaluate.shares([])["n"] == 0


def test_the_summary_has_the_parts_that_were_promised() -> None:
    summary = evaluate.summary([result("right")])

    assert sorted(summary) == ["by_group", "by_language", "messages", "overall"]


@pytest.mark.parametrize(
    "part", [("overall",), ("by_language", "es"), ("by_group", "h2")], ids=lambda x: x[0]
)
def test_each_part_of_the_summary_has_the_shares_that_were_promised(part: tuple[str, ...]) -> None:
    shares = evaluate.summary([result("right")])
    for name in part:
        shares = shares[name]

    assert sorted(shares) == KEYS


def test_the_summary_counts_each_language_by_itself() -> None:
    results = [result("right"), result("wrong"), result("right", lang="ht")]

    parts = evaluate.summary(results)["by_language"]
    assert {code: (x["right"], x["n"]) for code, x in parts.items()} == {
        "es": (0.5, 2),
        "ht": (1.0, 1),
    }


def test_the_summary_counts_each_group_by_itself() -> None:
    results = [result("right"), result("wrong", OTHER), result("missed", "fraud.scam")]

    parts = evaluate.summary(results)["by_group"]
    assert {group: (x["right"], x["n"]) for group, x in parts.items()} == {
        "h2": (0.5, 2),
        "fraud": (0.0, 1),
    }


def test_the_summary_names_what_became_of_each_message() -> None:
    assert evaluate.summary([result("wrong", TOPIC, OTHER)])["messages"] == [
        {
            "text": "a text",
            "topic": TOPIC,
            "answered": OTHER,
            "options": [],
            "verdict": "wrong",
        }
    ]


def test_the_summary_is_json() -> None:
    summary = evaluate.summary([result("right"), result("missed")])

    assert json.loads(json.dumps(summary)) == summary


def test_the_confusions_are_counted_the_most_frequent_first() -> None:
    rare, often = result("wrong", TOPIC, OTHER), result("wrong", TOPIC, "fraud.scam")

    found = evaluate.confusions([rare, often, often, result("right"), result("missed")])

    assert found == [(TOPIC, "fraud.scam", 2), (TOPIC, OTHER, 1)]


def test_no_more_confusions_are_named_than_asked_for() -> None:
    results = [result("wrong", TOPIC, f"h2.{number}") for number in range(5)]

    assert len(evaluate.confusions(results, 3)) == 3


def test_a_file_has_a_case_in_each_line(tmp_path: Path) -> None:
    line = {"text": "ki kote", "topic": TOPIC, "lang": "ht", "also": [OTHER], "country": "HT"}
    read = cases(tmp_path, GOOD, json.dumps(line))

    assert read == [
        Case("hola", "meta.greet", "es"),
        Case("ki kote", TOPIC, "ht", (OTHER,), "HT"),
    ]


@pytest.mark.parametrize("more", ['"colour": "red"', '"also": null', '"country": null'])
def test_what_a_line_has_besides_or_leaves_open_is_no_fault(tmp_path: Path, more: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(f'{{"text": "x", "topic": "{TOPIC}", "lang": "es", {more}}}\n', "utf-8")

    assert evaluate.read(path) == [Case("x", TOPIC, "es")]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "nonsense",
        "{",
        "[]",
        "null",
        '"a text"',
        '{"text": "x", "topic": "h2.cost"}',
        '{"text": "x", "lang": "es"}',
        '{"topic": "h2.cost", "lang": "es"}',
        '{"text": "x", "topic": "h2.cost", "lang": "es", "also": 3}',
        '{"text": "x", "topic": "h2.cost", "lang": "es", "also": "h2.what"}',
        '{"text": 3, "topic": "h2.cost", "lang": "es"}',
        '{"text": "x", "topic": ["h2.cost"], "lang": "es"}',
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(SettingsError, match=r"cases\.jsonl, line 2: needs text, topic and lang"):
        cases(tmp_path, GOOD, line, GOOD)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes("piñata".encode("latin-1"))

    with pytest.raises(SettingsError, match=r"cases\.jsonl"):
        evaluate.read(path)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\u0085"])
def test_a_message_may_hold_what_some_take_for_the_end_of_a_line(
    tmp_path: Path, sign: str
) -> None:
    line = {"text": f"una{sign}visa", "topic": OTHER, "lang": "es"}
    read = cases(tmp_path, json.dumps(line, ensure_ascii=False), GOOD)

    assert [case.text for case in read] == [f"una{sign}visa", "hola"]


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    assert len(cases(tmp_path, GOOD + "\r", GOOD + "\r")) == 2


@pytest.mark.model
def test_each_case_is_the_first_message_of_a_conversation(engine: Any) -> None:
    asked = [
        Case("como saco el pasaporte en honduras", "documents.passport", "es", country="HN"),
        Case("y cuanto cuesta?", "meta.menu", "es"),
    ]

    results = evaluate.run(engine, asked)

    assert [(x.reply.topic, x.reply.country, x.verdict) for x in results] == [
        ("documents.passport", "HN", "right"),
        ("meta.menu", "", "right"),
    ]
