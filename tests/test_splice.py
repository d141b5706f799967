"""Writing into a worksheet's XML: the cells hold what was written, and no other byte has moved."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from fnmatch import fnmatch
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generated_sheets import LAST_COLUMN, LAST_ROW, cells_in, sheet, sheets, without, written
from raw_workbooks import HEAD, MAIN, SHEET, STRINGS, STYLES, packed, plain
from sheetflow.cells import column_letters
from sheetflow.workbooks.xlsx.sheets.splice import CellWrite, present_styles, spliced
from sheetflow.workbooks.xlsx.sheets.worksheet import Worksheet

Writes: TypeAlias = dict[tuple[int, int], CellWrite]

DATED = 3  # the last look of the style sheet shows dates; the sheets themselves have the others
STYLE_SHEET = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf xfId="0"/><xf numFmtId="10" xfId="0"/><xf numFmtId="2" xfId="0"/><xf numFmtId="14" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
SHARED = (
    f'{HEAD}<sst xmlns="{MAIN}"><si><t>zero</t></si><si><r><t>o</t></r><r><t>ne</t></r></si></sst>'
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "=1+1",
        "+62",
        "-5",
        "@home",
        "_x0041_",
        "a\nb",
        "\r\n",
        "\t",
        " edge ",
        "<&>\"'",
        "]]>",
        "\x01",
        "🎉",
        "＝1",
        "1e5",
    ]
)
NUMBERS = st.integers(-(10**14), 10**14) | st.floats(-1e12, 1e12, allow_subnormal=False)
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))


@st.composite
def writes(draw: Any) -> Writes:
    """Cells to write, by place; a day comes with a look that shows it."""
    places = draw(
        st.sets(
            st.tuples(st.integers(1, LAST_ROW + 2), st.integers(1, LAST_COLUMN + 20)), max_size=8
        )
    )
    made = {}
    for row, column in places:
        value = draw(TEXTS | NUMBERS | DAYS | st.booleans() | st.none())
        kept = st.sampled_from([None, 0, 1])
        style = DATED if isinstance(value, date) else draw(kept)
        made[row, column] = CellWrite(row=row, column=column, value=value, style=style)
    return made


def file_of(xml: bytes) -> BytesIO:
    """A workbook that holds the sheet."""
    return BytesIO(packed(plain() | {SHEET: xml, STYLES: STYLE_SHEET, STRINGS: SHARED}))


@given(sheets(), writes())
def test_no_other_byte_changes(xml: bytes, cells: Writes) -> None:
    """Without the written cells, the tags of their rows and the extent, the sheet is byte for byte what it was."""
    places = set(cells)
    new = written(xml, cells.values())
    rows = {row for row, _ in places} - cells_in(xml).row_tags.keys()
    for row in rows:
        assert {place for place in cells_in(new).cells if place[0] == row} <= places
    assert without(new, places) == without(xml, places)


@given(sheets(), writes())
def test_attributes_of_rows_stay(xml: bytes, cells: Writes) -> None:
    """A row keeps all that it says, but for the columns that it spans; rows and cells stay in order."""
    new = written(xml, cells.values())
    before, after = (_rows(content) for content in (xml, new))
    assert {number: said for number, said in after.items() if number in before} == before
    found = cells_in(new)
    assert sorted(found.cells.values()) == [found.cells[place] for place in sorted(found.cells)]


def _rows(xml: bytes) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    number = 0
    for row in ET.fromstring(xml).iter(f"{{{MAIN}}}row"):  # noqa: S314 - made here
        number = int(row.get("r", number + 1))
        rows[number] = {
            name: value for name, value in row.attrib.items() if name not in {"r", "spans"}
        }
    return rows


@given(sheets(), writes())
def test_spans_and_extent_hold_the_cells(xml: bytes, cells: Writes) -> None:
    """What a row says of its columns, and the sheet of its extent, is true of what was written."""
    new = ET.fromstring(written(xml, cells.values()))  # noqa: S314 - made here
    extent = new.find(f"{{{MAIN}}}dimension")
    for (row, column), cell in cells.items():
        if cell.value in (None, ""):
            continue
        if extent is not None:
            assert _within(extent.get("ref", ""), row, column)
        said = new.find(f".//{{{MAIN}}}row[@r='{row}']")
        spans = said.get("spans") if said is not None else None
        if spans and spans not in {"1:3", "2:4"}:
            first, last = spans.split(":")
            assert int(first) <= column <= int(last)


def _within(ref: str, row: int, column: int) -> bool:
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = (end or 0 for end in range_boundaries(ref))
    return left <= column <= right and top <= row <= bottom


@given(sheets(), writes())
def test_writing_again_changes_nothing(xml: bytes, cells: Writes) -> None:
    """The same cells written a second time leave the sheet byte for byte."""
    once = written(xml, cells.values())
    assert written(once, cells.values()) == once


@given(sheets(), writes())
def test_two_readers_see_what_was_written(xml: bytes, cells: Writes) -> None:
    """Both readers give back each value with its type: a text never comes back as anything else."""
    import openpyxl
    import python_calamine

    file = file_of(written(xml, cells.values()))
    quick = (
        python_calamine.load_workbook(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
    )
    slow: Any = openpyxl.load_workbook(file).worksheets[0]
    for (row, column), cell in cells.items():
        value = cell.value
        seen = quick[row - 1][column - 1] if row <= len(quick) and column <= len(quick[0]) else ""
        assert (seen or None) == (value or None) if isinstance(value, str | None) else seen == value
        other = slow.cell(row, column)
        if isinstance(value, str) and value:
            assert (other.data_type, _decoded(other.value)) == ("s", value)
        elif isinstance(value, date):
            assert other.value.date() == value
        else:
            assert other.value == value or (not value and not other.value)


def _decoded(text: str) -> str:
    """The other reader leaves the format's own escapes as they are."""
    from openpyxl.utils.escape import unescape

    return str(unescape(text))


