"""Whole tabs: those that SheetFlow draws, and those that a new workbook begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetflow.cells.looks import Rule, Style, StyleRow
from sheetflow.cells.values import CellRange, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a chart: its name in the legend, its numbers, and its colour."""

    name: str
    values: CellRange
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of its own tab's cells: a bar a category and series, the later series in front of the earlier ones.

    Its top left corner is that of the cell at `row` and `column`; `width` and `height` are points. Bars stand, or lie
    where they are `lying`; the first category is where reading begins. `ink` colours texts, `line` the grid, and
    `number_format` shows the values, `font` is for letters that the usual one lacks. The cells may be hidden.
    """

    title: str
    row: int
    column: int
    width: float
    height: float
    categories: CellRange
    series: tuple[Series, ...]
    ink: str
    line: str
    number_format: str = "General"
    font: str | None = None
    lying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedTab:
    """A whole tab of SheetFlow's own, drawn anew each time that it changes.

    `styles` by (row, column); `widths` in characters, by column, 0 for a hidden one; `heights` in points, by row; the
    rows up to `frozen_rows` and the columns up to `frozen_columns` stay in view; the rows up to `header_row` repeat on
    every printed page; `filtered` is the range with filter buttons in its first row; `tab_colour` is the colour of the
    tab by which the sheet is chosen. It prints as wide as a page, and on as many pages as it takes, or on one where it
    is to fit `on_one_page`. In a list `body` is what any of its rows looks like, whatever stands in it, and
    `read_again` are the columns that a later run reads.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    styles: Mapping[tuple[int, int], Style] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    header_row: int = 1
    frozen_rows: int = 1
    frozen_columns: int = 0
    filtered: CellRange | None = None
    rules: tuple[Rule, ...] = ()
    merges: tuple[CellRange, ...] = ()
    charts: tuple[Chart, ...] = ()
    right_to_left: bool = False
    footer: str = ""
    tab_colour: str | None = None
    on_one_page: bool = False
    body: StyleRow = ()
    read_again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDown:
    """Choices offered in the cells of `area`; `source` is a range (`Team!$A$2:$A$60`) or a quoted list (`"en,id"`).

    Where it is not `strict`, anything else may be typed too.
    """

    area: CellRange
    source: str
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterTab:
    """A tab of a new workbook: what it holds, its drop-downs, and the notes on its cells by (row, column).

    `guarded` are the cells that SheetFlow fills: where a workbook can do so, it warns whoever types there, with the
    words of `warning`.
    """

    tab: ComputedTab
    drop_downs: tuple[DropDown, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    guarded: tuple[CellRange, ...] = ()
    warning: str = ""
