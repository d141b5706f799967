"""The local Sheets server reads, writes and refuses as Google does, where no recording shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sheets_calls import Caller, anchor, area, caller, rows
from sheets_server.server import SheetsServer
from sheets_server.switches import Switches

TYPED = {
    "12": 12, "0042": 42, "1.5": 1.5, "2,000.5": 2000.5, "50%": 0.5, "-3": -3, "1e3": 1000, "$5": 5,
    "TRUE": True, "false": False, "2026-12-04": 46360, "12/4/2026": 46360, "4 Dec 2026": 46360,
    "Dec 4, 2026": 46360, "2026-12-04 12:00": 46360.5, "18:00": 0.75, "6:00 PM": 0.75, "'12": "12",
    "2026-13-01": "2026-13-01", "P-014": "P-014", "=1+2": 3, "1,2": "1,2", "": None, "-": "-",
}  # fmt: skip
SHOWN = {
    "2026-12-04": "2026-12-04", "12/4/2026": "12/4/2026", "50%": "50%", "2,000.5": "2,000.50", "$5": "$5",
    "18:00": "6:00 PM", "2026-12-04 12:05": "2026-12-04 12:05:00", "=1/3": "0.3333333333", "TRUE": "TRUE",
}  # fmt: skip
FORMULAS = {
    "=D2+1": 4, "=SUM(D2:D4)": 6.5, '=A2&"/"&B2': "P-1/Pear", '=IF(D2>2,"much","little")': "much",
    "=1/0": "#DIV/0!", "=B2+1": "#VALUE!", "=LAMBDA(x,x)(1)": "#NAME?", "=Team!A2": "Sari", "=Z999": "#REF!",
}  # fmt: skip


@pytest.fixture
def to() -> Iterator[Caller]:
    """An account with a spreadsheet on a fresh server."""
    with SheetsServer() as server:
        yield caller(server)


def test_null_skips_a_cell_and_an_empty_text_clears_it(to: Caller) -> None:
    """Only what was written is counted, and the range is that of all that was sent."""
    answer = to.put("Plan!A2:D4", [[None, "", None, None], [None] * 4, [None, None, None, 9]])
    assert answer["updatedRange"] == "Plan!A2:D4"
    assert [answer[f"updated{name}"] for name in ("Rows", "Columns", "Cells")] == [2, 2, 2]
    assert to.values("Plan!A2:D4") == [
        ["P-1", "", 46360, 3],
        ["P-2", "Apple", 46357, 1.5],
        ["P-3", "Quill", 46365, 9],
    ]


@pytest.mark.parametrize("text", TYPED)
def test_typed_texts_are_read(to: Caller, text: str) -> None:
    """USER_ENTERED reads numbers, dates and truths; RAW keeps every text as it is."""
    to.put("Plan!F1", [[text]], "USER_ENTERED")
    to.put("Plan!G1", [[text]])
    assert to.values("Plan!F1:G1") == ([[TYPED[text], text]] if text else [])


@pytest.mark.parametrize("text", SHOWN)
def test_values_show_as_they_were_typed(to: Caller, text: str) -> None:
    """A typed date, share or amount brings its number format."""
    to.put("Plan!F1", [[text]], "USER_ENTERED")
    assert to.values("Plan!F1", "FORMATTED_VALUE") == [[SHOWN[text]]]


@pytest.mark.parametrize("formula", FORMULAS)
def test_simple_formulas_are_computed(to: Caller, formula: str) -> None:
    """Others show a clear marker; the formula's text is there for who asks."""
    to.put("Plan!F1", [[formula]], "USER_ENTERED")
    assert to.values("Plan!F1") == [[FORMULAS[formula]]]
    assert to.values("Plan!F1", "FORMULA") == [[formula]]


def test_moments_come_as_numbers_or_as_texts(to: Caller) -> None:
    """How dates are asked for matters to unformatted dates alone; formulas show their number."""
    path = "/values/Plan!C2:D2?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption="
    assert to.get(f"{path}SERIAL_NUMBER")["values"] == [[46360, 3]]
    assert to.get(f"{path}FORMATTED_STRING")["values"] == [["2026-12-04", 3]]
    assert to.values("Plan!C2", "FORMULA") == [[46360]]


def test_addresses_are_read_and_told_as_google_does(to: Caller) -> None:
    """Open ends, swapped corners, R1C1, named ranges and quotes; what is beyond the grid is clipped."""
    to.batch({"addNamedRange": {"namedRange": {"name": "Best", "range": area(1, 3, 1, 2)}}})
    to.batch({"updateSheetProperties": {"properties": {"title": "It's"}, "fields": "title"}})
    told = {
        "'It''s'!A2:2": "'It''s'!A2:Z2", "D4:A1": "'It''s'!A1:D4", "R2C1:R3C2": "'It''s'!A2:B3",
        "Best": "'It''s'!B2:B3", "Team": "Team!A1:Z202", "Team!B:B": "Team!B1:B202", "Team!A1:ZZ9": "Team!A1:Z9",
    }  # fmt: skip
    assert {asked: to.get(f"/values/{asked}")["range"] for asked in told} == told


def test_rows_are_appended_behind_the_last_table(to: Caller) -> None:
    """A blank cell in a row parts two tables: the right one of them is the last."""
    path = "/values/Team:append?valueInputOption=RAW&includeValuesInResponse=true"
    first = to.post(path, {"values": [["Budi", "", "Design"]]})
    assert first["tableRange"] == "Team!A1:A2"
    second = to.post(path, {"values": [["x", "y"]]})
    assert second["tableRange"] == "Team!C3"
    assert second["updates"]["updatedData"] == {
        "range": "Team!C4:D4",
        "majorDimension": "ROWS",
        "values": [["x", "y"]],
    }


