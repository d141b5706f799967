"""The vocabulary of a sheet: values at places, how they look, and the edits that change them.

Rows and columns count from 1, as people see them. Nothing here knows what a cell means.
"""

from __future__ import annotations

from sheetflow.cells.edits import CellEdit, ColumnLook, KeyedRow, Patch
from sheetflow.cells.looks import Rule, Style, StyleRow, StyleRows
from sheetflow.cells.tabs import Chart, ComputedTab, DropDown, Series, StarterTab
from sheetflow.cells.values import (
    EXCEL_EPOCH,
    MIDNIGHT,
    CellFault,
    CellRange,
    CellRef,
    Snapshot,
    Table,
    Value,
    column_letters,
    same_value,
    serial_number,
)

__all__ = [
    "EXCEL_EPOCH",
    "MIDNIGHT",
    "CellEdit",
    "CellFault",
    "CellRange",
    "CellRef",
    "Chart",
    "ColumnLook",
    "ComputedTab",
    "DropDown",
    "KeyedRow",
    "Patch",
    "Rule",
    "Series",
    "Snapshot",
    "StarterTab",
    "Style",
    "StyleRow",
    "StyleRows",
    "Table",
    "Value",
    "column_letters",
    "same_value",
    "serial_number",
]
