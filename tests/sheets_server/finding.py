"""findReplace."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sheets_server.areas import Area
from sheets_server.call import Edit
from sheets_server.protection import guard
from sheets_server.refusals import Json, invalid
from sheets_server.showing import shown
from sheets_server.state import Cell, Sheet


def find_replace(edit: Edit, asked: Json) -> Json:
    """Replace a text in the values of a range, a sheet or all of them; formulas only where they are asked for."""
    if not asked.get("find"):
        raise invalid("A text to find is required.")
    pattern, replacement = _pattern(asked), asked.get("replacement", "")
    if not asked.get("searchByRegex"):
        replacement = replacement.replace("\\", "\\\\")
    cells, sheets, rows, formulas, occurrences = 0, set(), set(), 0, 0
    for area in _areas(edit, asked):
        for sheet, row, column, cell in _candidates(edit, area, asked):
            text = cell.formula or shown(cell.value, cell.number_format)
            new, count = pattern.subn(replacement, text)
            if not count:
                continue
            guard(edit.book, sheet, edit.account, [(row, column)])
            changed = (
                cell.holding(None, new) if cell.formula is not None else cell.holding(new or None)
            )
            edit.book.to_edit(sheet.number).put(row, column, changed)
            formulas += cell.formula is not None
            cells, occurrences = cells + (cell.formula is None), occurrences + count
            sheets.add(sheet.number)
            rows.add((sheet.number, row))
    told = {
        "valuesChanged": cells,
        "formulasChanged": formulas,
        "rowsChanged": len(rows),
        "sheetsChanged": len(sheets),
        "occurrencesChanged": occurrences,
    }
    return {name: count for name, count in told.items() if count}


def _pattern(asked: Json) -> re.Pattern[str]:
    text = asked["find"] if asked.get("searchByRegex") else re.escape(asked["find"])
    if asked.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    return re.compile(text, re.NOFLAG if asked.get("matchCase") else re.IGNORECASE)


def _areas(edit: Edit, asked: Json) -> list[Area]:
    if "range" in asked:
        return [Area.of_json(asked["range"])]
    if asked.get("allSheets"):
        return [Area(each.number) for each in edit.book.sheets]
    if "sheetId" not in asked:
        raise invalid("A range, a sheet or all sheets must be named.")
    return [Area(asked["sheetId"])]


def _candidates(edit: Edit, area: Area, asked: Json) -> list[tuple[Sheet, int, int, Cell]]:
    sheet = edit.book.sheet(area.sheet)
    return [
        (sheet, row, column, cell)
        for row, column, cell in sheet.with_values()
        if area.covers(row, column) and (cell.formula is None or asked.get("includeFormulas"))
    ]


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {"findReplace": find_replace}