def test_real_sheets(shared: Path) -> None:
    """In real sheets too no other byte changes, and writing again changes nothing."""
    for xml in _real_sheets(shared, 40):
        chance = random.Random(len(xml))
        there = cells_in(xml)
        wide = max((column for _, column in there.cells), default=0)
        places = {
            (row, wide + 1)
            for row in [*chance.sample([*there.row_tags], min(9, len(there.row_tags))), 3]
        }
        places |= set(chance.sample([*there.cells], min(9, len(there.cells))))
        cells = [
            CellWrite(row=row, column=column, value=f"<{row}>") for row, column in sorted(places)
        ]
        new = written(xml, cells)
        assert without(new, places) == without(xml, places)
        assert cells_in(new).cells.keys() == there.cells.keys() | places
        assert written(new, cells) == new


def _real_sheets(shared: Path, count: int) -> Iterator[bytes]:
    files = sorted(file for file in (shared / "data/xlsx/corpus").rglob("*") if file.is_file())
    if not files:
        pytest.skip("the collection of real workbooks is not beside the checkout")
    for file in random.Random(4).sample(files, count):
        with zipfile.ZipFile(file) as archive:
            names = [name for name in archive.namelist() if fnmatch(name, "xl/worksheets/*.xml")]
            yield from (
                archive.read(name) for name in names if archive.getinfo(name).file_size < 200_000
            )


@pytest.mark.usefixtures("lines_uncounted")
def test_large_sheets_are_quick() -> None:
    """15,000 cells in 5,000 rows of 30 take less than half a second of one core; the new XML is never there as a whole."""
    rows = "".join(
        f'<row r="{row}" spans="1:30">'
        + "".join(
            f'<c r="{column_letters(column)}{row}" s="1" t="s"><v>{row}</v></c>'
            for column in range(1, 31)
        )
        + "</row>"
        for row in range(1, 5001)
    )
    xml = sheet(rows, before='<dimension ref="A1:AD5000"/>')
    cells = [
        CellWrite(row=row, column=column, value=f"{row} & on")
        for row in range(1, 5001)
        for column in (5, 20, 31)
    ]
    took = []
    for _ in range(3):
        start = time.process_time()
        worksheet = Worksheet(
            sheet="Plan", xml=xml, places=[(cell.row, cell.column) for cell in cells]
        )
        present_styles(worksheet)
        longest = max(map(len, spliced(worksheet, cells)))
        took.append(time.process_time() - start)
    assert min(took) < 0.5
    assert longest < len(xml) / 1000
