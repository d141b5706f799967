"""The methods of spreadsheets.values: get, update, append, clear, and their batches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sheets_server import filters
from sheets_server.addresses import area_of
from sheets_server.appending import append
from sheets_server.areas import Area
from sheets_server.call import Call
from sheets_server.metadata import Directory
from sheets_server.reading import Rendering, value_range
from sheets_server.refusals import Json, invalid, within
from sheets_server.state import Book
from sheets_server.writing import Writing, Written, clear, write


def get(call: Call) -> Json:
    """`spreadsheets.values.get`."""
    return value_range(call.book, area_of(call.book, call.path["range"]), Rendering.of(call.query))


def update(call: Call) -> Json:
    """`spreadsheets.values.update`."""
    writing = Writing.of(call.query, call.account)
    _same_range(call.path["range"], call.body)
    with call.editing() as book:
        written = write(book, area_of(book, call.path["range"]), call.body, writing)
        return written.answer(book, writing)


def _same_range(asked: str, given: Mapping[str, Any]) -> None:
    told = given.get("range")
    if told and told.replace("'", "") != asked.replace("'", ""):
        raise invalid(f"Requested writing within range [{asked}], but the body's range is [{told}]")


def append_values(call: Call) -> Json:
    """`spreadsheets.values.append`."""
    writing = Writing.of(call.query, call.account)
    with call.editing() as book:
        inserts = call.query.get("insertDataOption") == "INSERT_ROWS"
        return append(book, area_of(book, call.path["range"]), call.body, writing, inserts=inserts)


def clear_values(call: Call) -> Json:
    """`spreadsheets.values.clear`."""
    with call.editing() as book:
        cleared = clear(book, area_of(book, call.path["range"]), call.account)
    return {"spreadsheetId": book.number, "clearedRange": cleared}


def batch_get(call: Call) -> Json:
    """`spreadsheets.values.batchGet`."""
    rendering = Rendering.of(call.query)
    found = [
        value_range(call.book, area_of(call.book, each), rendering)
        for each in call.queries("ranges")
    ]
    return {"spreadsheetId": call.book.number, **({"valueRanges": found} if found else {})}


def batch_update(call: Call) -> Json:
    """`spreadsheets.values.batchUpdate`."""
    writing = Writing.of(call.body, call.account)
    with call.editing() as book:
        written = []
        for index, each in enumerate(call.body.get("data", [])):
            with within(f"data[{index}]"):
                written.append(write(book, area_of(book, each.get("range", "")), each, writing))
        answers = [each.answer(book, writing) for each in written]
    return {**_totals(book, written), **({"responses": answers} if answers else {})}


def _totals(book: Book, written: Iterable[Written]) -> Json:
    answers = [each.counted for each in written]
    sheets = {each["updatedRange"].rpartition("!")[0] for each in answers if "updatedCells" in each}
    totals = {
        f"totalUpdated{name}": sum(each.get(f"updated{name}", 0) for each in answers)
        for name in ("Rows", "Columns", "Cells")
    }
    totals["totalUpdatedSheets"] = len(sheets)
    return {
        "spreadsheetId": book.number,
        **{name: total for name, total in totals.items() if total},
    }


def batch_clear(call: Call) -> Json:
    """`spreadsheets.values.batchClear`."""
    with call.editing() as book:
        cleared = [
            clear(book, area_of(book, each), call.account) for each in call.body.get("ranges", [])
        ]
    return {"spreadsheetId": book.number, "clearedRanges": cleared}


def batch_get_by_data_filter(call: Call) -> Json:
    """`spreadsheets.values.batchGetByDataFilter`: an area that several filters match comes once."""
    rendering = Rendering.of(call.body)
    directory = Directory(call.book)
    matched: dict[Area, list[Json]] = {}
    for each in call.body.get("dataFilters", []):
        for area in filters.areas(call.book, directory, each):
            matched.setdefault(area, []).append(each)
    found = [
        {"valueRange": value_range(call.book, area, rendering), "dataFilters": asked}
        for area, asked in matched.items()
    ]
    return {"spreadsheetId": call.book.number, **({"valueRanges": found} if found else {})}


def batch_update_by_data_filter(call: Call) -> Json:
    """`spreadsheets.values.batchUpdateByDataFilter`: a filter that matches several areas writes into each."""
    writing = Writing.of(call.body, call.account)
    with call.editing() as book:
        directory = Directory(book)
        written: list[tuple[Json, Written | None]] = []
        for index, each in enumerate(call.body.get("data", [])):
            asked = each.get("dataFilter", {})
            areas = filters.areas(book, directory, asked)
            if not areas:
                written += _unmatched(call, asked, index)
            with within(f"data[{index}]"):
                written += [(asked, write(book, area, each, writing)) for area in areas]
        answers = [_filtered(book, asked, each, writing) for asked, each in written]
    totals = _totals(book, [each for _, each in written if each])
    return {**totals, **({"responses": answers} if answers else {})}


def _unmatched(call: Call, asked: Json, index: int) -> list[tuple[Json, None]]:
    if call.switches.unmatched_filter == "refuse":
        raise invalid(f"Invalid data[{index}]: No data matched the data filter.")
    return [(asked, None)] if call.switches.unmatched_filter == "echo" else []


def _filtered(book: Book, asked: Json, written: Written | None, writing: Writing) -> Json:
    answer = {} if written is None else dict(written.answer(book, writing))
    answer.pop("spreadsheetId", None)
    return {**answer, "dataFilter": asked}


def batch_clear_by_data_filter(call: Call) -> Json:
    """`spreadsheets.values.batchClearByDataFilter`."""
    with call.editing() as book:
        directory = Directory(book)
        cleared = [
            clear(book, area, call.account)
            for each in call.body.get("dataFilters", [])
            for area in filters.areas(book, directory, each)
        ]
    return {"spreadsheetId": book.number, **({"clearedRanges": cleared} if cleared else {})}
