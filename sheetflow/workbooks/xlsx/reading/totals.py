"""Rows of totals below Excel tables: they sum up the team's rows, and are none of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from sheetflow.cells import CellRange, Value
from sheetflow.workbooks.xlsx.package.addresses import area_of
from sheetflow.workbooks.xlsx.package.contents import Contents, folded
from sheetflow.workbooks.xlsx.package.tags import tags_named

Place: TypeAlias = tuple[int, int]


def totals_areas(contents: Contents, part: str) -> Iterator[CellRange]:
    """The cells of a sheet, given its part, that are totals of tables."""
    for link in contents.links(part).values():
        if link.kind == "table" and folded(link.target) in contents.members:
            for _, said in tags_named(contents.whole(link.target), {"table"}):
                area, count = area_of(said.get("ref", "")), int(said.get("totalsRowCount", "0"))
                if area and count:
                    yield replace(area, first_row=max(area.first_row, area.last_row - count + 1))


def leave_out(area: CellRange, rows: list[list[Value]], formulas: dict[Place, str]) -> None:
    """Blank these cells, and forget their formulas; what stands beside them stays."""
    first, last = area.first_column, area.last_column
    for row in rows[area.first_row - 1 : area.last_row]:
        row[first - 1 : last] = [None] * len(row[first - 1 : last])
    for place in [place for place in formulas if _lies_in(area, place)]:
        del formulas[place]


def _lies_in(area: CellRange, place: Place) -> bool:
    row, column = place
    return (
        area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
    )
