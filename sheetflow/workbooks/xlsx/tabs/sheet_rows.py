"""The rows of a computed tab as XML: a template a look, filled with contents that are made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any

from sheetflow.cells import ComputedTab, StyleRow, StyleRows, Value, column_letters
from sheetflow.workbooks.xlsx.sheets.cell_xml import cell_content, is_formula_like
from sheetflow.workbooks.xlsx.styles.styles import StyleSheet

NUMBER_HERE = b"~"
NO_CELL = b"%.0b"
KEPT_SPACES = b' xml:space="preserve"'


def row_elements(tab: ComputedTab, styles: StyleSheet, epoch: date) -> Iterator[bytes]:
    """The rows of the tab in their order, those that only have looks too."""
    contents = _Contents(epoch)
    templates = _Templates(styles, contents.formula_like)
    looks = look_rows(tab)
    for number in range(1, max(len(tab.rows), len(looks)) + 1):
        values = tab.rows[number - 1] if number <= len(tab.rows) else ()
        look = looks[number - 1] if number <= len(looks) else ()
        if len(values) < len(look):
            values = (*values, *(None,) * (len(look) - len(values)))
        inside = tuple([contents[type(value)][value] for value in values])
        template = templates.of(values, look, tab.heights.get(number))
        yield template.replace(NUMBER_HERE, b"%d" % number) % inside


def look_rows(tab: ComputedTab) -> Sequence[StyleRow]:
    """The styles of the tab row by row."""
    if isinstance(tab.styles, StyleRows):
        return tab.styles.rows
    rows: list[list[Any]] = [[] for _ in range(max((row for row, _ in tab.styles), default=0))]
    for (row, column), style in tab.styles.items():
        looks = rows[row - 1]
        looks.extend([None] * (column - len(looks)))
        looks[column - 1] = style
    return [tuple(looks) for looks in rows]


class _Contents(dict[type, "_ContentsOfType"]):
    """The XML of each value that a cell holds, by the value's type and the value: 1 is not TRUE."""

    def __init__(self, epoch: date) -> None:
        self.epoch = epoch
        self.formula_like: set[Value] = set()

    def __missing__(self, kind: type) -> _ContentsOfType:
        self[kind] = _ContentsOfType(self)
        return self[kind]


class _ContentsOfType(dict[Value, bytes]):
    def __init__(self, of_all: _Contents) -> None:
        self._of_all = of_all

    def __missing__(self, value: Value) -> bytes:
        content = cell_content(value, self._of_all.epoch)
        if is_formula_like(value):
            self._of_all.formula_like.add(value)
        if isinstance(value, str) and " ".join(value.split()) == value:
            content = content.replace(KEPT_SPACES, b"", 1)
        self[value] = content
        return content


class _Templates:
    """Rows with a gap for each cell's content, by what decides their cells' style numbers."""

    def __init__(self, styles: StyleSheet, formula_like: set[Value]) -> None:
        self._styles = styles
        self._formula_like = formula_like
        self._made: dict[tuple[object, ...], bytes] = {}

    def of(self, values: Sequence[Value], look: StyleRow, height: float | None) -> bytes:
        """The template of a row: tuples of styles are known by their identity, which is quick."""
        quoted: tuple[bool, ...] | None = None
        if not self._formula_like.isdisjoint(values):
            quoted = tuple(value in self._formula_like for value in values)
        key = (id(look), height, quoted, *map(type, values))
        if key not in self._made:
            self._made[key] = self._make(values, look, height)
        return self._made[key]

    def _make(self, values: Sequence[Value], look: StyleRow, height: float | None) -> bytes:
        cells = b"".join(
            [
                NO_CELL if value is None and style is None else self._cell(column, value, style)
                for column, (value, style) in enumerate(zip_longest(values, look), start=1)
            ]
        )
        high = b' ht="%g" customHeight="1"' % height if height else b""
        return b'<row r="~"%b>%b</row>' % (high, cells)

    def _cell(self, column: int, value: Value, style: Any) -> bytes:  # noqa: ANN401 - a style or none
        number = self._styles.number(
            style, quoted=value in self._formula_like, dated=isinstance(value, date)
        )
        return b'<c r="%b~" s="%d"' % (column_letters(column).encode(), number) + b"%b"
