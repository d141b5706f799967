r"""Drawing small workbooks as text, so that a test shows the very sheet that it is about.

    snapshot({"Publications": '''
        | ID    | Publication | Type      | Delivery date |
        | P-001 | Autumn tips | Blog post | 2026-12-04    |
    '''})

A cell reads as it looks: `2026-12-04` is a date, `2026-12-04 10:30` a date with a time, `12` and `0.5` are
numbers, `TRUE` and `FALSE` booleans, `#REF!` the error of a formula. Quotes make text of anything:
`"2026-12-04"`; in quotes `\n` breaks the line. `=A1` is a formula without a stored value, `=A1 => 12` one with.
An empty line between rows is a blank row; a row of dashes is only there for the eye.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from textwrap import dedent

from sheetflow.cells import CellFault, CellRange, Snapshot, Table, Value

TODAY = date(2026, 11, 23)

_RULE = re.compile(r"\|[\s|:-]*-[\s|:-]*\|")
_ERROR = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!)")
_RANGE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def snapshot(
    tabs: Mapping[str, str], merged: Mapping[str, Sequence[str]] | None = None
) -> Snapshot:
    """A workbook of drawn tabs, in their order; `merged` holds ranges such as `A2:A3` by tab."""
    ranges = merged or {}
    return Snapshot(tables=tuple(table(s, text, ranges.get(s, ())) for s, text in tabs.items()))


def table(sheet: str, drawing: str, merged: Sequence[str] = ()) -> Table:
    """One drawn tab."""
    lines = [line.strip() for line in dedent(drawing).strip().splitlines()]
    rows = [_cells(line) for line in lines if not _RULE.fullmatch(line)]
    formulas = {
        (row, column): text.partition("=>")[0].strip()
        for row, cells in enumerate(rows, start=1)
        for column, text in enumerate(cells, start=1)
        if text.startswith("=")
    }
    return Table(
        sheet=sheet,
        rows=tuple(tuple(value(text) for text in cells) for cells in rows),
        formulas=formulas,
        merged=tuple(_range(text) for text in merged),
    )


def value(text: str) -> Value:
    """The value of a drawn cell."""
    if text.startswith("="):
        return value(text.partition("=>")[2].strip())
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace("\\n", "\n")
    if text in {"TRUE", "FALSE"}:
        return text == "TRUE"
    if _ERROR.fullmatch(text):
        return CellFault(text)
    return _number_or_date(text)


def _number_or_date(text: str) -> Value:
    for reads in (int, float, _date, datetime.fromisoformat):
        if not re.match(r"-?[0-9.]", text):
            break
        try:
            return reads(text)
        except ValueError:
            continue
    return text or None


def _date(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _cells(line: str) -> list[str]:
    if not line:
        return []
    if not (line.startswith("|") and line.endswith("|")):
        message = f"a drawn row begins and ends with a bar: {line}"
        raise ValueError(message)
    return [cell.strip() for cell in line[1:-1].split("|")]


def _range(text: str) -> CellRange:
    found = _RANGE.fullmatch(text)
    if not found:
        message = f"not a range: {text}"
        raise ValueError(message)
    left, top, right, bottom = found.groups()
    return CellRange(int(top), _column(left), int(bottom), _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
