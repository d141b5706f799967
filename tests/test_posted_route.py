"""POST /v1/plan: tabs in, the plan and what is to be written out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from posting import posted_tabs
from services import MONDAY, a_client, a_key, a_service
from sheetflow.store.records import Verb
from sheetflow.translate.document import document_of
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets import TODAY, snapshot

AGENCY = Path(__file__).parents[1] / "sample_sheets" / "agency.xlsx"
PLAN = """
    | Publication | Type      | Delivery date |
    | Autumn tips | Blog post | 2026-12-24    |
    | In a hurry  | Blog post | 2026-11-24    |
"""
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a service on this machine, where anybody may plan."""
    service = a_service(tmp_path_factory.mktemp("service"), clock=lambda: MONDAY, max_rows=60)
    return a_client(service)


def request(drawing: str = PLAN, **more: Any) -> dict[str, Any]:
    """A request with one drawn tab."""
    return {"tabs": posted_tabs(snapshot({"Plan": drawing})), **more}


def test_the_answer_holds_the_plan_and_what_is_to_be_written(client: FlaskClient) -> None:
    """The agency's plan is that of the file, and its summary counts and names what needs a look."""
    content = XlsxWorkbook(AGENCY).read()
    asked = {"tabs": posted_tabs(content), "today": TODAY.isoformat(), "effort": "fast"}
    answer = client.post("/v1/plan", json=asked).get_json()
    outcome = recalculate(XlsxWorkbook(AGENCY), TODAY, effort="fast", dry_run=True)  # type: ignore[arg-type]
    assert answer["plan"] == document_of(outcome.plan, outcome.problems)
    summary = answer["summary"]
    flags = [row["flag"] for row in answer["plan"]["publications"]]
    for flag in ("Red", "Amber", "Green", "Grey"):
        assert summary[flag.lower()] == flags.count(flag)
    urgent = [row["flag"] for row in summary["attention"]]
    assert urgent == ["Red"] * flags.count("Red") + ["Amber"] * flags.count("Amber")
    first = summary["attention"][0]
    table = next(table for table in content.tables if table.sheet == first["sheet"])
    assert first["id"] in table.rows[first["row"] - 1]
    assert len(summary["moved"]) == len(answer["plan"]["changes"])
    assert {tab["sheet"] for tab in answer["tabs"]} >= {"Steps", "Timeline"}


def test_it_plans_as_of_the_day_that_it_is_where_none_is_given(client: FlaskClient) -> None:
    """Without a day the service's own clock decides."""
    assert client.post("/v1/plan", json=request()).get_json()["plan"]["today"] == "2026-11-23"


def test_sentences_come_in_the_language_that_is_asked_for(client: FlaskClient) -> None:
    """Why and problems in the reader's language, flags and the plan in English, the sheet in its own."""
    answer = client.post("/v1/plan?lang=id", json=request()).get_json()
    (row,) = answer["summary"]["attention"]
    assert row["why"].startswith("Terlambat")
    assert row["flag"] == "Red"
    assert answer["plan"]["publications"][1]["why"].startswith("Late")
    assert "Flag" in {edit["after"] for edit in answer["edits"]}


def test_what_moved_is_told_with_its_cause(client: FlaskClient) -> None:
    """A second plan after a delivery date has moved names the steps, both days and the reason."""
    from posting import applied

    content = snapshot({"Plan": PLAN})
    first = client.post("/v1/plan", json=request()).get_json()
    planned = posted_tabs(applied(content, first))
    planned[0]["values"][1][2] += 7
    answer = client.post("/v1/plan", json={"tabs": planned}).get_json()
    moved = answer["summary"]["moved"]
    assert {(each["title"], each["sheet"], each["row"]) for each in moved} == {
        ("Autumn tips", "Plan", 2)
    }
    publishing = [each for each in moved if each["step"] == "Publishing"]
    assert ("Thu 24 Dec", "Thu 31 Dec") in {(each["from"], each["to"]) for each in publishing}
    assert all(each["why"] for each in moved)


def test_columns_are_added_only_where_that_is_wanted(client: FlaskClient) -> None:
    """Without new columns there is nothing to write into the team's tab."""
    answer = client.post("/v1/plan", json=request(new_columns=False)).get_json()
    assert answer["edits"] == []


def test_the_plan_may_be_left_out(client: FlaskClient) -> None:
    """Whoever only writes needs no document of every hour."""
    assert client.post("/v1/plan", json=request(with_plan=False)).get_json()["plan"] is None