def test_a_batch_is_done_as_a_whole_or_not_at_all(to: Caller) -> None:
    """The refusal names the request that cannot be done."""
    ranged = {"range": area(0, 1, 0, 1), "fields": "note", "rows": [{"values": [{"note": "hi"}]}]}
    requests = [{"updateCells": ranged}, {"addSheet": {"properties": {"title": "Team"}}}]
    before = to.server.drive.files[to.number].book
    answer = to.ask("POST", ":batchUpdate", {"requests": requests})
    message = 'Invalid requests[1].addSheet: A sheet with the name "Team" already exists. Please enter another name.'
    assert (answer.status_code, answer.json()["error"]["message"]) == (400, message)
    assert to.server.drive.files[to.number].book is before


def test_metadata_goes_along_with_its_row(to: Caller) -> None:
    """It follows inserted, deleted, moved and sorted rows, and goes with its own."""
    to.batch(*(anchor(row, row) for row in (2, 3, 4)))
    to.batch(
        {"insertDimension": {"range": rows(0, 2)}},
        {"moveDimension": {"source": rows(5, 6), "destinationIndex": 3}},
        {"sortRange": {"range": area(3, 6, 0, 26), "sortSpecs": [{"dimensionIndex": 1}]}},
    )
    book = to.server.book(to.number)
    names = {each.number: book.at("Plan", row, 2) for row, [each] in book.anchors("Plan").items()}
    assert names == {2: "Pear", 3: "Apple", 4: "Quill"}
    assert [book.at("Plan", row, 2) for row in (4, 5, 6)] == ["Apple", "Pear", "Quill"]
    to.batch({"deleteDimension": {"range": rows(4, 5)}})
    assert [each.number for [each] in book.anchors("Plan").values()] == [3, 4]


def test_metadata_is_refused_where_google_refuses_it(to: Caller) -> None:
    """An ID in use, more than one row, no visibility, and more characters than a sheet may hold."""
    to.anchor(2, 7)
    wide: dict[str, Any] = anchor(2, 8)
    wide["createDeveloperMetadata"]["developerMetadata"]["location"]["dimensionRange"][
        "endIndex"
    ] = 4
    bare: dict[str, Any] = anchor(2, 8)
    del bare["createDeveloperMetadata"]["developerMetadata"]["visibility"]
    for refused in (anchor(3, 7), wide, bare, anchor(3, 8, "k" * 30_000)):
        assert to.ask("POST", ":batchUpdate", {"requests": [refused]}).status_code == 400


def test_a_row_is_written_and_shown_by_its_metadata(to: Caller) -> None:
    """The answer brings the whole row, after all of the batch was written."""
    to.anchor(3, 7)
    lookup = {"developerMetadataLookup": {"metadataId": 7}}
    data = [
        {"dataFilter": lookup, "values": [[None, None, None, 8]]},
        {"dataFilter": {"a1Range": "Plan!B3"}, "values": [["Fig"]]},
    ]
    asked = {"includeValuesInResponse": True, "responseValueRenderOption": "UNFORMATTED_VALUE"}
    path = "/values:batchUpdateByDataFilter"
    answer = to.post(path, {"valueInputOption": "RAW", "data": data, **asked})
    assert [answer["totalUpdatedCells"], answer["totalUpdatedRows"]] == [2, 2]
    assert answer["responses"][0] == {
        "updatedRange": "Plan!A3:D3",
        "updatedRows": 1,
        "updatedColumns": 1,
        "updatedCells": 1,
        "dataFilter": lookup,
        "updatedData": {
            "range": "Plan!A3:Z3",
            "majorDimension": "ROWS",
            "values": [["P-2", "Fig", 46357, 8]],
        },
    }


@pytest.mark.parametrize(
    ("setting", "status", "answers"), [("skip", 200, 1), ("echo", 200, 2), ("refuse", 400, 0)]
)
def test_a_filter_that_matches_nothing_does_what_the_switch_says(
    setting: Any, status: int, answers: int
) -> None:
    """It is left out, answered without a range, or the whole batch is refused."""
    with SheetsServer(Switches(unmatched_filter=setting)) as server:
        to = caller(server)
        nothing = {"developerMetadataLookup": {"metadataId": 99}}
        data = [
            {"dataFilter": nothing, "values": [["x"]]},
            {"dataFilter": {"a1Range": "Team!A2"}, "values": [["Budi"]]},
        ]
        body = {"valueInputOption": "RAW", "data": data}
        answer = to.ask("POST", "/values:batchUpdateByDataFilter", body)
        assert (answer.status_code, len(answer.json().get("responses", []))) == (status, answers)
        assert to.values("Team!A2") == ([["Sari"]] if status == 400 else [["Budi"]])


def test_tabs_are_found_by_metadata_after_a_new_name(to: Caller) -> None:
    """A lookup by key brings every sheet that carries a key, with its title of now."""
    location = {
        "developerMetadata": {
            "metadataKey": "t",
            "visibility": "DOCUMENT",
            "location": {"sheetId": 0},
        }
    }
    to.batch({"createDeveloperMetadata": location})
    to.server.book(to.number).rename("Plan", "Year 2027")
    lookup = {"developerMetadataLookup": {"metadataKey": "t"}}
    answer = to.post("/values:batchGetByDataFilter", {"dataFilters": [lookup]})
    assert [each["valueRange"]["range"] for each in answer["valueRanges"]] == [
        "'Year 2027'!A1:Z204"
    ]
    found = to.post("/developerMetadata:search", {"dataFilters": [lookup]})[
        "matchedDeveloperMetadata"
    ]
    assert found[0]["developerMetadata"]["location"] == {"locationType": "SHEET", "sheetId": 0}
