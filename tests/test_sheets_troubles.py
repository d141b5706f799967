"""What the local Sheets server refuses, breaks on purpose, counts, and lets people do meanwhile."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

import sheets
from sheets_calls import DRAWN, Caller, caller
from sheets_server.faults import Fault
from sheets_server.server import SheetsServer
from sheets_server.switches import Switches


@pytest.fixture
def to() -> Iterator[Caller]:
    """An account with a spreadsheet on a fresh server."""
    with SheetsServer() as server:
        yield caller(server)


REFUSED: list[tuple[str, str, Any, str]] = [
    ("GET", "/values/Plan!A500:B600", None, "Range (Plan!A500:B600) exceeds grid limits. Max rows: 204, max columns: 26"),
    ("GET", "/values/Nowhere!A1", None, "Unable to parse range: Nowhere!A1"),
    ("GET", "/values/A1?colour=red", None, 'Unknown name "colour": Cannot bind query parameter.'),
    ("GET", "/values/A1?valueRenderOption=NICE", None, "Invalid value at 'value_render_option'"),
    ("GET", "?fields=sheets.colour", None, "Cannot find matching fields for path 'sheets.colour'."),
    ("PUT", "/values/A1", {"values": [["x"]]}, "'valueInputOption' is required but not specified"),
    ("PUT", "/values/A1?valueInputOption=RAW", {"values": "x"}, "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue)"),
    ("PUT", "/values/A1:B1?valueInputOption=RAW", {"values": [["x"], ["y"]]}, "Requested writing within range [Plan!A1:B1], but tried writing to row [2]"),
    ("PUT", "/values/A1:B1?valueInputOption=RAW", {"values": [["x", "y", "z"]]}, "but tried writing to column [C]"),
    ("PUT", "/values/A204?valueInputOption=RAW", {"values": [["x"], ["y"]]}, "exceeds grid limits"),
    ("PUT", "/values/A1?valueInputOption=RAW", {"values": [["x"], None]}, "Invalid value at 'data.values'"),
    ("PUT", "/values/A1?valueInputOption=RAW", {"values": [[{"x": 1}]]}, "Invalid values[0][0]: struct_value"),
    ("PUT", "/values/A1?valueInputOption=RAW", {"values": [["x" * 50_001]]}, "more than the maximum of 50000 characters"),
    ("POST", ":batchUpdate", {"requests": []}, "Must specify at least one request."),
    ("POST", ":batchUpdate", {"requests": [{"addSheet": {"name": "x"}}]}, "Unknown name \"name\" at 'requests[0].add_sheet': Cannot find field."),
    ("POST", ":batchUpdate", {"requests": [{"updateSheetProperties": {"properties": {"sheetId": 5}, "fields": "title"}}]}, "Invalid requests[0].updateSheetProperties: No grid with id: 5"),
    ("GET", "/comments", None, "Unknown path"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "path", "body", "message"), REFUSED)
def test_what_cannot_be_is_refused(
    to: Caller, verb: str, path: str, body: Any, message: str
) -> None:
    """An unknown name, address or path is a 400 that says which; nothing is ever taken in silence."""
    answer = to.ask(verb, path, body)
    error = answer.json()["error"]
    assert (answer.status_code, error["status"]) == (400, "INVALID_ARGUMENT")
    assert message in error["message"]


def test_all_tabs_cannot_be_hidden(to: Caller) -> None:
    """The last one that shows stays."""
    hide = [
        {
            "updateSheetProperties": {
                "properties": {"sheetId": each, "hidden": True},
                "fields": "hidden",
            }
        }
        for each in (0, 1000003)
    ]
    answer = to.ask("POST", ":batchUpdate", {"requests": hide})
    message = (
        "Invalid requests[1].updateSheetProperties: You can't hide all the sheets in a document."
    )
    assert answer.json()["error"]["message"] == message


def test_faults_happen_as_scripted(to: Caller) -> None:
    """Each meets the request that it waits for, once; Retry-After comes where it was asked for."""
    to.server.fail(
        Fault(on="write", status=503),
        Fault(on="read", status=429, retry_after=7, skip=1),
        Fault(on="read", status=500),
    )
    answers = [to.ask("GET", "") for _ in range(4)]
    assert [each.status_code for each in answers] == [500, 429, 200, 200]
    assert answers[1].headers["Retry-After"] == "7"
    assert answers[1].json()["error"]["status"] == "RESOURCE_EXHAUSTED"
    assert to.ask("POST", "/values/A1:clear", {}).status_code == 503
    assert to.ask("POST", "/values/A1:clear", {}).status_code == 200
    assert [each.spoilt for each in to.server.journal.of("write")] == [True, False]


@pytest.mark.parametrize(
    ("fault", "value"),
    [
        (Fault(trouble="cut before"), "ID"),
        (Fault(trouble="cut after"), "x"),
        (Fault(trouble="late", seconds=0.3), "x"),
    ],
)
def test_a_lost_answer_tells_nothing(to: Caller, fault: Fault, value: str) -> None:
    """The connection breaks or time runs out, whether the write was done or not."""
    to.server.fail(fault)
    path = "/values/A1?valueInputOption=RAW"
    with pytest.raises((requests.ConnectionError, requests.Timeout)):
        to.ask("PUT", path, {"values": [["x"]]}, timeout=0.15)
    for _ in range(500):
        if to.server.journal.count("write"):
            break
        time.sleep(0.01)
    assert to.values("A1") == [[value]]


def test_quotas_count_by_the_minute() -> None:
    """Sixty reads an account and minute, three hundred the project; the next minute begins anew."""
    now = [1_800_000_000.0]
    switches = Switches(quota_per_user=60, quota_per_project=300)
    with SheetsServer(switches, clock=lambda: now[0]) as server:
        to = caller(server)
        statuses = [to.ask("GET", "/values/A1").status_code for _ in range(61)]
        assert (statuses.count(200), statuses[-1]) == (60, 429)
        assert to.ask("POST", "/values/A1:clear", {}).status_code == 200
        for number in range(5):
            server.share(to.number, f"a{number}@x", "reader")
            other = Caller(server=server, number=to.number, token=server.token(f"a{number}@x"))
            statuses += [other.ask("GET", "/values/A1").status_code for _ in range(60)]
        assert statuses.count(429) == 1 + 60
        now[0] += 60
        assert to.ask("GET", "/values/A1").status_code == 200


def test_people_edit_between_a_read_and_a_write(to: Caller) -> None:
    """A hook runs right after the answer was made, or before a write is done, as often as it is told to."""
    to.server.meanwhile(lambda book: book.type("Plan", 2, 2, "Plum"))
    to.server.meanwhile(lambda book: book.delete_rows("Plan", 2), on="write", when="before")
    assert to.values("B2") == [["Pear"]]
    assert to.values("B2") == [["Plum"]]
    to.put("Plan!D2", [[9]])
    assert to.values("Plan!A2:D2") == [["P-2", "Apple", 46357, 9]]


@pytest.mark.parametrize("returns", [True, False])
def test_a_person_undoes_what_was_done(returns: bool) -> None:
    """Every edit has its way back; the metadata of deleted rows comes back where the switch says so."""
    with SheetsServer(Switches(metadata_returns_on_undo=returns)) as server:
        to = caller(server)
        to.anchor(3, 7)
        book = server.book(to.number)
        before, anchors = book.rows("Plan"), book.anchors("Plan")
        edits: list[Callable[[], None]] = [
            lambda: book.sort("Plan", 2, descending=True),
            lambda: book.move_rows("Plan", 2, 1, 5),
            lambda: book.move_columns("Plan", 3, 1, 1),
            lambda: book.insert_rows("Plan", 2, 2),
            lambda: book.paste_row("Plan", 2, 4),
            lambda: book.cut_row("Plan", 2, 4),
            lambda: book.type_at("Plan", "B3", "x"),
            lambda: book.delete_rows("Plan", 3),
        ]
        for edit in edits:
            edit()
            assert book.rows("Plan") != before
            book.undo()
            assert book.rows("Plan") == before
        assert book.anchors("Plan") == (anchors if returns else {})


@pytest.mark.parametrize("follows", [True, False])
def test_tabs_are_renamed_doubled_added_and_deleted(follows: bool) -> None:
    """The metadata of a doubled tab is its own, or not there, as the switch says; the first keeps what it has."""
    with SheetsServer(Switches(metadata_follows_duplicate=follows)) as server:
        to = caller(server)
        to.anchor(2, 7)
        book = server.book(to.number)
        book.duplicate_tab("Plan", "Twin")
        book.add_tab("New")
        assert book.append_row("New", ["a", "", 3]) == 1
        book.delete_tab("Team")
        book.rename("Plan", "Year")
        assert book.titles == ["Year", "Twin", "New"]
        book.undo()
        assert (book.titles[0], book.rows("New")) == ("Plan", [["a", None, 3]])
        assert [each.number for [each] in book.anchors("Plan").values()] == [7]
        numbers = [each.number for [each] in book.anchors("Twin").values()]
        assert (len(numbers), 7 in numbers) == (int(follows), False)


@pytest.mark.parametrize("follows", [True, False])
def test_metadata_follows_a_sort_in_the_browser_by_switch(follows: bool) -> None:
    """Nobody knows which it is at Google: both can be tried."""
    with SheetsServer(Switches(metadata_follows_ui_sort=follows)) as server:
        to = caller(server)
        to.anchor(2, 7)
        server.book(to.number).sort("Plan", 2)
        assert list(server.book(to.number).anchors("Plan")) == ([3] if follows else [2])


def test_a_snapshot_comes_out_as_it_went_in(to: Caller) -> None:
    """Texts, numbers, days and formulas with their stored values; merges are told."""
    drawn = {"A b": '| "12" | 12 | 2026-12-04 | =NOW() => 5 | TRUE | #REF! |'}
    number = to.server.load(sheets.snapshot({**drawn, **DRAWN}, {"A b": ["A1:B1"]}))
    other = Caller(server=to.server, number=number, token=to.token)
    assert other.values("'A b'") == [["12", 12, 46360, 5, True, "#REF!"]]
    assert other.values("'A b'", "FORMULA")[0][3] == "=NOW()"
    assert other.get("?fields=sheets.merges.endColumnIndex")["sheets"][0] == {
        "merges": [{"endColumnIndex": 2}]
    }


def test_the_command_prints_its_address(project: Path) -> None:
    """It runs from the project's folder and answers at once."""
    command = [sys.executable, "-m", "tests.sheets_server", "--port", "0"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        url = running.stdout.readline().strip()
        try:
            assert requests.get(f"{url}/oauth2/v1/certs", timeout=9).status_code == 200
        finally:
            running.terminate()
