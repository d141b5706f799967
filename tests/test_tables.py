"""Excel tables and what else fills cells: tables grow by what is written at their edges, other cells are refused."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO
from typing import Any

import pytest

from generated_sheets import sheet
from raw_workbooks import HEAD, LINKS, MAIN, PACKAGE, SHEET, TYPES, packed, plain, replaced
from sheetflow.cells import Value
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.sheets.excel_table import ExcelTable
from sheetflow.workbooks.xlsx.sheets.refusing import made_cells, refuse_made_cells
from sheetflow.workbooks.xlsx.sheets.splice import CellWrite, spliced
from sheetflow.workbooks.xlsx.sheets.tables import grown_tables
from sheetflow.workbooks.xlsx.sheets.worksheet import Worksheet

COLUMNS = ("ID", "Publication", "Type")
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>ID</t></is></c><c r="B1" t="inlineStr"><is><t>Publication</t></is></c>'
    '<c r="C1" t="inlineStr"><is><t>Type</t></is></c><c r="D1" s="0"/></row>'
    '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'
)
PIVOT = f'<pivotTableDefinition xmlns="{MAIN}"><location ref="D3:F9" rowPageCount="1" colPageCount="1"/></pivotTableDefinition>'


def table(
    ref: str = "A1:C3", said: str = "", inside: str = "", names: Collection[str] = COLUMNS
) -> bytes:
    """The part of a table with these columns."""
    columns = "".join(
        f'<tableColumn id="{place}" name="{name}"/>' for place, name in enumerate(names, start=2)
    )
    if "autoFilter" not in inside:
        inside = f'<autoFilter ref="{ref}"/>{inside}'
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="Plan" displayName="Plan" ref="{ref}" {said}>{inside}'
        f'<tableColumns count="{len(names)}">{columns}</tableColumns><tableStyleInfo showRowStripes="1"/></table>'
    ).encode()


def writes(*cells: tuple[int, int, Value]) -> list[CellWrite]:
    """Cells to write."""
    return [CellWrite(row=row, column=column, value=value) for row, column, value in cells]


RIGHT = writes((1, 4, "Flag"), (1, 5, "Why"), (2, 4, "Red"), (3, 4, "Green"), (3, 5, "Fine."))


def grown(
    part: bytes, cells: list[CellWrite] = RIGHT, rows: str = ROWS, after: str = "", **more: Any
) -> bytes:
    """The part of the table after these cells were written beside it."""
    places = [(cell.row, cell.column) for cell in cells]
    worksheet = Worksheet(sheet="Plan", xml=sheet(rows, after=after), places=places)
    others = more.pop("others", {})
    return grown_tables(worksheet, cells, {"t": part, **others}, **more).get("t", part)


def test_grows_to_the_right() -> None:
    """Columns whose headers are written beside a table's own belong to it, and nothing else of it changes."""
    before = table()
    after = grown(before).decode()
    new = '<tableColumn id="5" name="Flag"/><tableColumn id="6" name="Why"/></tableColumns>'
    expected = before.decode().replace("A1:C3", "A1:E3").replace('count="3"', 'count="5"')
    assert after == expected.replace("</tableColumns>", new)


def test_the_order_and_the_filter_follow() -> None:
    """A filter and an order that reach the table's end still do; a filter's totals row stays out, a condition's column stays."""
    inside = (
        '<autoFilter ref="A1:C2"><filterColumn colId="1"/></autoFilter>'
        '<sortState ref="A2:C2"><sortCondition ref="C2:C2"/></sortState>'
    )
    after = grown(table(said='totalsRowCount="1"', inside=inside), RIGHT[:3]).decode()
    assert 'ref="A1:E3"' in after
    assert '<autoFilter ref="A1:E2"><filterColumn colId="1"/>' in after
    assert '<sortState ref="A2:E2"><sortCondition ref="C2:C2"/>' in after


def test_grows_downwards() -> None:
    """Rows written right below a table's last one belong to it."""
    cells = writes((4, 1, 3), (4, 3, "Reel"), (5, 2, "Sale"), (7, 1, 9))
    after = ExcelTable(xml=grown(table(), cells))
    assert after.area.a1 == "A1:C5"
    assert b'<autoFilter ref="A1:C5"/>' in after.xml


def test_takes_the_prefix_and_odd_names() -> None:
    """A new column's name is the header as it stands in its cell, in the words of the part."""
    part = table().replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?")
    part = part.replace(b"xmlns=", b"xmlns:x=")
    after = grown(part, writes((1, 4, 'Due <"a"&\n_x0041_>'), (2, 4, 1)))
    assert (
        b'<x:tableColumn id="5" name="Due &lt;&quot;a&quot;&amp;_x000a__x005f_x0041_&gt;"/>'
        in after
    )


