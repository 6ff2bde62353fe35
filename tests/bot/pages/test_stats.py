"""The statistics page: who may see it, which period it shows, and that all ways say the same."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from starlette.testclient import TestClient

from bot import reports
from bot.counts.months import REST
from bot.staff.accounts import Role
from bot.store import Store
from bot.tables import audit
from tests import quarters
from tests.staff import signed_in

ADDRESSES = ["/stats", "/stats/figures.json", "/stats/chart/map.svg", "/stats/chart/months.svg"]
PAGE = f"/stats?period={quarters.PERIOD}&lang=en"
FORM = {"period": quarters.PERIOD, "language": "en"}


def campaign(store: Store, folder: Path) -> TestClient:
    """Somebody of a campaign team."""
    return signed_in(store, folder, "campaign")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(("role", "status"), [("operator", 403), ("campaign", 200)])
def test_it_is_for_campaign_teams(
    quarter: Store, tmp_path: Path, path: str, role: Role, status: int
) -> None:
    assert signed_in(quarter, tmp_path, role).get(path).status_code == status


def test_an_operator_takes_no_report(quarter: Store, tmp_path: Path) -> None:
    answer = signed_in(quarter, tmp_path, "operator").post("/stats/report", data={"format": "csv"})

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_wrong_period_is_one_line_that_says_what_to_write(
    quarter: Store, tmp_path: Path, path: str
) -> None:
    answer = campaign(quarter, tmp_path).get(f"{path}?period=2026-Q5")

    assert answer.status_code == 400
    assert "write a year, quarter or month: 2026, 2026-Q4 or 2026-11" in answer.text
    assert len(answer.text.splitlines()) == 1


def test_a_chart_that_is_none_is_not_there(quarter: Store, tmp_path: Path) -> None:
    assert campaign(quarter, tmp_path).get("/stats/chart/x.svg").status_code == 404


def test_without_any_count_it_says_when_there_will_be_some(store: Store, tmp_path: Path) -> None:
    page = campaign(store, tmp_path).get("/stats?lang=en").text

    assert "Figures appear when a month is over." in page


def test_a_format_that_is_none_is_refused(quarter: Store, tmp_path: Path) -> None:
    answer = campaign(quarter, tmp_path).post("/stats/report", data={**FORM, "format": "doc"})

    assert (answer.status_code, answer.text) == (
        400, "Choose a format: pdf, html, xlsx, csv, json.\n",
    )  # fmt: skip


def test_who_takes_a_report_is_noted(quarter: Store, tmp_path: Path) -> None:
    answer = campaign(quarter, tmp_path).post("/stats/report", data={**FORM, "format": "csv"})

    with quarter.read() as connection:
        query = sa.select(audit).where(audit.c.action == "exported")
        noted = connection.execute(query.order_by(audit.c.id.desc())).first()
    assert answer.headers["content-disposition"] == 'attachment; filename="alo-2026-Q3-en.csv"'
    assert (noted.user, noted.subject, noted.detail) == ("campaign.one", "2026-Q3", "csv")


Counts = dict[tuple[str, str], int]


def exported(web: TestClient, kind: str) -> bytes:
    """A report as the page gives it."""
    answer = web.post("/stats/report", data={**FORM, "format": kind})
    assert answer.status_code == 200
    return answer.content


def of_json(figures: dict[str, dict[str, dict[str, object]]]) -> Counts:
    """Table, key and count of every row of the figures as JSON."""
    found = {}
    for name, table in figures["tables"].items():
        rows: list[dict[str, object]] = table["rows"]  # type: ignore[assignment]
        found |= {(name, str(row["key"])): int(str(row["count"])) for row in rows}
        if table["rest"]:
            found[name, REST] = int(str(table["rest"]))
    return found


def of_csv(content: bytes, names: set[str]) -> Counts:
    """The same of the tidy table."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {(r["table"], r["key"]): int(r["count"]) for r in rows if r["table"] in names}


def of_view(quarter: Store, names: set[str]) -> Counts:
    """The same of the view, added up over the months."""
    query = sa.text("SELECT table_name, key, count FROM usage_published WHERE NOT tests")
    found: Counter[tuple[str, str]] = Counter()
    with quarter.read() as connection:
        for name, key, count in connection.execute(query):
            if name in names and count is not None:
                found[name, key] += count
    return dict(found)


def test_page_report_api_and_view_agree_with_a_recount(store: Store, tmp_path: Path) -> None:
    """To the unit: what is counted twice or lost anywhere makes a difference somewhere."""
    recount, web = quarters.load(store), campaign(store, tmp_path)

    page = web.get(PAGE).text
    figures = web.get(f"/stats/figures.json?period={quarters.PERIOD}").json()
    told, names = of_json(figures), set(figures["tables"])

    assert of_json(json.loads(exported(web, "json"))) == told
    assert quarters.rows_of(page) == told
    assert quarters.rows_of(exported(web, "html").decode()) == told
    assert of_csv(exported(web, "csv"), names) == told
    assert of_view(store, names) == told
    for name, total in quarters.totals_of(page).items():
        counted = sum((recount.counts[name, m] for m in quarters.MONTHS), Counter[str]())
        assert total == sum(n for (table, _), n in told.items() if table == name)
        assert total == sum(counted.values()) or figures["tables"][name]["at_least"]
        for row in figures["tables"][name]["rows"]:
            assert row["count"] == counted[row["key"]] or row["at_least"]


def test_the_workbook_agrees_with_the_figures(quarter: Store, tmp_path: Path) -> None:
    web = campaign(quarter, tmp_path)

    book = load_workbook(io.BytesIO(exported(web, "xlsx")))

    figures = web.get(f"/stats/figures.json?period={quarters.PERIOD}").json()
    written = {row[0].value: row[1].value for row in book["Channels"].iter_rows(min_row=2)}
    assert written["WhatsApp"] == of_json(figures)["channel", "whatsapp"]
    assert written["All"] == figures["tables"]["channel"]["total"]


def test_tests_are_left_out_unless_asked_for(quarter: Store, tmp_path: Path) -> None:
    web = campaign(quarter, tmp_path)

    people, tests = web.get(PAGE).text, web.get(f"{PAGE}&tests=on").text

    assert "Tests on the phone page are not counted here." in people
    assert "Tests on the phone page only" in tests
    assert ("channel", "whatsapp") in quarters.rows_of(people)
    assert ("channel", "whatsapp") not in quarters.rows_of(tests)


def test_every_form_of_a_report_can_be_taken(quarter: Store, tmp_path: Path) -> None:
    web = campaign(quarter, tmp_path)

    forms = {kind: {**FORM, "format": kind} for kind in reports.FORMATS}
    taken = {kind: web.post("/stats/report", data=form) for kind, form in forms.items()}

    assert {k: a.headers["content-type"] for k, a in taken.items()} == reports.FORMATS
