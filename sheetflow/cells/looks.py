"""How cells look, by themselves and by their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sheetflow.cells.values import CellRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks; colours are six hex digits, None leaves the sheet's default.

    `indent` is the distance from the side that the text is aligned to, in steps of about one letter;
    `right_to_left` is the direction in which a text is read whose first letter does not tell.
    """

    font: str | None = None
    ink: str | None = None
    fill: str | None = None
    bold: bool = False
    size: float | None = None
    align: str | None = None
    indent: int = 0
    right_to_left: bool = False
    number_format: str | None = None
    wrap: bool = False
    outline: str | None = None
    left_edge: str | None = None
    under: str | None = None


StyleRow: TypeAlias = tuple[Style | None, ...]


class StyleRows(Mapping[tuple[int, int], Style]):
    """Styles by (row, column), held by row: rows that look the same share one tuple, so that long lists stay small."""

    __slots__ = ("rows",)

    def __init__(self, rows: tuple[StyleRow, ...]) -> None:
        """Take the styles of each row from the first on, column by column; None where a cell has no style."""
        self.rows = rows

    def __getitem__(self, place: tuple[int, int]) -> Style:
        """The style of a cell; raises KeyError where it has none."""
        row, column = place
        style = None
        if 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1]):
            style = self.rows[row - 1][column - 1]
        if style is None:
            raise KeyError(place)
        return style

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The cells that have a style, row by row."""
        for row, styles in enumerate(self.rows, start=1):
            for column, style in enumerate(styles, start=1):
                if style is not None:
                    yield row, column

    def __len__(self) -> int:
        """How many cells have a style."""
        return sum(style is not None for styles in self.rows for style in styles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A conditional format: cells of `area` whose value compares so with `operand` look like `style`.

    `operator` is one of: equal, greaterThan, greaterThanOrEqual, between (`operand` and `upper`, both included).
    A text operand compares as text. `beside` are further cells under the same rule.
    """

    area: CellRange
    operator: str
    operand: str | float
    style: Style
    upper: float | None = None
    beside: tuple[CellRange, ...] = ()