@pytest.mark.parametrize(
    ("part", "cells", "rows", "after"),
    [
        (table(said='tableType="queryTable"'), RIGHT, ROWS, ""),
        (table(said='headerRowCount="0"'), RIGHT, ROWS, ""),
        (table(said='insertRow="1"'), RIGHT, ROWS, ""),
        (table(names=("Flag", "a", "b")), RIGHT, ROWS, ""),
        (table(names=("a", "why", "b")), RIGHT, ROWS, ""),
        (table(names=("a", "b")), RIGHT, ROWS, ""),
        (table(), writes((1, 4, 7)), ROWS, ""),
        (table(), writes((1, 4, "Same"), (1, 5, "same")), ROWS, ""),
        (table(), writes((1, 5, "Flag")), ROWS, ""),
        (table(), writes((2, 4, "Flag")), ROWS, ""),
        (table(), writes((1, 4, "x" * 256)), ROWS, ""),
        (
            table(),
            RIGHT,
            ROWS.replace("</row></row>", "</row>") + '<row r="4"/>',
            '<mergeCells><mergeCell ref="D3:D4"/></mergeCells>',
        ),
        (table(), RIGHT, ROWS.replace('<c r="A2">', '<c r="A2"><v>1</v></c><c r="E2">'), ""),
        (
            table(),
            RIGHT,
            ROWS.replace('<c r="A3"><v>', '<c r="A3"><f t="array" ref="A3:D3">x</f><v>'),
            "",
        ),
        (table(said='totalsRowCount="1"'), RIGHT, ROWS, ""),
        (table(said='totalsRowCount="1"'), writes((4, 1, 3)), ROWS, ""),
        (
            table().replace(
                b'name="Type"/>',
                b'name="Type"><calculatedColumnFormula>1</calculatedColumnFormula></tableColumn>',
            ),
            writes((4, 1, 3)),
            ROWS,
            "",
        ),
        (table(), writes((4, 1, 3)), ROWS + '<row r="4"><c r="C4"><v>1</v></c></row>', ""),
        (table(), writes((4, 1, 3)), ROWS + '<row r="4"><c r="A4"><v>1</v></c></row>', ""),
        (table(), writes((5, 1, 3)), ROWS, ""),
    ],
)
def test_stays_where_growing_is_not_safe(
    part: bytes, cells: list[CellWrite], rows: str, after: str
) -> None:
    """A table of another kind, a doubled name, something in the way, a totals row: the table stays as it is."""
    assert grown(part, cells, rows, after) == part


def test_neighbours_stop_it() -> None:
    """A table does not grow into another one, nor into a pivot table with its filters."""
    other = {"u": table("E2:F9")}
    assert grown(table(), others=other) == table()
    assert grown(table(), pivots=[PIVOT.encode()]) == table()
    assert grown(table(), others={"u": table("G1:I3")}) != table()


def test_readers_know_the_columns() -> None:
    """Another program opens the workbook with the grown table, and finds its columns and their headers alike."""
    import openpyxl

    worksheet = Worksheet(
        sheet="Plan",
        xml=sheet(
            ROWS,
            after=f'<tableParts count="1"><tablePart r:id="rId1" xmlns:r="{LINKS}"/></tableParts>',
        ),
        places=[(cell.row, cell.column) for cell in RIGHT],
    )
    part = grown_tables(worksheet, RIGHT, {"t": table()})["t"]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml"
    members = replaced(
        plain(),
        TYPES,
        ("</Types>", f'<Override PartName="/xl/tables/table1.xml" ContentType="{kind}"/></Types>'),
    )
    members |= {
        SHEET: b"".join(spliced(worksheet, RIGHT)).decode(),
        "xl/tables/table1.xml": part.decode(),
        "xl/worksheets/_rels/sheet1.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{LINKS}/table" Target="../tables/table1.xml"/></Relationships>',
    }
    seen: Any = openpyxl.load_workbook(BytesIO(packed(members))).worksheets[0]
    found = seen.tables["Plan"]
    headers = [cell.value for cell in seen[found.ref][0]]
    assert headers == [column.name for column in found.tableColumns] == [*COLUMNS, "Flag", "Why"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ((1, 1), "cell_holds_formula"),
        ((1, 2), "cell_holds_formula"),
        ((2, 2), "cell_in_array"),
        ((3, 3), "cell_in_array"),
        ((5, 2), "cell_in_data_table"),
        ((8, 2), "cell_in_merge"),
        ((21, 4), "cell_in_pivot"),
        ((19, 4), "cell_in_pivot"),
        ((30, 1), "cell_in_table_header"),
        ((35, 3), "cell_in_totals_row"),
        ((1, 16_385), "cell_beyond_sheet"),
        ((1_048_577, 1), "cell_beyond_sheet"),
        ((1_048_576, 16_384), None),
        ((7, 1), None),
        ((8, 1), None),
        ((6, 9), None),
        ((31, 1), None),
        ((36, 1), None),
        ((18, 4), None),
        ((99, 99), None),
    ],
)
def test_cells_that_are_refused(place: tuple[int, int], code: str | None) -> None:
    """A cell that a formula, a pivot table or a table's own part speaks for is named with its reason; others may be written."""
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A7" si="0">B1</f><v>1</v></c><c r="B1"><f/></c></row>'
        '<row r="2"><c r="A2" cm="1"><f t="array" ref="A2:C3">x</f><v>1</v></c><c r="B2"><v>2</v></c></row>'
        '<row r="4"><c r="B4"><f t="dataTable" ref="B4:C6" dt2D="1" r1="E1" r2="E2"/><v>2</v></c></row>'
    )
    xml = sheet(rows, after='<mergeCells><mergeCell ref="A8:B8"/></mergeCells>')
    worksheet = Worksheet(sheet="Plan", xml=xml, places=[place])
    parts = {
        "tables": [table("A30:C35", said='totalsRowCount="1"')],
        "pivots": [PIVOT.replace("D3:F9", "D21:F29").encode()],
    }
    assert [found for found, _ in made_cells(worksheet, **parts)] == ([code] if code else [])
    if code is None:
        refuse_made_cells(worksheet, **parts)
        return
    with pytest.raises(UserError) as caught:
        refuse_made_cells(worksheet, **parts)
    assert caught.value.code == code
    assert caught.value.facts["sheet"] == "Plan"
