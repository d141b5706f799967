"""Requests about sheets and the spreadsheet as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sheets_server import colours, new_book
from sheets_server.areas import Area
from sheets_server.call import Edit
from sheets_server.dimensions import grow
from sheets_server.drive import Drive
from sheets_server.masks import mask_of, merged
from sheets_server.protection import guard_area
from sheets_server.references import rename_in_formulas
from sheets_server.refusals import Json, invalid
from sheets_server.shifting import shift
from sheets_server.spreadsheet_json import sheet_properties
from sheets_server.state import COLUMNS, ROWS, Book, Metadata, Sheet


def add_sheet(edit: Edit, asked: Json) -> Json:
    """Add a sheet, at the end or at its index."""
    properties = colours.kept(asked.get("properties", {}))
    number = properties.get("sheetId")
    number = edit.drive.next_number() if number is None else number
    if any(each.number == number for each in edit.book.sheets):
        raise invalid(f"A sheet with the ID {number} already exists. Please enter another ID.")
    title = properties.get("title") or _free_title(edit.book)
    _check_title(edit.book, title, None)
    sheet = new_book.sheet(number, {**properties, "title": title})
    edit.book.sheets.insert(properties.get("index", len(edit.book.sheets)), sheet)
    edit.book.owned.add(number)
    return {"properties": sheet_properties(edit.book, sheet)}


def _free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def _check_title(book: Book, title: str, own: Sheet | None) -> None:
    other = book.titled(title)
    if other is not None and other is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


def delete_sheet(edit: Edit, asked: Json) -> Json:
    """Delete a sheet; the last one that shows must stay."""
    number = asked.get("sheetId", 0)
    sheet = edit.book.sheet(number)
    guard_area(edit.book, Area(number), edit.account)
    if not any(_shows(each) for each in edit.book.sheets if each is not sheet):
        raise invalid("You can't remove all the visible sheets in a document.")
    edit.book.sheets.remove(sheet)
    edit.book.named_ranges = [
        each for each in edit.book.named_ranges if each["range"].get("sheetId", 0) != number
    ]
    return {}


def _shows(sheet: Sheet) -> bool:
    return not sheet.properties.get("hidden")


def duplicate_sheet(edit: Edit, asked: Json) -> Json:
    """A copy of a sheet with all that is on it, but for its metadata."""
    source = edit.book.sheet(asked.get("sourceSheetId", 0))
    number = asked.get("newSheetId") or edit.drive.next_number()
    title = asked.get("newSheetName") or f"Copy of {source.title}"
    _check_title(edit.book, title, None)
    sheet = source.copy()
    sheet.properties |= {"sheetId": number, "title": title}
    own_metadata(edit.drive, sheet, kept=edit.switches.metadata_follows_duplicate)
    sheet.parts = {
        name: [_renumbered(each, number) for each in part] for name, part in sheet.parts.items()
    }
    edit.book.sheets.insert(asked.get("insertSheetIndex", 0), sheet)
    edit.book.owned.add(number)
    return {"properties": sheet_properties(edit.book, sheet)}


def own_metadata(drive: Drive, sheet: Sheet, *, kept: bool) -> None:
    """Give the metadata of a copied sheet IDs of its own, or take it away."""

    def own(anchors: tuple[Metadata, ...]) -> tuple[Metadata, ...]:
        return tuple(replace(each, number=drive.next_number()) for each in anchors if kept)

    sheet.anchors = own(sheet.anchors)
    for lines in (sheet.rows, sheet.columns):
        lines[:] = [
            replace(each, anchors=own(each.anchors)) if each.anchors else each for each in lines
        ]


def _renumbered(part: Json, number: int) -> Json:
    ranges = ("range", "ranges")
    told = {**part, "sheetId": number} if "startRowIndex" in part else dict(part)
    for name in ranges:
        if isinstance(told.get(name), dict):
            told[name] = {**told[name], "sheetId": number}
        elif isinstance(told.get(name), list):
            told[name] = [{**each, "sheetId": number} for each in told[name]]
    return told


def update_sheet_properties(edit: Edit, asked: Json) -> Json:
    """Change what the mask names: title, place, size of the grid, frozen lines, colour ..."""
    new = colours.kept(asked.get("properties", {}))
    mask = colours.paired(mask_of(_fields(asked)))
    sheet = edit.book.to_edit(new.get("sheetId", 0))
    old = sheet_properties(edit.book, sheet)
    result = merged(old, new, mask)
    _check_title(edit.book, result.get("title", ""), sheet)
    if result.get("hidden") and not any(
        _shows(each) for each in edit.book.sheets if each is not sheet
    ):
        raise invalid("You can't hide all the sheets in a document.")
    grid = {**result.get("gridProperties", {})}
    _resize(
        edit.book,
        sheet,
        grid.pop("rowCount", len(sheet.rows)),
        grid.pop("columnCount", len(sheet.columns)),
    )
    _check_frozen(sheet, grid)
    index = result.pop("index", 0)
    sheet.properties = {**result, "gridProperties": grid, "sheetId": sheet.number}
    if result.get("title") != old["title"]:
        rename_in_formulas(edit.book, old["title"], sheet.title)
    if "index" in mask or "*" in mask:
        _place(edit.book, sheet, old["index"], index)
    return {}


def _fields(asked: Json) -> str:
    fields: str = asked.get("fields", "")
    if not fields:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    return fields


def _place(book: Book, sheet: Sheet, old: int, index: int) -> None:
    if index > len(book.sheets):
        raise invalid(f"Sheet index {index} is too large: there are {len(book.sheets)} sheets.")
    book.sheets.remove(sheet)
    book.sheets.insert(index - (index > old), sheet)


def _check_frozen(sheet: Sheet, grid: Json) -> None:
    if grid.get("frozenRowCount", 0) >= len(sheet.rows) and grid.get("frozenRowCount"):
        raise invalid("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= len(sheet.columns) and grid.get("frozenColumnCount"):
        raise invalid("You can't freeze all visible columns on the sheet.")


def _resize(book: Book, sheet: Sheet, rows: int, columns: int) -> None:
    if rows < 1 or columns < 1:
        raise invalid("The grid must keep at least one row and one column.")
    grow(sheet, rows, columns)
    number = sheet.number
    if rows < len(sheet.rows):
        del sheet.rows[rows:]
        shift(book, number, ROWS, lambda first, last: _cut(first, last, rows))
    if columns < len(sheet.columns):
        del sheet.columns[columns:]
        sheet.rows[:] = [replace(each, cells=each.cells[:columns]) for each in sheet.rows]
        shift(book, number, COLUMNS, lambda first, last: _cut(first, last, columns))


def _cut(first: int, last: int, end: int) -> tuple[int, int] | None:
    return (first, min(last, end)) if first < end else None


def update_spreadsheet_properties(edit: Edit, asked: Json) -> Json:
    """Change what the mask names: title, locale, time zone ..."""
    new = asked.get("properties", {})
    edit.book.properties = merged(edit.book.properties, new, mask_of(_fields(asked)))
    return {}


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
    "updateSpreadsheetProperties": update_spreadsheet_properties,
}
