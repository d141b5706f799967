"""The rows of a computed tab as the XML of a sheet: for large tabs ten times as quick as cell by cell."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from html import escape
from pathlib import Path
from typing import Any

from sheetflow.cells import CellFault, CellRange, ComputedTab, Style, Value, column_letters
from sheetflow.workbooks.xlsx.drawing import as_text
from sheetflow.workbooks.xlsx.dress import Wardrobe, dated, is_formula_like

NO_ROWS = (b"<sheetData />", b"<sheetData/>", b"<sheetData></sheetData>")
ONE_CELL = b'<dimension ref="A1:A1" />'
PLAIN = Style()
SECONDS_A_DAY = 86_400


class Splicer(zipfile.ZipFile):
    """An archive that puts ready-made rows into the sheets written to it, by the name of their part."""

    rows: Mapping[str, tuple[bytes, bytes]]

    def write(self, filename: Any, arcname: Any = None, *rest: Any, **more: Any) -> None:  # noqa: ANN401 - as zipfile has it
        """Write a part; one that has rows of its own gets them in place of none."""
        if arcname not in self.rows:
            super().write(filename, arcname, *rest, **more)
            return
        xml = Path(filename).read_bytes()
        rows, area = self.rows[arcname]
        blank = next(tag for tag in NO_ROWS if tag in xml)
        self.writestr(arcname, xml.replace(blank, rows, 1).replace(ONE_CELL, area, 1))


def rows_of(tab: ComputedTab, wardrobe: Wardrobe, epoch: date) -> tuple[bytes, bytes]:
    """The rows of the tab, and the range that they fill, as XML."""
    last_row = max(len(tab.rows), max((row for row, _ in tab.styles), default=1), 1)
    widest = max(map(len, tab.rows), default=1)
    last_column = max(widest, max((column for _, column in tab.styles), default=1), 1)
    letters = [column_letters(column) for column in range(1, last_column + 1)]
    parts = ["<sheetData>"]
    for row in range(1, last_row + 1):
        height = tab.heights.get(row)
        parts.append(
            f'<row r="{row}" ht="{height:g}" customHeight="1">' if height else f'<row r="{row}">'
        )
        parts += _cells(tab, row, letters, wardrobe, epoch)
        parts.append("</row>")
    parts.append("</sheetData>")
    area = CellRange(1, 1, last_row, last_column)
    return "".join(parts).encode(), f'<dimension ref="{area.a1}" />'.encode()


def _cells(
    tab: ComputedTab, row: int, letters: list[str], wardrobe: Wardrobe, epoch: date
) -> Iterator[str]:
    values = tab.rows[row - 1] if row <= len(tab.rows) else ()
    for column, letter in enumerate(letters, start=1):
        value = values[column - 1] if column <= len(values) else None
        style = tab.styles.get((row, column))
        if isinstance(value, date):
            style = dated(style or PLAIN)
        if style is not None or value is not None:
            dress = wardrobe.number(style or PLAIN, quoted=is_formula_like(value))
            yield f'<c r="{letter}{row}" s="{dress}"{_content(value, epoch)}'


def _content(value: Value, epoch: date) -> str:
    """The rest of a cell's element after its place and style."""
    if value is None:
        return "/>"
    if isinstance(value, str | CellFault):
        text = value if isinstance(value, str) else value.code
        shown = escape(as_text(text), quote=False)
        return f' t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        return f"><v>{_serial(value, epoch)}</v></c>"
    return f"><v>{value!r}</v></c>"


def _serial(day: date, epoch: date) -> float:
    if not isinstance(day, datetime):
        return (day - epoch).days
    passed = day.replace(tzinfo=None) - datetime.combine(epoch, time())
    return passed.total_seconds() / SECONDS_A_DAY
