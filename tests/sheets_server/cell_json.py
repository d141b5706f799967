"""Cells as CellData: what a request puts into one, and what an answer shows of one."""

from __future__ import annotations

from sheets_server import colours
from sheets_server.formulas import value_of
from sheets_server.masks import Mask, merged
from sheets_server.new_book import DEFAULT_FORMAT
from sheets_server.refusals import Json
from sheets_server.showing import shown
from sheets_server.state import Book, Cell, Fault, Scalar, Sheet

_FAULTS = {"ERROR": "#ERROR!", "NULL_VALUE": "#NULL!", "DIVIDE_BY_ZERO": "#DIV/0!", "VALUE": "#VALUE!",
           "REF": "#REF!", "NAME": "#NAME?", "NUM": "#NUM!", "N_A": "#N/A"}  # fmt: skip
_ONLY_READ = ("effectiveValue", "formattedValue", "effectiveFormat", "hyperlink")


def changed(old: Cell, data: Json, mask: Mask) -> Cell:
    """The cell after the fields of the mask were taken from CellData."""
    before = {**old.more}
    if old.has_value:
        before["userEnteredValue"] = extended(old.formula if old.formula is not None else old.value)
    after = merged(before, colours.kept(data), mask)
    entered = after.pop("userEnteredValue", {})
    more = {
        name: each
        for name, each in after.items()
        if name not in _ONLY_READ and each not in ("", {})
    }
    if entered == before.get("userEnteredValue"):
        return Cell(value=old.value, formula=old.formula, more=more)
    value, formula = _scalar(entered)
    return Cell(value=value, formula=formula, more=more)


def _scalar(entered: Json) -> tuple[Scalar, str | None]:
    if "formulaValue" in entered:
        return None, entered["formulaValue"]
    if "numberValue" in entered:
        number = entered["numberValue"]
        return (int(number) if float(number).is_integer() and abs(number) < 1e15 else number), None
    if "errorValue" in entered:
        return Fault(_FAULTS.get(entered["errorValue"].get("type", ""), "#ERROR!")), None
    value: Scalar = entered.get("boolValue", entered.get("stringValue"))
    return (None if value == "" else value), None


def extended(value: Scalar) -> Json:
    """An ExtendedValue; a text that begins with = is a formula."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, Fault):
        kinds = {code: kind for kind, code in _FAULTS.items()}
        return {"errorValue": {"type": kinds.get(value.code, "ERROR"), "message": ""}}
    return (
        {"formulaValue": value} if value and value.startswith("=") else {"stringValue": value or ""}
    )


def cell_json(book: Book, sheet: Sheet, cell: Cell) -> Json:
    """All that an answer tells of a cell."""
    data: Json = dict(cell.more)
    if cell.has_value:
        value = value_of(book, sheet, cell)
        entered = {"formulaValue": cell.formula} if cell.formula is not None else _effective(value)
        data |= {"userEnteredValue": entered, "effectiveValue": _effective(value)}
        data["formattedValue"] = shown(value, cell.number_format)
    if data:
        looks = cell.more.get("userEnteredFormat", {})
        data["effectiveFormat"] = {**book.properties.get("defaultFormat", DEFAULT_FORMAT), **looks}
    return data


def _effective(value: Scalar) -> Json:
    return {"stringValue": value} if isinstance(value, str) else extended(value)