def test_a_workbook_may_count_its_days_from_1904(client: FlaskClient) -> None:
    """Its numbers are days of another count, in the request and in the answer."""
    since_1900 = client.post("/v1/plan", json=request()).get_json()
    asked = request(date_system="1904")
    for row in asked["tabs"][0]["values"][1:]:
        row[2] -= 1462
    since_1904 = client.post("/v1/plan", json=asked).get_json()
    assert since_1904["plan"] == since_1900["plan"]
    shifted = [
        (one["after"], other["after"])
        for one, other in zip(since_1900["edits"], since_1904["edits"], strict=True)
        if one["after"] != other["after"]
    ]
    assert shifted
    assert {before - after for before, after in shifted} == {1462}


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda asked: asked.pop("tabs"), "tabs"),
        (lambda asked: asked.update(tabs=[]), "tabs"),
        (lambda asked: asked.update(today="soon"), "today"),
        (lambda asked: asked.update(effort="endless"), "effort"),
        (lambda asked: asked.update(date_system="1980"), "date_system"),
        (lambda asked: asked.update(colour="x"), "colour"),
        (lambda asked: asked["tabs"][0].pop("name"), "tabs.0.name"),
        (lambda asked: asked["tabs"][0].update(row=0), "tabs.0.row"),
        (lambda asked: asked["tabs"][0].update(merges=["A1:B2; drop"]), "tabs.0.merges.0"),
        (lambda asked: asked["tabs"][0].update(values="x"), "tabs.0.values"),
        (lambda asked: asked["tabs"][0]["values"].insert(2, 5), "tabs.0.values.2"),
        (lambda asked: asked["tabs"][0]["values"][1].insert(1, {"a": 1}), "tabs.0.values.1.1"),
        (lambda asked: asked["tabs"][0]["values"][1].insert(0, 10**400), "tabs.0.values.1.0"),
        (lambda asked: asked["tabs"][0].update(formats=[["x" * 300]]), "tabs.0.formats.0"),
    ],
)
def test_a_request_of_another_shape_is_refused_by_its_place(
    client: FlaskClient, spoil: Callable[[dict[str, Any]], Any], place: str
) -> None:
    """What does not fit is named by its place, never by what stands there."""
    asked = request()
    spoil(asked)
    answer = client.post("/v1/plan", json=asked)
    told = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert f"json.{place}" in told["detail"]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"tabs": [{"name": "A", "values": [[NaN]]}]}']
)
def test_what_is_no_request_is_refused(client: FlaskClient, body: str) -> None:
    """No JSON, JSON of another kind, and numbers that are none."""
    answer = client.post("/v1/plan", data=body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.mimetype == "application/problem+json"


def test_workbooks_that_cannot_be_planned_are_told_in_a_sentence(client: FlaskClient) -> None:
    """No tab with publications: the sentence names the headers, in the language asked for."""
    asked = request("| Name | Age |\n| Ann | 5 |")
    told = client.post("/v1/plan?lang=id", json=asked)
    assert told.status_code == 422
    assert "Tanggal terbit" in told.get_json()["detail"]


def test_more_publications_than_the_service_takes_are_refused(client: FlaskClient) -> None:
    """The limit is one of publications: tabs that SheetFlow draws may be longer, but not without end."""
    rows = "\n".join(f"| Tip {i} | Blog post | 2027-01-{i % 28 + 1:02} |" for i in range(61))
    told = client.post("/v1/plan", json=request("| Publication | Type | Delivery date |\n" + rows))
    assert (told.status_code, told.get_json()["code"]) == (422, "posted_tab_long")
    assert "60" in told.get_json()["detail"]
    notes = {"name": "Notes", "values": [["x"]] * 100}
    assert client.post("/v1/plan", json={"tabs": [*request()["tabs"], notes]}).status_code == 200
    far = {"name": "Notes", "values": [["x"]], "row": 601}
    assert client.post("/v1/plan", json={"tabs": [*request()["tabs"], far]}).status_code == 422


def test_a_key_may_plan_and_nobody_else_may(tmp_path: Path) -> None:
    """Where planning is not open, a key is needed; nothing of the body is looked at before."""
    service = a_service(tmp_path, open_planning=False, clock=lambda: MONDAY)
    client = a_client(service)
    refused = client.post("/v1/plan", json={"tabs": 5})
    assert refused.status_code == 401
    key = a_key(service, None, Verb.PLAN)
    assert client.post("/v1/plan", json=request(), headers=key).status_code == 200
    assert client.options("/v1/plan").status_code == 200


def test_the_route_is_described(client: FlaskClient) -> None:
    """OpenAPI tells what goes in, with its limits, and what comes out."""
    described = client.get("/openapi.json").get_json()
    operation = described["paths"]["/v1/plan"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema == {"$ref": "#/components/schemas/PlanRequest"}
    assert (
        described["components"]["schemas"]["PlanRequest"]["properties"]["tabs"]["maxItems"] == 500
    )
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    given = client.post("/v1/plan", json=request()).get_json()
    assert set(answer["required"]) == set(given)
    for part in ("edits", "tabs", "columns", "watched"):
        assert set(answer["properties"][part]["items"]["required"]) <= set(given[part][0])
        assert set(given[part][0]) <= set(answer["properties"][part]["items"]["properties"])
