"""Excel tables: what is written at their edges becomes part of them, as if it had been typed there.

A table grows to the right by columns whose headers are written beside its own, and downwards by rows that are written
below its last one. Where that is not safe it stays as it is, and the cells stand beside it:

- the table shows data from elsewhere (a query, an XML map), has no header row, or no rows yet;
- a new header is no text, or the name of another column: names are unique in a table, without regard to case;
- something is in the way: cells that are filled, another table, a pivot table, merged cells, an array;
- its row of totals would be written, or would have to move down;
- a column is calculated, and the new rows would lack its formula.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import count

from sheetflow.cells import CellRange
from sheetflow.workbooks.xlsx.package.addresses import area_of, meet
from sheetflow.workbooks.xlsx.package.elements import (
    Cut,
    Element,
    appended,
    attributes,
    child,
    children,
    cut,
    with_attribute,
)
from sheetflow.workbooks.xlsx.sheets.excel_table import ExcelTable
from sheetflow.workbooks.xlsx.sheets.occupied import (
    array_areas,
    data_table_areas,
    merged_areas,
    pivot_areas,
)
from sheetflow.workbooks.xlsx.sheets.splice import CellWrite
from sheetflow.workbooks.xlsx.sheets.worksheet import Place, Worksheet

LONGEST_NAME = 255
WITH_RANGES = {"autoFilter", "sortState", "sortCondition"}
IN_A_NAME = re.compile(r"_x([0-9A-Fa-f]{4})_")
TO_ESCAPE = re.compile("[\x00-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")


def grown_tables(
    worksheet: Worksheet,
    writes: Sequence[CellWrite],
    tables: Mapping[str, bytes],
    pivots: Iterable[bytes] = (),
) -> dict[str, bytes]:
    """The sheet's tables that take in what is written beside or below them, by the names of their parts."""
    taken = [
        *merged_areas(worksheet),
        *array_areas(worksheet),
        *data_table_areas(worksheet),
        *pivot_areas(pivots),
    ]
    grown = dict(tables)
    for name, xml in tables.items():
        others = [ExcelTable(xml=other).area for each, other in grown.items() if each != name]
        grown[name] = _grown(ExcelTable(xml=xml), _Ground(worksheet, writes, [*taken, *others]))
    return {name: xml for name, xml in grown.items() if xml != tables[name]}


def _grown(table: ExcelTable, ground: _Ground) -> bytes:
    if not table.can_grow:
        return table.xml
    headers = _new_headers(table, ground)
    rows = 0 if headers else _new_rows(table, ground)
    wider = replace(table.area, last_column=table.area.last_column + len(headers))
    area = replace(wider, last_row=wider.last_row + rows)
    return table.xml if area == table.area else cut(table.xml, _cuts(table, area, headers))


class _Ground:
    """What lies around a table: the cells of the sheet, those to be written, and what is taken by others."""

    def __init__(
        self, worksheet: Worksheet, writes: Sequence[CellWrite], taken: list[CellRange]
    ) -> None:
        self._sheet = worksheet
        self._taken = taken
        self.values = {(w.row, w.column): w.value for w in writes if w.value not in (None, "")}

    def is_free(self, area: CellRange, known: Container[Place] = ()) -> bool:
        """Whether the area holds nothing, but for what is known."""
        if any(meet(area, taken) for taken in self._taken):
            return False
        return next(self._sheet.filled(area, known), None) is None


def _new_headers(table: ExcelTable, ground: _Ground) -> list[str]:
    """The headers by which the table grows to the right."""
    area = table.area
    headers: list[str] = []
    for column in count(area.last_column + 1):
        value = ground.values.get((area.first_row, column))
        if not isinstance(value, str) or not value.strip():
            break
        headers.append(value)
    beside = replace(
        area,
        first_column=area.last_column + 1,
        last_column=max(area.last_column + len(headers), area.last_column + 1),
    )
    is_safe = (
        headers
        and _are_names(headers, table)
        and not _are_totals_written(table, beside, ground)
        and ground.is_free(beside, ground.values)
    )
    return headers if is_safe else []


def _are_names(headers: list[str], table: ExcelTable) -> bool:
    present = [_read_name(attributes(column).get("name", "")) for column in table.columns]
    folded = [name.casefold() for name in (*present, *headers)]
    return len(set(folded)) == len(folded) and max(map(len, headers)) <= LONGEST_NAME


def _are_totals_written(table: ExcelTable, beside: CellRange, ground: _Ground) -> bool:
    if table.totals is None:
        return False
    rows = range(table.totals.first_row, table.totals.last_row + 1)
    columns = range(beside.first_column, beside.last_column + 1)
    return any((row, column) in ground.values for row in rows for column in columns)


def _new_rows(table: ExcelTable, ground: _Ground) -> int:
    """How many rows the table grows downwards."""
    area = table.area
    columns = range(area.first_column, area.last_column + 1)
    row = area.last_row + 1
    while any((row, column) in ground.values for column in columns):
        row += 1
    added = row - area.last_row - 1
    below = replace(area, first_row=area.last_row + 1, last_row=row - 1)
    is_safe = added and not table.totals and not table.is_calculated and ground.is_free(below)
    return added if is_safe else 0


def _cuts(table: ExcelTable, area: CellRange, headers: list[str]) -> list[Cut]:
    cuts = [with_attribute(table.element, "ref", area.a1)]
    cuts += [
        with_attribute(part, "ref", _followed(part, old, table.area, area).a1)
        for part in _ranges(table)
        if (old := area_of(attributes(part).get("ref", "")))
    ]
    section = child(table.xml, table.element, "tableColumns")
    if section is not None and headers:
        total = len(table.columns) + len(headers)
        cuts.append(with_attribute(section, "count", str(total)))
        cuts.append(appended(table.xml, section, _new_columns(table, headers)))
    return cuts


def _ranges(table: ExcelTable) -> list[Element]:
    """The filter and the order of the table, with their parts."""
    found: list[Element] = []
    waiting = children(table.xml, table.element)
    for part in waiting:
        if part.local in WITH_RANGES:
            found.append(part)
            waiting += children(table.xml, part)
    return found


def _followed(part: Element, ref: CellRange, old: CellRange, new: CellRange) -> CellRange:
    """The range of a part of the table after the table has grown: what reached the table's end still does."""
    is_whole = part.local != "sortCondition" and ref.last_column == old.last_column
    return replace(
        ref,
        last_column=new.last_column if is_whole else ref.last_column,
        last_row=new.last_row if ref.last_row == old.last_row else ref.last_row,
    )


def _new_columns(table: ExcelTable, headers: list[str]) -> bytes:
    prefix = table.element.prefix
    number = max(int(attributes(column).get("id", "0")) for column in table.columns)
    return "".join(
        f'<{prefix}tableColumn id="{number + place}" name="{escape(_written_name(name))}"/>'
        for place, name in enumerate(headers, start=1)
    ).encode()


def _read_name(name: str) -> str:
    return IN_A_NAME.sub(lambda found: chr(int(found[1], 16)), name)


def _written_name(name: str) -> str:
    return TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04x}_", name)
