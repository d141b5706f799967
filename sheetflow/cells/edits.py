"""What one run writes into a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetflow.cells.looks import Rule, Style
from sheetflow.cells.tabs import ComputedTab
from sheetflow.cells.values import CellRef, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """One cell to change: written only where `before` still stands, so that nobody's typing is lost."""

    ref: CellRef
    before: Value
    after: Value
    style: Style | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedRow:
    """A row of a team's table by its key, so that it is found again wherever people have moved it meanwhile.

    `row` is where it was read, `key_column` where its key stands or is to stand, `head` the row of the headers.
    `inputs` by column tell it from other rows. It `is_new` where nothing that SheetFlow wrote stands in it yet.
    Keys are unique within a workbook.
    """

    sheet: str
    row: int
    key: str
    key_column: int
    head: int
    inputs: Mapping[int, Value] = field(default_factory=dict)
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLook:
    """How a column that SheetFlow filled in a team's sheet looks: its width, and the rules of its cells."""

    sheet: str
    column: int
    width: float | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """All that one run writes: edits in the team's sheets, and computed tabs as a whole.

    `rows` are all rows of the team's tables in which edits may lie; `filled` are the headers of the columns that
    SheetFlow fills in them; `sheets` are all tabs that mean something to SheetFlow.
    """

    edits: tuple[CellEdit, ...] = ()
    looks: tuple[ColumnLook, ...] = ()
    tabs: tuple[ComputedTab, ...] = ()
    rows: tuple[KeyedRow, ...] = ()
    filled: tuple[CellRef, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.edits or self.tabs)
