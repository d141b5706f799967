"""A sheet of squares to draw on, cell by cell."""

from __future__ import annotations

from sheetflow.cells import Style, Value


class Canvas:
    """Gathers values and styles in any order."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._values: dict[tuple[int, int], Value] = {}
        self.styles: dict[tuple[int, int], Style] = {}

    def put(self, row: int, column: int, value: Value, style: Style | None = None) -> None:
        """Set a cell; None as its value only dresses it."""
        if value is not None:
            self._values[row, column] = value
        if style is not None:
            self.styles[row, column] = style

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The values row by row, as far as there are any."""
        last = max((row for row, _ in self._values), default=0)
        widths = dict.fromkeys(range(1, last + 1), 0)
        for row, column in self._values:
            widths[row] = max(widths[row], column)
        return tuple(
            tuple(self._values.get((row, column)) for column in range(1, width + 1))
            for row, width in widths.items()
        )
