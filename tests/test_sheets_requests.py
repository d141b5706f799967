"""Every kind of batch request that the local Sheets server knows does what it says, and is told by spreadsheets.get."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sheets_calls import Caller, Json, anchor, area, caller, rows
from sheets_server.batch import REQUESTS
from sheets_server.discovery import schema
from sheets_server.server import SheetsServer

WHITE = {"rgbColor": {"red": 1, "green": 1, "blue": 1}}
RULE = {
    "ranges": [area(1, 4, 1, 2)],
    "booleanRule": {
        "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "Red"}]},
        "format": {"textFormat": {"bold": True}},
    },
}
CHART = {
    "spec": {"title": "Load", "basicChart": {"chartType": "BAR"}},
    "position": {"overlayPosition": {"anchorCell": {"rowIndex": 1, "columnIndex": 6}}},
}
DROP_DOWN = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Red"}]}}
CASES: list[tuple[Json, str, Any]] = [
    ({"addSheet": {"properties": {"title": "New", "index": 0}}}, "sheets.properties.title", ["New", "Plan", "Team"]),
    ({"deleteSheet": {"sheetId": 1000003}}, "sheets.properties.title", ["Plan"]),
    ({"duplicateSheet": {"newSheetName": "Twin"}}, "sheets.properties.title", ["Twin", "Plan", "Team"]),
    (
        {"updateSheetProperties": {"properties": {"index": 2}, "fields": "index"}},
        "sheets.properties.title",
        ["Team", "Plan"],
    ),
    (
        {"updateSheetProperties": {"properties": {"gridProperties": {"frozenRowCount": 2}}, "fields": "gridProperties.frozenRowCount"}},
        "sheets.properties.gridProperties.frozenRowCount",
        [2],
    ),
    (
        {"updateSpreadsheetProperties": {"properties": {"locale": "id_ID"}, "fields": "locale"}},
        "properties.locale",
        ["id_ID"],
    ),
    ({"mergeCells": {"range": area(0, 1, 4, 6), "mergeType": "MERGE_ALL"}}, "sheets.merges.endColumnIndex", [6]),
    (
        {"setBasicFilter": {"filter": {"range": area(0, 4, 0, 4)}}},
        "sheets.basicFilter.range.endRowIndex",
        [4],
    ),
    ({"addNamedRange": {"namedRange": {"name": "Best", "range": area(1, 2, 0, 1)}}}, "namedRanges.name", ["Best"]),
    (
        {"setDataValidation": {"range": area(1, 3, 5, 6), "rule": DROP_DOWN}},
        "sheets.data.rowData.values.dataValidation.condition.type",
        ["ONE_OF_LIST"] * 2,
    ),
    ({"addConditionalFormatRule": {"rule": RULE}}, "sheets.conditionalFormats.ranges.endRowIndex", [4]),
    (
        {"addProtectedRange": {"protectedRange": {"range": area(0, 1, 0, 4), "warningOnly": True}}},
        "sheets.protectedRanges.warningOnly",
        [True],
    ),
    (
        {"addBanding": {"bandedRange": {"range": area(0, 4, 0, 4), "rowProperties": {"firstBandColorStyle": WHITE}}}},
        "sheets.bandedRanges.rowProperties.firstBandColor.red",
        [1],
    ),
    ({"addFilterView": {"filter": {"title": "Mine", "range": area(0, 4, 0, 4)}}}, "sheets.filterViews.title", ["Mine"]),
    ({"addChart": {"chart": CHART}}, "sheets.charts.spec.title", ["Load"]),
    (
        {"updateDimensionProperties": {"range": rows(1, 2), "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}},
        "sheets.data.rowMetadata.hiddenByUser",
        [True],
    ),
    ({"addDimensionGroup": {"range": rows(1, 3)}}, "sheets.rowGroups.depth", [1]),
    (
        {"repeatCell": {"range": area(1, 3, 4, 5), "cell": {"userEnteredValue": {"formulaValue": "=D2*2"}}, "fields": "userEnteredValue"}},
        "sheets.data.rowData.values.userEnteredValue.formulaValue",
        ["=D2*2", "=D3*2"],
    ),
    (
        {"updateCells": {"start": {"rowIndex": 5}, "rows": [{"values": [{"note": "hi"}]}], "fields": "note"}},
        "sheets.data.rowData.values.note",
        ["hi"],
    ),
    (
        {"copyPaste": {"source": area(1, 2, 1, 2), "destination": area(1, 4, 1, 2), "pasteType": "PASTE_VALUES"}},
        "sheets.data.rowData.values.formattedValue",
        ["ID", "Title", "Due", "Hours", "P-1", "Pear", "2026-12-04", "3", "P-2", "Pear", "2026-12-01", "1.5", "P-3", "Pear", "2026-12-09", "2", "Name", "Sari"],
    ),
    (anchor(3, 7), "sheets.data.rowMetadata.developerMetadata.metadataId", [7]),
]  # fmt: skip


@pytest.fixture
def to() -> Iterator[Caller]:
    """An account with a spreadsheet on a fresh server."""
    with SheetsServer() as server:
        yield caller(server)


@pytest.mark.parametrize(
    ("request_", "mask", "told"), CASES, ids=[next(iter(each[0])) for each in CASES]
)
def test_a_request_is_done_and_told(to: Caller, request_: Json, mask: str, told: Any) -> None:
    """Each leaves its mark where spreadsheets.get shows it."""
    to.batch(request_)
    assert list(_ends(to.get(f"?fields={mask}"))) == told


def _ends(answer: Any) -> Iterator[Any]:
    if isinstance(answer, dict):
        answer = list(answer.values())
    if not isinstance(answer, list):
        yield answer
        return
    for each in answer:
        yield from _ends(each)


def test_what_was_made_can_be_changed_and_deleted(to: Caller) -> None:
    """Rules, protections, charts and views go by their IDs; nothing of them is left."""
    view = to.batch({"addFilterView": {"filter": {"range": area(0, 4, 0, 4)}}})[0]["addFilterView"][
        "filter"
    ]
    chart = to.batch({"addChart": {"chart": CHART}})[0]["addChart"]["chart"]
    given = {"range": area(0, 1, 0, 4), "warningOnly": True}
    reply = to.batch({"addProtectedRange": {"protectedRange": given}})[0]
    protected = reply["addProtectedRange"]["protectedRange"]
    to.batch({"addConditionalFormatRule": {"rule": RULE}}, {"updateChartSpec": {"chartId": chart["chartId"], "spec": {}}})  # fmt: skip
    moved = {**RULE, "ranges": [area(1, 9, 1, 2)]}
    to.batch({"updateConditionalFormatRule": {"rule": moved}})
    assert to.get("?fields=sheets.conditionalFormats.ranges")["sheets"][0]["conditionalFormats"][0]["ranges"][0]["endRowIndex"] == 9  # fmt: skip
    to.batch(
        {"deleteFilterView": {"filterId": view["filterViewId"]}},
        {"deleteEmbeddedObject": {"objectId": chart["chartId"]}},
        {"deleteProtectedRange": {"protectedRangeId": protected["protectedRangeId"]}},
        {"deleteConditionalFormatRule": {}},
    )
    left = to.get("?fields=sheets(filterViews,charts,protectedRanges,conditionalFormats)")
    assert left == {"sheets": [{}, {}]}


def test_ranges_and_references_follow_inserted_and_deleted_rows(to: Caller) -> None:
    """Rules, names and formulas mean the same cells as before; those whose cells went are gone."""
    to.put("Plan!F4", [["=D3+1"]], "USER_ENTERED")
    to.batch(
        {"addConditionalFormatRule": {"rule": RULE}},
        {"addNamedRange": {"namedRange": {"name": "Third", "range": area(2, 3, 0, 1)}}},
        {"insertDimension": {"range": rows(1, 2)}},
    )
    assert to.values("Plan!F5", "FORMULA") == [["=D4+1"]]
    assert to.values("Third") == [["P-2"]]
    to.batch({"deleteDimension": {"range": rows(3, 4)}})
    assert to.values("Plan!F4", "FORMULA") == [["=#REF!+1"]]
    told = to.get("?fields=namedRanges,sheets.conditionalFormats.ranges")
    span = told["sheets"][0]["conditionalFormats"][0]["ranges"][0]
    assert ("namedRanges" in told, span["startRowIndex"], span["endRowIndex"]) == (False, 2, 4)


def test_a_colour_and_its_style_go_together(to: Caller) -> None:
    """Setting one of them sets both, in the shades that Google keeps; clearing one clears both."""
    for fields, cell in (
        ("userEnteredFormat.backgroundColor", {"backgroundColor": {"red": 0.5}}),
        (
            "userEnteredFormat.backgroundColorStyle",
            {"backgroundColorStyle": {"rgbColor": {"red": 0.25}}},
        ),
        ("userEnteredFormat.backgroundColor", {}),
    ):
        to.batch(
            {
                "repeatCell": {
                    "range": area(0, 1, 0, 1),
                    "cell": {"userEnteredFormat": cell},
                    "fields": fields,
                }
            }
        )
        told = to.get("?ranges=A1&fields=sheets.data.rowData.values.userEnteredFormat")
        looks = told["sheets"][0]["data"][0]["rowData"][0]["values"][0].get("userEnteredFormat", {})
        shade = looks.get("backgroundColor", {}).get("red")
        assert shade == looks.get("backgroundColorStyle", {}).get("rgbColor", {}).get("red")
        assert shade == {"backgroundColor": 0.49803922, "backgroundColorStyle": 0.24705882}.get(
            next(iter(cell), "")
        )


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("ASCENDING", ["Nut", "Pear", "Apple", "Quill", "Zest"]),
        ("DESCENDING", ["Zest", "Quill", "Pear", "Apple", "Nut"]),
    ],
)
def test_rows_are_sorted_with_blanks_last(to: Caller, order: str, titles: list[str]) -> None:
    """Numbers come before texts; rows of one value keep their order, whichever way they are sorted."""
    to.put("Plan!A2:E6", [["", "Pear"], ["", "Apple"], ["", "Quill"], ["", "Nut"], ["", "Zest"]])
    to.put("Plan!D2:D6", [[2], [2], ["3"], [1], ["x"]])
    specs = [{"dimensionIndex": 3, "sortOrder": order}]
    to.batch({"sortRange": {"range": area(1, 9, 0, 26), "sortSpecs": specs}})
    assert [row[0] for row in to.values("Plan!B2:B9")] == titles


def test_text_is_replaced_where_it_is_found(to: Caller) -> None:
    """The reply counts cells, rows, sheets and finds."""
    [reply] = to.batch({"findReplace": {"find": "p", "replacement": "b", "allSheets": True}})
    counts = {"valuesChanged": 5, "rowsChanged": 3, "sheetsChanged": 1, "occurrencesChanged": 6}
    assert reply["findReplace"] == counts


def test_cells_are_cut_and_appended(to: Caller) -> None:
    """Cut cells leave blanks; appended ones stand behind the last row."""
    to.batch(
        {"cutPaste": {"source": area(1, 2, 0, 2), "destination": {"rowIndex": 6, "columnIndex": 1}}}
    )
    values = [
        {"userEnteredValue": {"stringValue": "end"}},
        {"userEnteredValue": {"boolValue": True}},
    ]
    to.batch({"appendCells": {"rows": [{"values": values}], "fields": "userEnteredValue"}})
    assert to.values("Plan!A2:C8")[0] == ["", "", 46360]
    assert to.values("Plan!A7:C8") == [["", "P-1", "Pear"], ["end", True]]


def test_unknown_requests_are_refused(to: Caller) -> None:
    """A kind that Google has and this server has not is a 400 with its name; so is a kind that nobody has."""
    known = set(schema("sheets.v4", "Request")["properties"])
    assert set(REQUESTS) < known
    for kind in [*sorted(known - set(REQUESTS)), "paintItBlack"]:
        answer = to.ask("POST", ":batchUpdate", {"requests": [{kind: {}}]})
        assert answer.status_code == 400, kind
        assert kind in answer.json()["error"]["message"]
