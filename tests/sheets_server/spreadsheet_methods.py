"""The methods of spreadsheets: get, create, getByDataFilter, and copying a sheet to another."""

from __future__ import annotations

from sheets_server import filters, new_book
from sheets_server.addresses import area_of
from sheets_server.call import Call
from sheets_server.drive import SPREADSHEET
from sheets_server.masks import Mask, mask_of
from sheets_server.metadata import Directory
from sheets_server.refusals import Json
from sheets_server.sheet_requests import own_metadata
from sheets_server.spreadsheet_json import sheet_properties, spreadsheet


def _mask(call: Call) -> Mask:
    return mask_of(call.query["fields"]) if call.query.get("fields") else {}


def get(call: Call) -> Json:
    """`spreadsheets.get`."""
    areas = [area_of(call.book, each) for each in call.queries("ranges")]
    grid = call.query.get("includeGridData", "").lower() == "true"
    return spreadsheet(call.book, areas, _mask(call), grid=grid)


def get_by_data_filter(call: Call) -> Json:
    """`spreadsheets.getByDataFilter`."""
    directory = Directory(call.book)
    areas = [
        area
        for each in call.body.get("dataFilters", [])
        for area in filters.areas(call.book, directory, each)
    ]
    if call.body.get("dataFilters") and not areas:
        return {
            name: each
            for name, each in spreadsheet(call.book, (), _mask(call), grid=False).items()
            if name != "sheets"
        }
    return spreadsheet(call.book, areas, _mask(call), grid=bool(call.body.get("includeGridData")))


def create(call: Call) -> Json:
    """`spreadsheets.create`: with the sheets that are asked for, or one."""
    book = new_book.book(call.drive.next_id(), call.body.get("properties", {}))
    asked = call.body.get("sheets") or [{}]
    for index, each in enumerate(asked):
        properties = {"title": f"Sheet{index + 1}", **each.get("properties", {})}
        number = properties.get("sheetId", call.drive.next_number() if index else 0)
        book.sheets.append(new_book.sheet(number, properties))
    call.drive.add(book.properties["title"], SPREADSHEET, call.account, book)
    return spreadsheet(book, (), _mask(call), grid=False)


def copy_to(call: Call) -> Json:
    """`spreadsheets.sheets.copyTo`."""
    source = call.book.sheet(int(call.path["sheetId"]))
    target = call.body.get("destinationSpreadsheetId", "")
    call.drive.may_change(target, call.account)
    draft = call.drive.book(target, call.account).copy()
    copied = source.copy()
    copied.properties |= {"sheetId": call.drive.next_number(), "title": f"Copy of {source.title}"}
    own_metadata(call.drive, copied, kept=call.switches.metadata_follows_duplicate)
    draft.sheets.append(copied)
    call.drive.keep(draft)
    return sheet_properties(draft, copied)
